import { withoutColumns } from './columns.ts';
import { MAYBE, QUERY, WRITTEN, withoutNamed } from './named.ts';
import { NAMED, namesSecret, UNSEEN } from './names.ts';
import { withoutTokens } from './tokens.ts';

export { namesSecret };

// What looks like a secret, wherever it stands: the one rule, for what others write in events, and for log lines, spans and
// errors. No expression takes longer than in proportion to the text, and none finds anything in what it has left ("***") or
// in what was cut after it ("…").

const BLOCKS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]+){1,4}/g, '***'],
  [
    /-{4,5} ?BEGIN ([A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?) ?-{4,5}(?=\s*?\n|\\{1,4}[nr]|\s?[\w+/=]{16})[\s\S]*?(?:-{4,5} ?END \1 ?-{4,5}|$)/g,
    '***',
  ],
  [/(PuTTY-User-Key-File-\d:)(?! \*)[\s\S]*/g, '$1 ***'],
];

const SCHEMES: readonly (readonly [RegExp, string])[] = [
  // People also write of basic plans and of bearer tokens: these have no digit, and are no longer than a word.
  [/\b([Bb]earer|BEARER)\s+(?=[A-Za-z+/=._~-]{0,200}\d|[A-Za-z+/=._~-]{30})[A-Za-z0-9+/=._~-]{8,}/g, '$1 ***'],
  [/\b([Bb]asic|BASIC)\s+(?=[A-Za-z+/]{0,200}[\d=])[A-Za-z0-9+/]{8,}={0,2}(?![\w.~…-])/g, '$1 ***'],
];

// Options whose name says nothing, of programs that are known for them.
const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/(\bcurl\b[^\n|;&]{0,200}?\s(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"'*]{1,60}:)(?!\*)[^\s"'…]+/g, '$1***'],
  [
    /(\b(?:sshpass|docker login|podman login|az login|mysql|mysqldump|nuget push|redis-cli|sqlcmd)\b[^\n|;&]{0,200}?\s-(?:p|P|a|k) ?["']?)(?![-*\s])[^\s"'…]+/g,
    '$1***',
  ],
];
const HAS_OPTION = /\b(?:curl|sshpass|login|mysql|mysqldump|nuget|redis-cli|sqlcmd)\b/;

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
// An option of a command line, a cell of a table.
const SPACED = /--| -|[|│┃\t]| {2}/;
// Times, hashes and UUIDs.
const HEX = /^(?:sha\d{1,3}:)?[\da-f:.TZ-]+$/;
const SCHEMED = /earer|asic|EARER|ASIC/;
const ADDRESS = /[=@]|%3D/i;

function masked(text: string): string {
  const [isLong, isSigned] = [text.length >= 20 && LONG.test(text) && !HEX.test(text), SIGN.test(text)];
  let rest = isLong || text.includes('PRIVATE KEY') ? withoutTokens(replaced(text, BLOCKS)) : text;
  if (rest.includes(' -') && HAS_OPTION.test(rest)) rest = replaced(rest, OPTIONS);
  if (text.length >= 14 && SCHEMED.test(rest)) rest = replaced(rest, SCHEMES);
  if (isSigned && ADDRESS.test(rest)) rest = replaced(withoutNamed(withoutNamed(rest, QUERY), MAYBE), ADDRESSES);
  return (isSigned || SPACED.test(rest) || rest.includes('login')) && NAMED.test(rest)
    ? withoutColumns(withoutNamed(rest, WRITTEN))
    : rest;
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
  /[\u00ad\u0131\u034f\u0370-\u04ff\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\uff01-\uff5e\u{1d400}-\u{1d7ff}\u{e0000}-\u{e01ef}]/u;

// Letters of Greek and Cyrillic that look like others: https://www.unicode.org/reports/tr39/#Confusable_Detection
const ALIKE: ReadonlyMap<string, string> = new Map(
  [...'аaеeоoрpсcуyхxкkіiѕsјjԁdɡgαaοoρpκkιiνvτtυuıi'.matchAll(/(.)(.)/gu)].map(([, one = '', other = '']) => [
    one,
    other,
  ]),
);

const revealed = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/[^ -~\s…]+/g, (letters) =>
      letters.normalize('NFKC').replace(/./gu, (letter) => ALIKE.get(letter) ?? letter),
    );

// Signs as they are written in addresses, HTML and JSON.
const ESCAPE = /[%&\\]/;
const ESCAPED =
  /%(?:25)*[2-7][\da-f]|&(?:amp;)*(?:#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])|#x[2-7][\da-f]|quot|apos|lt|gt|equals|colon);|\\u00[2-7][\da-f]/i;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ quot: '"', apos: "'", lt: '<', gt: '>', equals: '=', colon: ':', amp: '&' }),
);

const plain = (text: string): string =>
  text
    .replace(/(?:%|\\u00)([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(
      /&(?:#(3[2-9]|[4-9]\d|1[01]\d|12[0-6]|x[2-7][\da-f])|([a-z]+));/gi,
      (written, code: string | undefined, name: string) =>
        code === undefined
          ? (ENTITIES.get(name.toLowerCase()) ?? written)
          : String.fromCharCode(Number(code.replace(/^x/i, '0x'))),
    );

/** A text without what looks like a secret; where one was disguised, the text as a reader would read it. */
export function withoutSecrets(text: string): string {
  let rest = masked(text);
  if (DISGUISE.test(rest)) rest = maskedAs(revealed(rest), rest);
  if (!ESCAPE.test(rest)) return rest;
  let read = rest;
  for (let times = 0; times < 3 && ESCAPED.test(read); times += 1) read = plain(read);
  return read === rest ? rest : maskedAs(read, rest);
}

function maskedAs(read: string, written: string): string {
  const left = masked(read);
  return left === read ? written : left;
}
