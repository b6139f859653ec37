import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWebhook } from '../../../dev/emulators/webhook.ts';

const event = {
  specversion: '1.0',
  id: 'A234-1234-1234',
  source: '/mycontext/4',
  type: 'com.example.someevent',
  subject: '큰 맥락',
  time: '2018-04-05T17:31:00Z',
  comexampleothervalue: 5,
  datacontenttype: 'application/json',
  data: { appinfoA: 'abc' },
};

const contentType = 'application/cloudevents+json; charset=utf-8';
const send = (message: unknown) => answerWebhook({ contentType, body: JSON.stringify(message) });

describe('the double of a subscriber', () => {
  it('takes a CloudEvent, with extensions and without what is optional', () => {
    const { subject: _, time: __, comexampleothervalue: ___, ...least } = event;

    expect(send(event)).toStrictEqual({ status: 204, body: '' });
    expect(send(least).status).toBe(204);
  });

  it.each(['specversion', 'id', 'source', 'type', 'data'])('refuses one without %s', (name) => {
    expect(send({ ...event, [name]: undefined })).toMatchObject({ status: 422, reason: expect.stringContaining(name) });
  });

  it.each([
    ['specversion', '0.3'],
    ['id', ''],
    ['id', 'a\nb'],
    ['id', 7],
    ['subject', ''],
    ['subject', 'a\u0085b'],
    ['subject', 'a\ufdd0b'],
    ['subject', 'a\ud800b'],
    ['source', 'my context'],
    ['source', '/100%'],
    ['source', '/ü'],
    ['time', 'yesterday'],
    ['time', '2018-04-05'],
    ['datacontenttype', 'text/plain'],
    ['data', 'text'],
    ['data_base64', 'eA=='],
    ['sampledRate', 3],
    ['sampledrate', 1.5],
    ['extension', { nested: true }],
  ])('refuses one whose %s is %j', (name, value) => {
    expect(send({ ...event, [name]: value }).status).toBe(422);
  });

  it.each([undefined, 'application/json', 'application/cloudevents-batch+json', 'text/plain'])(
    'refuses the content type %s',
    (other) => {
      expect(answerWebhook({ contentType: other, body: JSON.stringify(event) }).status).toBe(415);
    },
  );

  it('refuses what is no JSON object', () => {
    for (const body of ['', '{', '[]', 'null']) expect(answerWebhook({ contentType, body }).status).toBe(415);
  });

  it('refuses more than everybody has to take', () => {
    expect(send({ ...event, data: { a: 'x'.repeat(60_000) } }).status).toBe(204);
    expect(send({ ...event, data: { a: 'x'.repeat(66_000) } }).status).toBe(413);
  });
});

// The test vector of the standard's own libraries ("sign function works"):
// https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  body: '{"test": 2432232314}',
  headers: {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
};

describe('the double of a subscriber with a secret', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_614_265_330_000 }));
  afterEach(() => void vi.useRealTimers());

  const { secret, body } = VECTOR;
  const judge = (headers: object, secrets = [secret]) =>
    answerWebhook({ contentType: 'application/json', headers: { ...VECTOR.headers, ...headers }, body }, secrets)
      .status;

  // What it trusts it goes on to read, and the vector is no CloudEvent.
  const TRUSTED = 415;

  it('trusts what the standard says is signed, alone or among others', () => {
    const { 'webhook-signature': good } = VECTOR.headers;

    expect(judge({})).toBe(TRUSTED);
    expect(judge({ 'webhook-signature': `v1,AAAA v1a,BBBB ${good} v2,CCCC` })).toBe(TRUSTED);
    expect(judge({}, ['whsec_b3RoZXI=', secret])).toBe(TRUSTED);
  });

  it('takes a secret without the prefix as its bytes', () => {
    const mac = createHmac('sha256', 'phrase').update(`msg_1.1614265330.${body}`).digest('base64');

    expect(judge({ 'webhook-id': 'msg_1', 'webhook-signature': `v1,${mac}` }, ['phrase'])).toBe(TRUSTED);
  });

  it.each([
    ['another key', {}, ['whsec_b3RoZXI=']],
    ['no signature', { 'webhook-signature': undefined }, [secret]],
    ['a part of one', { 'webhook-signature': 'v1,g0hM9SsE' }, [secret]],
    ['an empty one', { 'webhook-signature': 'v1,' }, [secret]],
    ['another id', { 'webhook-id': 'msg_2' }, [secret]],
    ['no id', { 'webhook-id': undefined }, [secret]],
    ['a dot in the id', { 'webhook-id': 'msg.1' }, [secret]],
    ['another time', { 'webhook-timestamp': '1614265331' }, [secret]],
    ['no time', { 'webhook-timestamp': undefined }, [secret]],
    ['a time that is none', { 'webhook-timestamp': 'hello' }, [secret]],
  ])('distrusts %s', (_what, headers, secrets) => {
    expect(judge(headers, secrets)).toBe(401);
  });

  it.each([
    [299, TRUSTED],
    [301, 401],
    [-299, TRUSTED],
    [-301, 401],
  ])('judges what is %i seconds old with %i', (seconds, status) => {
    vi.setSystemTime(1_614_265_330_000 + seconds * 1_000);

    expect(judge({})).toBe(status);
  });
});
