import { NAMES, namesSecret } from './names.ts';

// How the value of a name is written, and which values are none.

const Q = `\\\\{0,3}["']`;
const GAP = '\\s{0,20}';
const SCHEME =
  '(?:(?:bearer|basic|digest|token|negotiate|sharedkey\\w{0,4}|splunk|genie-?key|apikey|aws4-hmac-sha256)\\s{1,4})';

// A type between a name and its value: of TypeScript and its like after a colon, of Go, SQL and Bicep after a blank.
const TYPE = `(?:${GAP}[?!]?${GAP}:${GAP}[&*]?[A-Za-z_][\\w.<>[\\]?|, &'-]{0,60}?|\\[\\d{0,4}\\]|\\s{1,4}[A-Za-z][\\w.()[\\]*]{0,30})`;
// A tag or an anchor of YAML before a value.
const TAG = '(?:(?:!{1,2}(?:str|string|binary|vault|encrypted[\\w/-]{0,20})|&[\\w-]{1,60})[ \\t]{1,4})';
// Schemes whose credentials have several parts: RFC 7616, RFC 9421, and those of AWS, Azure, OAuth 1 and Hawk.
const PARTED = '(?:digest|aws4-[\\w-]{1,30}|hmac-\\w{1,10}|oauth|hawk|mac|signature|sharedaccesssignature)';

/** How a value follows its name: what stands between, and the value itself. A `cell` stands alone, and is one where it looks like one. */
const VALUES: readonly RegExp[] = [
  // The name of a Secret of Kubernetes, and no value.
  `(?<=(?<![a-z])(?:existing|tls|imagepull|pull|ca)?secret)(?:${Q})?: {1,4}[a-z]{2,20}(?:-[a-z]{2,20}){1,5}(?=\\s*(?:$|[\\n,})]))`,
  `(?<=authorization)(?:${Q})?${GAP}[:=]${GAP}${PARTED}\\s{1,4}(?<value>[^\\n'…]{1,4000})`,
  `(?<=authorization)(?:${Q})?${GAP}:${GAP}(?!${SCHEME})[a-z-]{1,30}[ \\t]{1,4}(?=\\S{0,200}\\d)(?<cell>[^\\s"'\\\\…,;<>{}[\\]()]+)`,
  // Cookies, to the end of the line; their names say nothing.
  `(?<=cookie)(?:${Q})?${GAP}[:=]${GAP}(?:${Q})?(?<value>[\\w.-]{1,60}=[^"'\\\\\\n…]{1,4000})`,
  // Lists of { name, value }, and XML's.
  `${Q}[\\s,;]{1,4}(?:${Q})?value(?:${Q})?${GAP}[:=]${GAP}(?:${Q})?(?<value>[^"'\\\\\\n…]+)`,
  `(?:${Q})?${TYPE}${GAP}=${GAP}[NbrfuU@$]?(?<open>${Q})(?<value>(?:(?!\\k<open>)(?:\\\\[^\\n]|[^\\\\\\n…]))+)`,
  // A block of YAML: the lines that are indented as its first one is, or deeper.
  `(?:${Q})?:[ \\t]{1,20}${TAG}{0,2}[|>][+\\d-]{0,2}[ \\t]{0,20}\\n(?<indent>[ \\t]{1,40})(?<value>[^\\n…]+(?:\\n\\k<indent>[^\\n…]*)*)`,
  `(?:${Q})?:[ \\t]{1,20}${TAG}{1,2}(?:${Q})?(?<value>[^\\s"'\\\\…,;<>{}[\\]]+)`,
  // The first member of a list of YAML.
  `(?:${Q})?:[ \\t]{0,4}\\n[ \\t]{0,40}- {1,4}(?:${Q})?(?<cell>[^\\s"'\\\\…,;<>{}[\\]()]+)`,
  // In quotes, to the same quote, past those that are escaped once more: JSON in JSON, HCL, YAML, SQL, Azure's
  // `"headers": "\"Authorization\", \"…\""`.
  `(?:(?<=authorization|x-[\\w-]{1,40})${Q}${GAP},${GAP}|(?:${Q})?\\]?${GAP}(?:=>|:=|[=:(])${GAP}(?:\\[|[NbrfuU@$])?(?:\\{${GAP}${Q}value${Q}${GAP}:${GAP})?|(?<=password|passwd|passphrase|pwd|heslo|identified by|(?:^|[\\s"'])--?[\\w-]{1,60})\\s{1,4})(?<open>${Q})${SCHEME}?(?<value>(?:(?!\\k<open>)(?:\\\\[^\\n]|[^\\\\\\n…]))+)`,
  `["'\\]]{0,2}=(?![=>])(?<value>[^;&\\s"'\\\\…]+)`,
  `(?:${Q}|[*_\`]{1,3})?(?:\\s{1,20}=${GAP}|${GAP}(?:=>|:=|:)(?:\\*\\*)?${GAP})(?![=>])(?<scheme>${SCHEME})?(?<value>[^\\s"'\\\\…,;<>{}[\\]]+)(?<after>[^\\n]{0,2})`,
  // A command line's.
  `(?<=(?:^|[\\s"'])--?[\\w-]{1,60})\\s{1,4}(?!-)(?<value>[^\\s"'\\\\…]+)`,
  // Kubernetes' { name, value }.
  `(?:${Q})?\\s{1,20}(?:- )?value:${GAP}(?:${Q})?(?<value>[^"'\\s…]+)`,
  // .netrc.
  `(?<=(?:login|user)\\s+\\S{1,60}\\s+password)\\s{1,4}(?<value>[^\\s…]+)`,
  // The next cell of a table: of Markdown, of HTML, in columns.
  `[*_\`]{0,3}(?:[ \\t]{0,20}[|│┃][ \\t]{0,20}|</\\w{1,10}>\\s{0,20}<\\w[^<>]{0,80}>${GAP}|\\t[ \\t]{0,20}|[ \\t]{2,40})[*_"'\`]{0,3}(?<cell>[^\\s|│┃"'\`<>…()]+)`,
  // XML.
  `>${GAP}(?<value>[^<>…]{1,4000})(?=</|…|$)`,
].map((form) => new RegExp(form, 'diy'));

