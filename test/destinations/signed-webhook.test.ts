import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerWebhook } from '../../dev/emulators/webhook.ts';
import { identity } from '../../src/event/identity.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { standardWebhooks } from '../../src/sources/signature.ts';
import { examples } from '../support/examples.ts';
import { payloadOf } from '../support/payloads.ts';
import { listen, type ReceivedRequest } from '../support/server.ts';

const { 'signed-webhook': signedWebhook } = transportsWithin('local');

const NEW = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD = `whsec_${Buffer.from('the secret of the year before').toString('base64')}`;
const payload = payloadOf('webhook', { ...examples.custom, title: 'Zertifikat läuft ab: 인증서 만료 🔥 ' });

/** What a subscriber gets that answers 204. */
async function sent(secrets?: readonly string[], messageId = 'event-1'): Promise<ReceivedRequest> {
  await using server = await listen({ status: 204 });
  const to = { url: `${server.url}/events?key=a%2Bb`, ...(secrets && { secrets }) };

  expect(await signedWebhook(to, payload, messageId)).toMatchObject({ kind: 'answered', status: 204 });

  expect(server.received).toHaveLength(1);
  const [request] = server.received;
  if (request === undefined) throw new Error('nothing came');
  return request;
}

const judged = ({ headers, body }: ReceivedRequest, secrets: readonly string[]) =>
  answerWebhook({ contentType: headers['content-type'], headers, body }, secrets).status;

describe('the transport of webhooks', () => {
  it('posts the payload as a CloudEvent, to the very address', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { path, headers, body } = await sent([NEW]);

    expect(path).toBe('/events?key=a%2Bb');
    expect(body).toBe(JSON.stringify(payload));
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'autoscale-relay',
      'webhook-id': 'event-1',
    });
    expect(Number(headers['webhook-timestamp'])).toBeGreaterThanOrEqual(before);
    expect(Number(headers['webhook-timestamp'])).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it.each([
    'whsec_c2VjcmV0LW9mLTE2LWJ5dGVzIQ==',
    'a secret of plain text, as long as it should be',
    'c2VjcmV0LW9mLTE2LWJ5dGVzIQ==',
  ])('means the same bytes by a secret in both directions (%s)', async (secret) => {
    const { headers, body } = await sent([secret]);
    const signed = {
      bytes: Buffer.from(body),
      headers: new Headers(headers as Record<string, string>),
      now: Date.now(),
    };

    expect(standardWebhooks(signed, secret)).toBe(true);
    expect(standardWebhooks(signed, 'another secret of more than 16 bytes')).toBe(false);
  });

  it('takes Base64 without its prefix from libraries that read it so', () => {
    const secret = 'c2VjcmV0LW9mLTE2LWJ5dGVzIQ==';
    const [id, timestamp, body] = ['e1', String(Math.floor(Date.now() / 1000)), '{}'] as const;
    const key = Buffer.from(secret, 'base64');
    const theirs = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    const headers = new Headers({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': theirs });

    expect(standardWebhooks({ bytes: Buffer.from(body), headers, now: Date.now() }, secret)).toBe(true);
  });

  it('signs so that a strict subscriber and our own door are content', async () => {
    const { headers, body } = await sent([NEW]);
    const signed = {
      bytes: Buffer.from(body),
      headers: new Headers(headers as Record<string, string>),
      now: Date.now(),
    };

    expect(judged({ path: '', headers, body, at: 0 }, [NEW])).toBe(204);
    expect(standardWebhooks(signed, NEW)).toBe(true);
    expect(standardWebhooks(signed, OLD)).toBe(false);
  });

  it('signs with each secret, the first one first, while one is rotated', async () => {
    const request = await sent([NEW, OLD]);
    const [first, second, ...more] = `${request.headers['webhook-signature']}`.split(' ');

    expect(more).toStrictEqual([]);
    for (const known of [[NEW], [OLD], [OLD, NEW]]) expect(judged(request, known)).toBe(204);
    expect(judged(request, ['whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA=='])).toBe(401);
    const only = (signature = '') => ({ ...request, headers: { ...request.headers, 'webhook-signature': signature } });
    expect([judged(only(first), [NEW]), judged(only(first), [OLD])]).toStrictEqual([204, 401]);
    expect([judged(only(second), [NEW]), judged(only(second), [OLD])]).toStrictEqual([401, 204]);
  });

  it('takes a secret of any other form as the bytes that it is', async () => {
    const request = await sent(['pass phrase – ü']);

    expect(judged(request, ['pass phrase – ü'])).toBe(204);
  });

  it('has a signature that a change in any part breaks', async () => {
    const request = await sent([NEW]);
    const changed = (more: Partial<ReceivedRequest['headers']>, body = request.body) =>
      judged({ ...request, headers: { ...request.headers, ...more }, body }, [NEW]);

    expect(changed({})).toBe(204);
    expect(changed({}, request.body.replace('warning', 'info'))).toBe(401);
    expect(changed({ 'webhook-id': 'event-2' })).toBe(401);
    expect(changed({ 'webhook-timestamp': `${Math.floor(Date.now() / 1000) - 60}` })).toBe(401);
  });

  it('gives the same id to every try, and no sender a dot in it', async () => {
    const ids = [await sent([NEW], 'a.1.{}'), await sent([NEW], 'a.1.{}'), await sent([NEW], 'ü\n')].map(
      ({ headers }) => headers['webhook-id'],
    );

    expect(ids).toStrictEqual([identity('a.1.{}'), identity('a.1.{}'), identity('ü\n')]);
  });

  it('does not sign where there is no secret', async () => {
    expect((await sent()).headers).not.toHaveProperty('webhook-signature');
    expect((await sent([])).headers).not.toHaveProperty('webhook-signature');
  });
});

describe('the answer of a subscriber', () => {
  const answerTo = async (reply: Parameters<typeof listen>[0]) => {
    await using server = await listen(reply);
    const answer = await signedWebhook({ url: `${server.url}/a`, secrets: [NEW] }, payload, 'event-1');
    return { answer, requests: server.received.length };
  };

  it('is reported with its status and Retry-After', async () => {
    const { answer } = await answerTo({ status: 503, headers: { 'retry-after': '7' } });

    expect(answer).toMatchObject({ kind: 'answered', status: 503, retryAfter: '7' });
  });

  it('is not followed elsewhere', async () => {
    const { answer, requests } = await answerTo({ status: 307, headers: { location: '/b' } });

    expect(answer).toMatchObject({ kind: 'answered', status: 307 });
    expect(requests).toBe(1);
  });

  it.each([
    ['long', { status: 200, body: 'x'.repeat(1_000_000) }],
    ['cut short', { status: 200, body: 'x', headers: { 'content-length': '100', connection: 'close' } }],
    ['no gzip as it says', { status: 200, body: 'x', headers: { 'content-encoding': 'gzip' } }],
  ])('counts by its status when its body is %s', async (_what, reply) => {
    expect((await answerTo(reply)).answer).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('is none where the connection is cut', async () => {
    const { answer } = await answerTo({ status: 200, reset: true });

    expect(answer).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
  });

  it.each([
    ['nobody listens there', 'http://127.0.0.1:1/hidden'],
    ['it is no address', 'http://127.0.0.1:99999/hidden'],
    ['it has no scheme', '127.0.0.1/hidden'],
    ['its scheme is no web', 'ftp://127.0.0.1/hidden'],
  ])('is none where %s, and holds neither the address nor a key', async (_what, url) => {
    const answer = await signedWebhook({ url, secrets: ['hidden', NEW] }, payload, 'event-1');

    expect(answer).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
  });
});
