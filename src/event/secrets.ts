/** What a name says whose value nobody may read, however it is written: DB_PASSWORD, clientSecret, AccountKey. */
const NAMED =
  '(?:password|passwd|pwd|secret|token|(?:account|api|access|secret|storage|instrumentation|subscription)[_-]?key|SharedAccessKey|SharedAccessSignature)';

const QUERIED =
  'code|sig|signature|x-amz-signature|token|access_token|refresh_token|id_token|private_token|job_token|key|api_?key|pwd|password|secret|client_secret';

/**
 * What looks like a secret, wherever it stands: the one list, for what others write in events, and for log lines, spans
 * and errors. No expression takes longer than in proportion to the text, and none finds anything in what it has left
 * ("***") or in what was cut after it ("…").
 */
const SECRETS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, '***'],
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: the path is the password.
  [/(hooks\.slack(?:-gov)?\.com\/)(?:services|workflows|triggers)\/[^\s"'<>\\)…]+/gi, '$1***'],
  [/\b(xox[a-z]|xapp)-[\w-]{6,}/gi, '$1-***'],
  // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats,
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  [/\b(gh[pousr]_|github_pat_|npm_|gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat)-)[\w-]{10,}/g, '$1***'],
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  [/\bwhsec_[A-Za-z0-9+/=_-]{6,}/g, 'whsec_***'],
  // The secret of an application in Entra ID.
  [/(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/g, '***'],
  // People also write of basic plans and of bearer tokens: these have no digit.
  [/\b([Bb]earer|BEARER)\s+(?=[A-Za-z+/=._~-]{0,200}\d)[A-Za-z0-9+/=._~-]{8,}/g, '$1 ***'],
  [/\b([Bb]asic|BASIC)\s+(?=[A-Za-z+/]{0,200}[\d=])[A-Za-z0-9+/]{8,}={0,2}(?![\w.~…-])/g, '$1 ***'],
  [/(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]+){1,4}/g, '***'],
  [new RegExp(`(${NAMED}(?:=\\\\?["']|\\\\?["']\\s{0,4}:\\s{0,4}\\\\?["']))(?!\\*)[^"'\\\\\\n…]+`, 'gi'), '$1***'],
  [new RegExp(`(${NAMED}=)(?![=*])[^;&\\s"'\\\\…]+`, 'gi'), '$1***'],
  // Function keys, signatures of Power Automate and of storage, and what else opens a door in a query.
  [
    new RegExp(`([?&#;]|%26|%3F|\\\\u0026)(${QUERIED})(=|%3D)(?!\\*)(?:[^&#%\\s"'<>\\\\…]|%(?!26))+`, 'gi'),
    '$1$2$3***',
  ],
  [/\b((?:x-functions-key|x-gitlab-token)\\?["']?\s*[:=]\s*\\?["']?)(?!\*)[^\s"',;\\…]{6,}/gi, '$1***'],
  [/\b((?:authorization|api-key)\\?["']?\s*[:=]\s*\\?["']?)(?=[^\s"',;\\…]{0,200}\d)[^\s"',;\\…]{6,}/gi, '$1***'],
  [/\b(authorization\\?["']?\s*[:=]\s*\\?["']?(?:Bearer|Basic)\s+)[^\s"',;\\…]{16,}/gi, '$1***'],
  // A user and a password before the host, or a token in the user's place.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/@"'<>:…]{20,}|[^\s/@"'<>:…]*:(?!\*)[^\s/@"'<>…]+)@/gi, '$1***@'],
];

// Every pattern needs one of these. Most texts are names and have none, and this is on the way of every webhook.
const SUSPECT =
  /[=@]|%3D|-----BEGIN|hooks\.slack|xox[a-z]-|xapp-|gh[pousr]_|github_pat_|npm_|gl[a-z]{2,5}-|whsec_|Q~|eyJ|bearer|basic|password|passwd|pwd|secret|token|key|authorization/i;

/** A text without what looks like a secret. */
export const withoutSecrets = (text: string): string =>
  SUSPECT.test(text) ? SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text) : text;
