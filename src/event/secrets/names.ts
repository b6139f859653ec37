/**
 * What a name says whose value nobody may read, however it is written (DB_PASSWORD, clientSecret, Account-Key) and in the
 * languages that people here write in.
 */
export const NAMES =
  'pass(?!word-?less)(?:word|wd|phrase|code)|(?:_|smtp|db|user|keyp|storep|mysql)-?pass(?![a-z])|(?<!old)pwd|identified by|secret(?!ar|ion)|(?<!unexpected |illegal |offending |undefined )token(?!i[sz])(?!s\\b)|credential(?!ing)|authorization|(?<![a-z])(?:set-)?cookie(?!s\\b)|(?<![a-z])jwt|connection[_ -]?string|conn[_-]?str' +
  '|(?:account|api|access|secret|storage|instrumentation|subscription|functions?|host|master|admin|shared|private|signing|encryption|auth|ssh|deploy|integration|license|primary|secondary|app|client|consumer|cosmos|redis)[_ -]?key(?!s\\b|ring)' +
  '|shared[_-]?access[_-]?(?:key|signature)|heslo|passwort|kennwort|mot de passe|contraseña|senha|mật khẩu|mat khau' +
  '|비밀 ?번호|패스워드|비번|시크릿|인증키|비밀키|개인키|암호(?!화)|토큰|mật mã|khóa (?:api|bí mật)|klíč api|tajný klíč|hasło|wachtwoord|パスワード|密码|密碼|пароль';

export const NAMED = new RegExp(NAMES, 'i');

/** Names that are a secret's only as a whole: a query's `sig`, the property `headers` of Azure's own examples. */
const WHOLE =
  /^(?:sig|signature|sas|pat|pin|otp|_?auth|headers?|bearer|pass|pw|psk|mnemonic|creds?|dsn|j?sessionid|sid|client-key-data|aeg-sas-key|x-amz-signature|private[_-]?token|webhook[_-]?secret)$/i;

// A word at the end that makes of a secret's name that of something about it: tokenType, passwordPolicy, secretName.
const ABOUT =
  /(?:^|[\s_.-]|(?<=[a-z\d])(?=[A-Z]))(?:names?|count|types?|expir(?:y|es|ed|ation)|age|length|len|polic(?:y|ies)|ref(?:erence)?|versions?|at|by|status|state|rotat(?:ion|ed)|us(?:ed|age)|limit|left|remaining|rate|kind|vault|path|file|enabled|required|changed|issuer|audience|endpoint|ur[il]|provider|store|manager|ids?|size|total|created|updated|duration|seconds|days|reset|errors?|failures?|requests?|lifetime|ttl|cache|bucket|review|source|scopes?|mounted|class|namespace|mode|server|domain|consent|fingerprint|algorithm|port|prefix|owner|tier|title|banner|cutter)$/i;
const VAULTED = /(?:secret[_-]?id|identified by)$/i;

export const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** Whether the value of this name is a secret: the name of a property, a label, a variable, a header, a member of JSON. */
export function namesSecret(name: string): boolean {
  const said = name.normalize('NFKC').replace(UNSEEN, '').trim();
  if (WHOLE.test(said)) return true;
  return NAMED.test(said) && (VAULTED.test(said) || !isAbout(said));
}

function isAbout(name: string): boolean {
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
  return ABOUT.test(words);
}
