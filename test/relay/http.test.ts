import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/relay/http.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith, requestOf } from '../support/relay.ts';

const [fixture] = fixturesOf('azure-autoscale');
const good = JSON.stringify(fixture?.body);
const SECRET = 'pl4nted-s3cret';
const MEBIBYTE = 1024 * 1024;

function relayForNobody(ports = memoryPorts()) {
  return relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
}

const accept = (request: HttpRequest, ports = memoryPorts()) => answerTo(relayForNobody(ports).relay, request);

/** A request without any content type. */
const untyped = (body: string): HttpRequest => ({ ...requestOf(body), headers: new Headers() });

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

const refused: readonly (readonly [string, number, string, () => HttpRequest])[] = [
  ['an empty body', 400, 'body-empty', () => requestOf('')],
  ['a body of spaces', 400, 'body-empty', () => requestOf(' \n ')],
  ['no body at all', 400, 'body-empty', () => ({ ...requestOf(''), body: null })],
  ['text', 400, 'body-not-json', () => requestOf(`hello ${SECRET}`)],
  ['JSON that is cut off', 400, 'body-not-json', () => requestOf(`{"kind":"custom","title":"${SECRET}`)],
  ['JSON with more behind it', 400, 'body-not-json', () => requestOf(`{} ${SECRET}`)],
  ['JSON with a comma too many', 400, 'body-not-json', () => requestOf(`{"title":"${SECRET}",}`)],
  ['bytes that are not UTF-8', 400, 'body-not-json', () => requestOf(Buffer.from([0x22, 0xc3, 0x28, 0x22]))],
  ['half a character at the end', 400, 'body-not-json', () => requestOf(Buffer.from('"한').subarray(0, 3))],
  ['JSON of 200 levels', 400, 'body-not-json', () => requestOf(nested(200))],
  ['a mebibyte of opening brackets', 400, 'body-not-json', () => requestOf('['.repeat(MEBIBYTE))],
  ['a mebibyte of brackets in pairs', 400, 'body-not-json', () => requestOf(nested(MEBIBYTE / 2 - 1))],
  [
    'a body declared as 2 MiB',
    413,
    'body-too-large',
    () => requestOf('{}', { headers: { 'content-length': '2097152' } }),
  ],
  ['a body of 2 MiB', 413, 'body-too-large', () => requestOf('x'.repeat(2 * MEBIBYTE))],
  ['a body of 1 MiB and a byte', 413, 'body-too-large', () => requestOf('x'.repeat(MEBIBYTE + 1))],
  ['plain text', 415, 'content-type', () => post(good, undefined, { 'content-type': 'text/plain' })],
  ['a form', 415, 'content-type', () => post(good, undefined, { 'content-type': 'application/x-www-form-urlencoded' })],
  [
    'a type that only begins like JSON',
    415,
    'content-type',
    () => post(good, undefined, { 'content-type': 'application/jsonp' }),
  ],
  ['an empty content type', 415, 'content-type', () => post(good, undefined, { 'content-type': '' })],
  ['an unknown source', 404, 'no-such-source', () => post(good, `octopus-${SECRET}`)],
  ['a source of the prototype', 404, 'no-such-source', () => post(good, '__proto__')],
  ['GET', 405, 'method', () => requestOf(good, { method: 'GET' })],
  ['PUT', 405, 'method', () => requestOf(good, { method: 'PUT' })],
  ['a list', 422, 'payload', () => post([SECRET])],
  ['null', 422, 'payload', () => post('null')],
  ['a number', 422, 'payload', () => post('3')],
  ['a string', 422, 'payload', () => post(JSON.stringify(SECRET))],
  ['an object of nobody', 422, 'payload', () => post({ hello: SECRET })],
  [
    'another source than the one named',
    422,
    'payload',
    () => post({ kind: 'custom', title: SECRET }, 'azure-autoscale'),
  ],
  ['a value of the wrong kind', 422, 'payload', () => post({ kind: 'custom', title: [SECRET] })],
  ['a word that is none of the words known', 422, 'payload', () => post({ kind: SECRET, title: 'x' }, 'custom')],
  ['a date that is none', 422, 'payload', () => post({ kind: 'custom', title: 'x', occurredAt: SECRET })],
  [
    'a link that is none',
    422,
    'payload',
    () => post({ kind: 'custom', title: 'x', links: [{ rel: 'a', url: SECRET }] }),
  ],
];

describe('a webhook with', () => {
  it.each(refused)('%s is refused with %i (%s), as a problem of RFC 9457', async (_what, status, code, request) => {
    const { relay, ports } = relayForNobody();

    const answers = [await answerTo(relay, request()), await relay.preview(request())];

    for (const answer of answers) {
      expect(answer).toMatchObject({
        status,
        headers: { 'content-type': 'application/problem+json' },
        jsonBody: { type: `urn:autoscale-relay:problem:${code}`, status },
      });
      expect(answer.jsonBody).toMatchObject({ title: expect.any(String), detail: expect.any(String) });
      expect(JSON.stringify(answer)).not.toContain(SECRET);
    }
    expect(ports.deliveries.sent).toStrictEqual([]);
  });

  it('anything foreseen is never refused with 410, 429 or 500', () => {
    expect(refused.map(([, status]) => status).filter((status) => [410, 429, 500].includes(status))).toStrictEqual([]);
  });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['Application/JSON;charset=UTF-8'],
    ['application/cloudevents+json'],
    ['application/cloudevents+json; charset=utf-8'],
    ['text/json'],
  ])('the content type %s is taken', async (type) => {
    expect((await accept(post(good, 'azure-autoscale', { 'content-type': type }))).status).toBe(202);
  });

  it('no content type is taken', async () => {
    expect((await accept(untyped(good))).status).toBe(202);
  });

  it('exactly 1 MiB is read', async () => {
    expect((await accept(requestOf(good.padEnd(MEBIBYTE)))).status).toBe(202);
  });

  it('64 levels is read, and one more is not', async () => {
    expect((await accept(requestOf(nested(64)))).status).toBe(422);
    expect((await accept(requestOf(nested(65)))).status).toBe(400);
  });
});
