import { NAMES, namesSecret } from './secrets-names.ts';
import { withoutTokens } from './secrets-tokens.ts';

export { namesSecret };

// What looks like a secret, wherever it stands: the one rule, for what others write in events, and for log lines, spans and
// errors. No expression takes longer than in proportion to the text, and none finds anything in what it has left ("***") or
// in what was cut after it ("…").

const Q = `\\\\{0,3}["']`;
const GAP = '\\s{0,4}';
const SCHEME =
  '(?:(?:bearer|basic|digest|token|negotiate|sharedkey\\w{0,4}|splunk|genie-?key|apikey|aws4-hmac-sha256)\\s{1,4})';

/** How a value follows its name: what stands between, and the value itself. */
const VALUES: readonly RegExp[] = [
  // Cookies, to the end of the line; their names say nothing.
  `(?<=cookie)(?:${Q})?${GAP}[:=]${GAP}(?:${Q})?(?<value>[\\w.-]{1,60}=[^"'\\\\\\n…]{1,4000})`,
  // Lists of { name, value }, and XML's.
  `${Q}[\\s,;]{1,4}(?:${Q})?value(?:${Q})?${GAP}[:=]${GAP}(?:${Q})?(?<value>[^"'\\\\\\n…]+)`,
  // In quotes, to the same quote, past those that are escaped once more: JSON in JSON, HCL, YAML, SQL, Azure's
  // `"headers": "\"Authorization\", \"…\""`.
  `(?:${Q}${GAP},${GAP}|(?:${Q})?${GAP}(?:=>|:=|[=:(])${GAP}(?:\\{${GAP}${Q}value${Q}${GAP}:${GAP})?|(?<=password|passwd|passphrase|pwd|heslo|identified by|(?:^|[\\s"'])--?[\\w-]{1,60})\\s{1,4})(?<open>${Q})${SCHEME}?(?<value>(?:(?!\\k<open>)(?:\\\\[^\\n]|[^\\\\\\n…]))+)`,
  `["']?=(?![=>])(?<value>[^;&\\s"'\\\\…]+)`,
  `(?:${Q})?(?:\\s{1,4}=${GAP}|${GAP}(?:=>|:=|:)${GAP})(?![=>])(?<scheme>${SCHEME})?(?<value>[^\\s"'\\\\…,;<>{}[\\]]+)(?<after>[^\\n]{0,2})`,
  // A command line's.
  `(?<=(?:^|[\\s"'])--?[\\w-]{1,60})\\s{1,4}(?!-)(?<value>[^\\s"'\\\\…]+)`,
  // XML.
  `>${GAP}(?<value>[^<>…]{1,4000})(?=</|…|$)`,
].map((form) => new RegExp(form, 'diy'));

// What stands where a value would and is none: how a secret stands (`token: expired`), prose (`--password to log in`).
const WORD =
  /^(?:true|false|null|nil|none|undefined|yes|no|n\/a|an?|the|this|that|its?|is|are|was|were|be|to|of|or|and|in|on|at|as|by|for|from|with|not|must|may|can|cannot|could|has|have|had|should|will|if|when|where|instead|option|flag|argument|parameter|value|field|header|string|text|number|missing|required|expected|invalid|expired|unknown|empty|wrong|bad|denied|refused|rejected|revoked|rotated|changed|updated|created|deleted|found|failed|set|unset|present|absent|given|hidden|redacted|masked|removed|ok|on|off|enabled|disabled|valid|new|old|error|unauthorized|forbidden|refresh|request|response|audience|issuer|server|client|user)[.,;:!?)]*$/i;
// What was masked, a short number, a reference to where the value is.
const NO_VALUE = /^(?:\*|#?\d{1,3}$|#\d+$|\$[{(A-Z_]|\{\{|@\w+\(|[^\p{L}\d]{1,3}$)/u;

function isValue({ value = '', open, scheme, after }: Readonly<Record<string, string | undefined>>): boolean {
  if (NO_VALUE.test(value) || (open === undefined && WORD.test(value))) return false;
  // `the token = replicas=3`
  if (after !== undefined && /^\w{1,30}=[^=]/.test(value)) return false;
  // After a colon prose goes on; a value is alone on what is left of its line, or has a digit in it.
  return (
    after === undefined ||
    (scheme !== undefined && value.length > 15) ||
    /^[\]},;]?\s?$/.test(after) ||
    (value.length > 5 && /\d/.test(value))
  );
}

/** Where names stand, whether they are a secret's, and how their values follow. */
interface Named {
  readonly name: RegExp;
  readonly isSecret: (found: string) => boolean;
  readonly values: readonly RegExp[];
}

const WRITTEN: Named = { name: new RegExp(`(?:${NAMES})[\\w.-]{0,30}`, 'gi'), isSecret: namesSecret, values: VALUES };

const QUERIED =
  /^(?:code|sig|signature|x-amz-(?:signature|security-token)|key|hmac|ticket|assertion|auth|sas|pat|otp)$/i;

