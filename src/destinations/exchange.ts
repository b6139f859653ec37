/** Milliseconds that a destination has to answer. Azure, Slack and Power Automate answer within a second or not at all. */
export const TIMEOUT = 10_000;

/** The most of an answer that is read: error words are short, and a hostile server may send without end. */
const MOST_BYTES = 64 * 1024;

/** The start of an answer's body, as text; `most` bytes of it. */
export async function startOf(body: AsyncIterable<Uint8Array>, most = MOST_BYTES): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= most) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, most);
}

/** The same where the status says it all: who took the event and then fails to say more must not get it again. */
export const whatCame: typeof startOf = (body) => startOf(body).catch(() => '');

/** Code of errors that are a proxy's, and not of whom it leads to. */
export const PROXY_FAULT = 'ERR_PROXY';

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly reason: 'timeout' | 'connection';
}

/**
 * Why there was no answer. Only the kind of failure is kept: HTTP libraries put the address into their errors, and a
 * webhook's address is its password.
 */
export function unanswered(error: unknown): Unanswered {
  const names = chain(error).flatMap((each) => [each.name, 'code' in each ? String(each.code) : '']);
  const late = names.some((name) => /Timeout|TimedOut|ETIMEDOUT|ECONNABORTED|ERR_CANCELED|AbortError/i.test(name));
  return { kind: 'unanswered', reason: late ? 'timeout' : 'connection' };
}

const chain = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...chain(error.cause)] : []);
