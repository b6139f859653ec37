import { withoutSecrets } from '../event/secrets/secrets.ts';

/** A text without what looks like a secret, and without those that are known. */
export const redact = (text: string, known: readonly string[] = []): string =>
  withoutSecrets(known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text));

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
  receivers: readonly {
    readonly url: string;
    readonly secrets?: readonly string[];
    readonly signingSecrets?: readonly string[];
    readonly proxy?: string;
  }[],
): readonly string[] =>
  receivers
    .flatMap(({ url, secrets = [], signingSecrets = [], proxy = '' }) => [
      url,
      ...partsOf(url),
      ...passwordsOf(url),
      ...secrets,
      ...signingSecrets,
      proxy,
      ...passwordsOf(proxy),
    ])
    .filter((secret) => secret.length >= SHORTEST)
    .sort((one, other) => other.length - one.length);

function passwordsOf(url: string): readonly string[] {
  const { password = '' } = URL.parse(url) ?? {};
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

function partsOf(url: string): readonly string[] {
  const parsed = URL.parse(url);
  return parsed === null ? [] : [parsed.href, parsed.pathname + parsed.search, parsed.pathname, parsed.search];
}
