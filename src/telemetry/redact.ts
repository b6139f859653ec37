/**
 * What looks like a secret, wherever it stands: the one list for log lines, spans and errors. Our own sentences hold
 * none; this is for what others write, such as a library that puts the address into its error.
 */
const SECRETS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: the path is the password.
  [/(hooks\.slack(?:-gov)?\.com\/)(?:services|workflows|triggers)\/[^\s"'<>\\)]+/gi, '$1***'],
  [/\b(xox[a-z]|xapp)-[\w-]{6,}/gi, '$1-***'],
  // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats
  [/\b(gh[pousr]_|github_pat_|glpat-)\w{10,}/g, '$1***'],
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  [/\bwhsec_[A-Za-z0-9+/=_-]{6,}/g, 'whsec_***'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, '$1 ***'],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, '***'],
  [/\b(AccountKey|SharedAccessKey|SharedAccessSignature|InstrumentationKey|Password|Pwd)=[^;\s"'\\]+/gi, '$1=***'],
  // Function keys, signatures of Power Automate and of storage, and what else opens a door in a query.
  [
    /([?&#;]|%26|%3F|\\u0026)(code|sig|signature|token|access_token|private_token|key|api_?key|pwd|password|secret)(=|%3D)[^&#%\s"'<>\\]+(?:%(?!26)[^&#%\s"'<>\\]+)*/gi,
    '$1$2$3***',
  ],
  [
    /\b(x-functions-key|x-gitlab-token|authorization|api-key)(["']?\s*[:=]\s*["']?)(?!Bearer|Basic)[^\s"',;]{6,}/gi,
    '$1$2***',
  ],
  // A user and a password before the host.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'<>]+@/gi, '$1***@'],
];

// Every pattern needs one of these. Most texts are names and have none, and this is on the way of every webhook.
const SUSPECT = /[=:/]|%3D|xox|xapp-|gh[pousr]_|github_pat_|glpat-|whsec_|bearer|basic|eyJ/i;

/** A text without what looks like a secret, and without those that are known. */
export function redact(text: string, known: readonly string[] = []): string {
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return SUSPECT.test(without)
    ? SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), without)
    : without;
}

/** The same error for whoever logs it: its words redacted, and no cause, which often carries an address. */
export function redacted(error: unknown, known: readonly string[] = []): unknown {
  if (!(error instanceof Error)) return new Error(redact(String(error), known));
  for (const part of ['message', 'stack'] as const) {
    const said = error[part] ?? '';
    const value = redact(said, known);
    // Some errors are read-only.
    if (value !== said) Object.defineProperty(error, part, { value, configurable: true, writable: true });
  }
  if (error.cause !== undefined) delete error.cause;
  return error;
}

// What is shorter stands in many a text by chance.
const SHORTEST = 8;

/** What must not be seen of the receivers, whole and as libraries quote it. */
export const secretsOf = (
  receivers: readonly { readonly url: string; readonly secrets?: readonly string[] }[],
): readonly string[] =>
  receivers
    .flatMap(({ url, secrets = [] }) => [url, ...partsOf(url), ...secrets])
    .filter((secret) => secret.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);

function partsOf(url: string): readonly string[] {
  const parsed = URL.parse(url);
  return parsed === null ? [] : [parsed.href, parsed.pathname + parsed.search, parsed.pathname, parsed.search];
}
