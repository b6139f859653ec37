import { connect } from 'node:net';
import { planted } from './mutations.ts';
import type { Stand } from './stand.ts';

// What clients do to HTTP, byte for byte. The answer must be a refusal, or that of a whole request; a connection may be ended instead.

const BODY = '{"kind":"custom","title":"odd"}';
const SECRET = planted(0);
const JSON_TYPE = 'content-type: application/json';

interface Odd {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  /** The sender breaks off once this is written. */
  readonly cut?: true;
}

const length = (body: string | Buffer) => `content-length: ${Buffer.byteLength(body)}`;
const chunked = (...chunks: readonly string[]) =>
  [...chunks, ''].map((each) => `${Buffer.byteLength(each).toString(16)}\r\n${each}\r\n`).join('');
const typed = (type: string): Odd => ({ headers: [`content-type: ${type}`, length(BODY)] });
const with_ = (...headers: readonly string[]): Odd => ({ headers: [JSON_TYPE, length(BODY), ...headers] });
const sent = (body: string | Buffer, ...headers: readonly string[]): Odd => ({
  headers: [JSON_TYPE, length(body), ...headers],
  body,
});
const inChunks = (body: string): Odd => ({ headers: [JSON_TYPE, 'transfer-encoding: chunked'], body });

const METHODS = 'GET HEAD PUT PATCH DELETE TRACE OPTIONS PROPFIND MKCOL PURGE LINK QUERY post P GET\u00e9 x'.split(' ');
const TYPES = [
  '',
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json;charset="',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'APPLICATION/JSON',
  'application/json, text/plain',
  '*/*',
  `application/${'x'.repeat(4_000)}json`,
];
const ENCODINGS = ['gzip', 'deflate', 'br', 'zstd', 'identity', 'gzip, gzip', SECRET];
const PATHS = [
  '/api/webhooks?',
  '/api/webhooks/custom/',
  '/API/WEBHOOKS/CUSTOM',
  '/api//webhooks',
  '/api/webhooks/%63ustom',
  '/api/webhooks/custom%2f',
  '/api/webhooks/custom%00',
  '/api/webhooks/%ff',
  '/api/webhooks/..%2fhealth',
  `/api/webhooks/${'../'.repeat(2)}admin/functions/watch`,
  '/api/webhooks/custom;x=1',
  '/api/webhooks/__proto__',
  '/api/webhooks/constructor',
  `/api/webhooks/ghp_${SECRET}`,
  `/api/webhooks?code=${SECRET}&token=${SECRET}`,
  `/api/${'a/'.repeat(2_000)}`,
  '*',
  'http://other.example.com/api/webhooks',
  '//api/webhooks',
  '/api/webhooks#x',
  `/api/webhooks?${'a=1&'.repeat(3_000)}`,
  '/api/show?id=',
  '/api/show?id=__proto__',
  `/api/show?id=${'f'.repeat(5_000)}`,
  '/api/deliveries?since=x',
  '/api/deliveries?since=-1d&most=1e9',
  '/api/deliveries?state=__proto__&receiver=..',
  '/api/silences/%2e%2e',
];
const BODIES: Readonly<Record<string, string | Buffer>> = {
  'a byte order mark': `\ufeff${BODY}`,
  'UTF-16': Buffer.from(BODY, 'utf16le'),
  'bytes that are no UTF-8': Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  'a zero at the end': `${BODY}\0`,
  'two documents': BODY + BODY,
  NaN: '{"kind":"custom","title":"x","properties":{"a":NaN}}',
  'a comment': `/* ${SECRET} */ ${BODY}`,
  'a broken secret': `{"password":"${SECRET}`,
  'a list of lists': '['.repeat(200_000),
  'objects in objects': '{"a":'.repeat(100_000),
  'many keys': `{${Array.from({ length: 60_000 }, (_, at) => `"k${at}":1`).join()}}`,
  'many lists': `[${Array(200_000).fill('[]').join()}]`,
  'a megabyte and a byte': `"${'x'.repeat(1024 * 1024 - 1)}"`,
  'a megabyte of blanks': ' '.repeat(1024 * 1024),
  'a number without end': `1${'0'.repeat(900_000)}`,
  nothing: '',
};