// What stands where a value would and is none: how a secret stands (`token: expired`), prose (`--password to log in`).
const WORD =
  /^(?:true|false|null|nil|none|undefined|yes|no|n\/a|an?|the|this|that|its?|is|are|was|were|be|to|of|or|and|in|on|at|as|by|for|from|with|not|must|may|can|cannot|could|has|have|had|should|will|if|when|where|instead|option|flag|argument|parameter|value|field|header|string|text|number|missing|required|expected|invalid|expired|unknown|empty|wrong|bad|denied|refused|rejected|revoked|rotated|changed|updated|created|deleted|found|failed|set|unset|present|absent|given|hidden|redacted|masked|removed|ok|on|off|enabled|disabled|valid|new|old|error|unauthorized|forbidden|refresh|request|response|audience|issuer|server|client|user|bearer|basic|digest|negotiate|ident|identifier|eof|punc|literal|keyword|operator)[.,;:!?)]*$/i;
// What was masked, a short number, a reference to where the value is, an algorithm.
const NO_VALUE =
  /^(?:\*|#?\d{1,3},?$|#\d+$|\$(?:\{[\w.: -]*\}|\([\w.]+\)|[A-Z_]+)$|\{\{[^{}]*\}\}$|@Microsoft\.KeyVault\(|(?:var|data|local|module|secrets?)\.[\w.]+$|(?:\/[a-z\d._-]+){2,}\/?$|[^\p{L}\d]{1,3}$|(?:[RPEH]S(?:256|384|512)|AES-?(?:128|256)(?:-[A-Z]{3})?|SHA-?\d{1,3}|RSA-?\d{4}|Ed(?:DSA|25519)|ssh-(?:rsa|ed25519)|ecdsa-sha2-\w+),?$|만료|오류|없음)/u;

// A word, a number, a time, a path or a version stands in a table as often.
export const CELL = /^(?=.*[a-z])(?=.*\d)(?!\d[\d:.TZ+-]*$|v?\d+(?:\.\d+)+|[\w.-]*\/).{8,}$/i;

function isValue({ value = '', open, scheme, after, cell }: Readonly<Record<string, string | undefined>>): boolean {
  if (cell !== undefined) return !NO_VALUE.test(cell) && CELL.test(cell);
  if (value === '') return false;
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

export const WRITTEN: Named = {
  name: new RegExp(`(?:${NAMES})[\\w.-]{0,60}`, 'gi'),
  isSecret: namesSecret,
  values: VALUES,
};

const QUERIED =
  /^(?:sig|signature|x-amz-(?:signature|security-token)|hmac|(?:client_)?assertion|samlresponse|oauth_verifier|api_sig|share_?key|nonce|sas|otp|pw)$/i;

// Function keys, signatures of Power Automate and of storage, and what else opens a door in a query.
export const QUERY: Named = {
  name: /(?:[?&#;]|%26|%3F|\\u0026|^(?=sig))[\w.~[\]-]{1,60}(?:=|%3D)/gi,
  isSecret: (found) => {
    const name = found.replace(/\[\d*\]|[[\]]/g, '').replace(/^(?:[?&#;]|%26|%3F|\\u0026)|(?:=|%3D)$/gi, '');
    return QUERIED.test(name) || namesSecret(name);
  },
  values: [/(?<value>(?!\*)(?:[^&#;%\s"'<>\\…]|%(?!26))+)/dy],
};

// Names that say as often which page or which error it is: their value is a secret where it is long and no word, number or date.
export const MAYBE: Named = {
  name: /(?:[?&#;]|%26|%3F|\\u0026)(?:code|key|ticket|auth|pat|sid|session_?id|hash|st)(?:=|%3D)/gi,
  isSecret: () => true,
  values: [
    /(?!(?:[A-Z]{1,10}-?\d*|\d{1,5}|\d{4}-\d\d(?:-\d\d)?|(?:[A-Z][a-z]{1,20}){1,6}|true|false)(?![^&#;\s"'<>]))(?<value>(?!\*)(?:[^&#;%\s"'<>\\…]|%(?!26))+)/dy,
  ],
};

/** The text without the values of names that are a secret's. */
export function withoutNamed(text: string, { name, isSecret, values }: Named): string {
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
    if (found === null) continue;
    const { value, cell } = found.indices?.groups ?? {};
    return (isValue(found.groups ?? {}) && (value ?? cell)) || NOWHERE;
  }
  return NOWHERE;
}
