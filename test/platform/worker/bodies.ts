import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Body {
  readonly title: string;
  readonly parts: readonly string[];
  /** Milliseconds after each part. */
  readonly pause?: number;
  /** Without Content-Length: in chunks. */
  readonly isChunked?: boolean;
  /** Breaks off after the parts, though more was promised. */
  readonly isCut?: boolean;
  /** undefined: no answer reaches anybody. */
  readonly status: number | undefined;
}

const MEBIBYTE = 1024 * 1024;

const event = (id: string, text = ''): string => JSON.stringify({ kind: 'custom', title: 'A body', id, text });

/** An event of so many bytes. */
const filled = (id: string, bytes: number): string => event(id, 'x'.repeat(bytes - event(id).length));

const inParts = (text: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) =>
    text.slice(Math.floor((at * text.length) / count), Math.floor(((at + 1) * text.length) / count)),
  );

export const BODIES: readonly Body[] = [
  { title: 'none', parts: [], status: 400 },
  { title: '1 byte', parts: ['{'], status: 400 },
  { title: 'whole', parts: [event('whole')], status: 202 },
  { title: '1 MiB', parts: [filled('mebibyte', MEBIBYTE)], status: 202 },
  { title: '1 MiB and a byte', parts: [filled('more', MEBIBYTE + 1)], status: 413 },
  { title: 'chunks', parts: inParts(event('chunks'), 3), isChunked: true, status: 202 },
  { title: '1 MiB in chunks', parts: inParts(filled('chunked', MEBIBYTE), 40), isChunked: true, status: 202 },
  { title: 'over 1 MiB in chunks', parts: inParts(filled('over', 2 * MEBIBYTE), 40), isChunked: true, status: 413 },
  { title: 'slow', parts: inParts(event('slow'), 8), pause: 400, status: 202 },
  { title: 'slow in chunks', parts: inParts(event('slow-chunks'), 8), pause: 400, isChunked: true, status: 202 },
  { title: 'aborted', parts: ['{"kind":'], isCut: true, status: undefined },
  { title: 'aborted in chunks', parts: ['{"kind":'], isChunked: true, isCut: true, status: undefined },
];

/** Sends a body; resolves with the status, or undefined where none came. */
export function send(url: string, { parts, pause = 0, isChunked = false, isCut = false }: Body) {
  const length = parts.reduce((sum, part) => sum + part.length, isCut ? 100 : 0);
  const framing = isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': length };
  return new Promise<number | undefined>((done) => {
    const call = httpRequest(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', ...framing },
    });
    call.on('response', (response) => {
      response.resume();
      done(response.statusCode);
    });
    call.on('error', () => done(undefined));
    const write = async () => {
      for (const part of parts) {
        await new Promise((left) => call.write(part, left));
        await sleep(isCut ? 500 : pause);
      }
      if (isCut) call.destroy();
      else call.end();
    };
    void write();
  });
}