// Function keys, signatures of Power Automate and of storage, and what else opens a door in a query.
const QUERY: Named = {
  name: /(?:[?&#;]|%26|%3F|\\u0026|^(?=sig))[\w.~-]{1,60}(?:=|%3D)/gi,
  isSecret: (found) => {
    const name = found.replace(/^(?:[?&#;]|%26|%3F|\\u0026)|(?:=|%3D)$/gi, '');
    return QUERIED.test(name) || namesSecret(name);
  },
  values: [/(?<value>(?!\*)(?:[^&#;%\s"'<>\\…]|%(?!26))+)/dy],
};

/** The text without the values of names that are a secret's. */
function withoutNamed(text: string, { name, isSecret, values }: Named): string {
  let kept = '';
  let from = 0;
  name.lastIndex = 0;
  for (let found = name.exec(text); found !== null; found = name.exec(text)) {
    const [start, end] = isSecret(found[0]) ? valueAfter(text, name.lastIndex, values) : NOWHERE;
    if (end === 0) continue;
    kept += `${text.slice(from, start)}***`;
    from = end;
    name.lastIndex = end;
  }
  return from === 0 ? text : kept + text.slice(from);
}

const NOWHERE = [0, 0] as const;

/** The first way of writing decides, so that nothing behind a value that is none is taken for it. */
function valueAfter(text: string, at: number, values: readonly RegExp[]): readonly [start: number, end: number] {
  for (const form of values) {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found?.groups) return (isValue(found.groups) && found.indices?.groups?.['value']) || NOWHERE;
  }
  return NOWHERE;
}

const BLOCKS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]+){1,4}/g, '***'],
  [/-{4,5} ?BEGIN ([A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?) ?-{4,5}[\s\S]*?(?:-{4,5} ?END \1 ?-{4,5}|$)/g, '***'],
  [/(PuTTY-User-Key-File-\d:)(?! \*)[\s\S]*/g, '$1 ***'],
];

const SCHEMES: readonly (readonly [RegExp, string])[] = [
  // People also write of basic plans and of bearer tokens: these have no digit, and are no longer than a word.
  [/\b([Bb]earer|BEARER)\s+(?=[A-Za-z+/=._~-]{0,200}\d|[A-Za-z+/=._~-]{30})[A-Za-z0-9+/=._~-]{8,}/g, '$1 ***'],
  [/\b([Bb]asic|BASIC)\s+(?=[A-Za-z+/]{0,200}[\d=])[A-Za-z0-9+/]{8,}={0,2}(?![\w.~…-])/g, '$1 ***'],
];

const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w-])(sig(?:nature)?=)(?!\*)[\w%+/=-]{20,}/gi, '$1***'],
  // A user and a password before the host, or a token in the user's place. A port is no password.
  [
    /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/@"'<>:…]{20,300}|[^\s/@"'<>:…]{0,200}:(?!\*|\d{1,5}\/|\/)[^\s@"'<>…]{1,300})@/gi,
    '$1***@',
  ],
];

const replaced = (text: string, forms: readonly (readonly [RegExp, string])[]): string =>
  forms.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);

// Most texts are names and have nothing of this, and this is on the way of every webhook: several quick looks, each for what a
// form cannot lack, cost less than one that looks for all.
const SIGN = /[=:"'>@%]/;
const LONG = /[\w.+/=~:-]{20}/;
// Times, hashes and UUIDs.
const HEX = /^(?:sha\d{1,3}:)?[\da-f:.TZ-]+$/;
const SCHEMED = /earer|asic|EARER|ASIC/;
const ADDRESS = /[=@]|%3D/i;
const NAMED = new RegExp(NAMES, 'i');

function masked(text: string): string {
  const [isLong, isSigned] = [text.length >= 20 && LONG.test(text) && !HEX.test(text), SIGN.test(text)];
  let rest = isLong || text.includes('PRIVATE KEY') ? withoutTokens(replaced(text, BLOCKS)) : text;
  if (text.length >= 14 && SCHEMED.test(rest)) rest = replaced(rest, SCHEMES);
  if (isSigned && ADDRESS.test(rest)) rest = replaced(withoutNamed(rest, QUERY), ADDRESSES);
  return (isSigned || rest.includes('--')) && NAMED.test(rest) ? withoutNamed(rest, WRITTEN) : rest;
}

const isUser = (url: URL): boolean => url.username !== '' || url.password !== '';

/** Whether whoever has this address has a secret: in its user part, path, query or fragment, also escaped once more. */
export function carriesSecret(href: string): boolean {
  const url = URL.parse(href);
  if (url && isUser(url)) return true;
  let text = href;
  for (let times = 0; times < 4; times += 1) {
    if (withoutSecrets(text) !== text) return true;
    const plain = unescaped(text);
    if (plain === text) return false;
    text = plain;
  }
  return false;
}

// Byte by byte where the whole is not well formed: `%` alone hides nothing that follows.
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}

// Signs that nobody sees, and letters of another width or shape, which hide a word from a machine and not from a reader.
const DISGUISE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each by itself is looked for.
  /[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\uff01-\uff5e\u{1d400}-\u{1d7ff}\u{e0000}-\u{e01ef}]/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** A text without what looks like a secret. */
export function withoutSecrets(text: string): string {
  const rest = masked(text);
  if (!DISGUISE.test(rest)) return rest;
  const bare = rest.replace(UNSEEN, '').replace(/[^ -~\s…]+/g, (letters) => letters.normalize('NFKC'));
  const left = masked(bare);
  return left === bare ? rest : left;
}
