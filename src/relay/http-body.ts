import { RequestError } from '../problems/errors.ts';

/** The part of a request that has its body. */
interface Incoming {
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

const MOST_BYTES = 1024 * 1024;

/** The whole body. Throws a RequestError where it is too large, or did not come through. */
export async function readBytes(request: Incoming): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > MOST_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of whole(request.body)) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  checkLength(request, bytes);
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}

/** The body; a sender that breaks off is the sender's fault, whom no answer reaches, and no failure of ours. */
async function* whole(body: Incoming['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (cause) {
    const what = 'the connection broke off before the whole body had come; send it again';
    throw new RequestError('body-lost', what, { cause });
  }
}

/**
 * A host can drop a body that came without its length, and a sender can break off. Either way the request that arrives looks like one
 * with an empty body: https://github.com/Azure/azure-functions-nodejs-worker/issues/524
 */
function checkLength({ headers }: Incoming, bytes: number): void {
  const length = headers.get('content-length');
  if (length !== null && Number(length) > bytes && headers.get('content-encoding') === null) {
    throw new RequestError(
      'body-lost',
      `${bytes} of the ${Number(length)} bytes of the body came through; send it again`,
    );
  }
  if (bytes === 0 && headers.get('transfer-encoding') !== null) {
    const what = 'nothing came through of a body that was sent in chunks (Transfer-Encoding)';
    throw new RequestError('body-lost', `${what}; send it as a whole, with its Content-Length`);
  }
}

const tooLarge = () =>
  new RequestError('body-too-large', `the body is larger than ${MOST_BYTES} bytes, the most that is read`);