export const ODDITIES: Readonly<Record<string, Odd>> = {
  ...Object.fromEntries(METHODS.map((method) => [`the method ${method}`, { ...with_(), method }])),
  ...Object.fromEntries(TYPES.map((type) => [`the type "${type.slice(0, 40)}"`, typed(type)])),
  ...Object.fromEntries(ENCODINGS.map((each) => [`the encoding ${each}`, with_(`content-encoding: ${each}`)])),
  ...Object.fromEntries(PATHS.map((path) => [`the path ${path.slice(0, 50)}`, { ...with_(), path }])),
  ...Object.fromEntries(PATHS.map((path) => [`GET ${path.slice(0, 50)}`, { method: 'GET', path, body: '' }])),
  ...Object.fromEntries(Object.entries(BODIES).map(([name, body]) => [`a body: ${name}`, sent(body)])),
  'no type': { headers: [length(BODY)] },
  'two types': with_('content-type: text/plain'),
  'no length': { headers: [JSON_TYPE] },
  'a length that is too long': { headers: [JSON_TYPE, 'content-length: 999'], cut: true },
  'a length that is too short': { headers: [JSON_TYPE, 'content-length: 5'] },
  'a length of 0': { headers: [JSON_TYPE, 'content-length: 0'], body: '' },
  'a negative length': { headers: [JSON_TYPE, 'content-length: -1'] },
  'a length that is no number': { headers: [JSON_TYPE, 'content-length: 0x1f'] },
  'a length beyond all numbers': { headers: [JSON_TYPE, `content-length: ${'9'.repeat(40)}`] },
  'two lengths': with_('content-length: 3'),
  'a length of two megabytes': { headers: [JSON_TYPE, 'content-length: 2097152'], cut: true },
  chunks: inChunks(chunked(BODY.slice(0, 7), BODY.slice(7))),
  'chunks of a byte': inChunks(chunked(...BODY)),
  'no chunks': inChunks(chunked()),
  'chunks that end early': { ...inChunks(chunked(BODY).slice(0, -9)), cut: true },
  'a chunk with a wrong length': inChunks(`5\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk whose length is none': inChunks(`zz\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk as long as nothing is': inChunks(`ffffffffffffffff\r\n${BODY}`),
  'chunks with extensions': inChunks(`${BODY.length.toString(16)};a="${'b'.repeat(500)}"\r\n${BODY}\r\n0\r\n\r\n`),
  'chunks with trailers': inChunks(`${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\nx-a: ${SECRET}\r\n\r\n`),
  'chunks and a length': with_('transfer-encoding: chunked'),
  'an encoding of transfer that nobody knows': {
    headers: [JSON_TYPE, 'transfer-encoding: gzip, chunked'],
    body: chunked(BODY),
  },
  'chunked twice': { headers: [JSON_TYPE, 'transfer-encoding: chunked, chunked'], body: chunked(BODY) },
  'an expectation': with_('expect: 100-continue'),
  'an expectation that nobody knows': with_('expect: tea'),
  'an upgrade': with_('connection: upgrade', 'upgrade: websocket', 'sec-websocket-key: x'),
  'an upgrade to HTTP/2': with_('connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABk'),
  'a header of 20 kB': with_(`x-a: ${'a'.repeat(20_000)}`),
  'two thousand headers': with_(...Array.from({ length: 2_100 }, (_, at) => `x-${at}: 1`)),
  'a header with a zero': with_('x-a: a\0b'),
  'a header in Latin-1': with_('x-a: \u00e9'),
  'a header without a name': with_(': x'),
  'a header with a blank before the colon': with_('x-a : x'),
  'a folded header': with_('x-a: a\r\n b'),
  'a lone line feed': with_('x-a: a\nx-b: b'),
  'a header named as no object can be': with_('__proto__: x', 'constructor: x'),
  'secrets in every header': with_(
    ...[
      'x-api-key',
      'cookie',
      'x-functions-key',
      'traceparent',
      'user-agent',
      'referer',
      'ce-id',
      'webhook-id',
      'x-github-event',
      'x-gitlab-event',
    ].map((name) => `${name}: ${SECRET}`),
  ),
  'a binary event': with_('ce-specversion: 1.0', `ce-type: ${SECRET}`, 'ce-source: /x', 'ce-id: 1'),
  'an event of a version that is none': with_('ce-specversion: 9', 'ce-type: x', 'ce-source: \u0001', 'ce-id: '),
  'a handshake of somebody': {
    method: 'OPTIONS',
    headers: [`webhook-request-origin: ${'x'.repeat(3_000)}`, 'webhook-request-rate: -1'],
    body: '',
  },
  'HTTP/1.0': { ...with_(), version: 'HTTP/1.0' },
  'HTTP/2.0': { ...with_(), version: 'HTTP/2.0' },
  'HTTP/9': { ...with_(), version: 'HTTP/9' },
  'no version': { ...with_(), version: '' },
  'two requests in one': {
    ...with_(),
    body: `${BODY}POST /api/webhooks HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
  },
};

const HANGS_MILLISECONDS = 60_000;

/** All that is answered to what is written, until the connection ends. */
function answerTo(url: string, written: Buffer, cut: boolean): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.setTimeout(HANGS_MILLISECONDS, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server may end what it will not read.
    socket.on('error', (error) => (error.message === 'no answer' ? fail(error) : undefined));
    socket.on('close', () => done(Buffer.concat(chunks).toString('utf8')));
    socket.write(written, () => cut && setTimeout(() => socket.destroySoon(), 50));
  });
}

/** Sends it, and holds what is answered to the laws. */
export async function tryOddity(there: Stand, name: string): Promise<void> {
  const {
    method = 'POST',
    path = '/api/webhooks/custom',
    version = 'HTTP/1.1',
    headers = [],
    body = BODY,
    cut = false,
  } = ODDITIES[name] ?? {};
  const lines = [`${method} ${path} ${version}`.trimEnd(), 'host: 127.0.0.1', ...headers, 'connection: close', '', ''];
  try {
    const answer = await answerTo(there.url, Buffer.concat([Buffer.from(lines.join('\r\n')), Buffer.from(body)]), cut);
    there.watch(`the answer to ${name}`, answer);
    const status = Number(/^HTTP\/1\.1 (?:100 Continue\r\n\r\nHTTP\/1\.1 )?(\d{3})/.exec(answer)?.[1] ?? 0);
    const isForeseen = status < 500 || (status === 503 && /^retry-after: \d/im.test(answer));
    if (!isForeseen) there.falls.push({ law: 'no answer of 5xx', seen: `${name}: ${answer.slice(0, 200)}` });
  } catch (error) {
    there.falls.push({ law: 'an answer, or an end', seen: `${name}: ${String(error)}` });
  }
}
