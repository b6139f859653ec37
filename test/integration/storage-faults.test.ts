import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';
import type { Rate } from '../../src/destinations/rate.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { azureQueue } from '../../src/outbound/storage/queue.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, requestOf } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { scaleOut } from './autoscale.ts';
import { newQueueName, newTableName } from './storage-names.ts';
import { proxyTo, type StorageProxy } from './storage-proxy.ts';

let storage: StorageProxy;
beforeEach(async () => {
  storage = await proxyTo(inject('storage'));
});
afterEach(() => storage[Symbol.asyncDispose]());

/** A relay with one receiver, whose storage is behind the proxy. */
function relayBehind(
  proxy: StorageProxy,
  url = 'http://127.0.0.1:9/',
  connectionString = proxy.connectionString,
  rate: Rate = { perSecond: 1 },
): Subject {
  const names = { deliveries: newQueueName(), ledger: newTableName() };
  const ports = {
    ...memoryPorts(),
    deliveries: azureQueue<QueueMessage>({ connectionString }, names.deliveries),
    ledger: azureLedger({ connectionString }, names.ledger),
    clock: { now: Date.now, wait: sleep },
  };
  const restarted = () =>
    createRelay({ receivers: [{ ...receiverAt('slack', url), rate }], routes: [{ to: ['slack'] }], ports });
  return {
    relay: restarted(),
    restarted,
    client: new QueueClient(proxy.connectionString, names.deliveries),
  };
}

interface Subject {
  readonly relay: Relay;
  /** Another process on the same storage. */
  restarted(): Relay;
  readonly client: QueueClient;
}

const accept = (relay: Relay): Promise<HttpAnswer> => answerTo(relay, post(scaleOut()));
const health = (relay: Relay): Promise<HttpAnswer> => relay.health(requestOf('', { method: 'GET', query: 'deep=1' }));

/** Receives one message, has it delivered and deletes it, as a host does. */
async function deliverOne({ relay, client }: Subject): Promise<readonly string[]> {
  const [message] = (await client.receiveMessages()).receivedMessageItems;
  if (message === undefined) throw new Error('the queue is empty');
  const delivery: unknown = JSON.parse(Buffer.from(message.messageText, 'base64').toString('utf8'));
  const reports = await relay.deliver(delivery, message.messageId);
  await client.deleteMessage(message.messageId, message.popReceipt);
  return reports.map(({ outcome }) => outcome);
}

/** The method of a call, and whether it was a transaction. */
const told = (call: string): string =>
  call.replace(/^(\w+) .*?(\/\$batch)?$/, (_, method, batch = '') => `${method} ${batch}`.trim());

let alerts = 0;

/** An alert as Prometheus sends it; every call is another one. */
function alertOf(status: 'firing' | 'resolved') {
  alerts += 1;
  const labels = { alertname: 'QueueTooLong', instance: `mq-${alerts}` };
  const ended = status === 'resolved' ? { endsAt: '2026-11-20T14:06:09Z' } : {};
  return { version: '4', status, alerts: [{ status, labels, startsAt: '2026-11-20T14:05:09Z', ...ended }] };
}

/** An image as Azure Container Registry tells of it; every call is another push. */
const imagePushed = () => ({
  id: randomUUID(),
  timestamp: '2026-11-20T14:05:09.24Z',
  action: 'push',
  target: { mediaType: 'application/vnd.docker.distribution.manifest.v2+json', repository: 'shop/web', tag: '1.42.0' },
  request: { id: randomUUID(), host: 'shop.azurecr.io', method: 'PUT' },
});

const accountKey = (): string => /AccountKey=([^;]+)/.exec(inject('storage'))?.[1] ?? 'no account key';

const unavailable = {
  status: 503,
  headers: { 'content-type': 'application/problem+json', 'retry-after': expect.stringMatching(/^\d+$/) },
  jsonBody: { status: 503, type: 'urn:autoscale-relay:problem:storage' },
};

/**
 * To accept a scaling, in the order of the alphabet, for some go side by side: where it began and the last day of its set are looked up,
 * and remembered beside the message.
 */
const BESIDE = ['GET', 'GET', 'GET', 'POST', 'PUT', 'PUT'];

describe('what storage is asked', () => {
  it('accepts an event in one call once the queue is there', async () => {
    const { relay } = relayBehind(storage);
    expect(await accept(relay)).toMatchObject({ status: 202 });
    storage.calls.length = 0;

    expect(await answerTo(relay, post(alertOf('firing')))).toMatchObject({ status: 202 });

    expect(storage.calls).toStrictEqual([expect.stringMatching(/^POST .*\/messages$/)]);
  });

  it('accepts a scaling beside what is remembered of its set: where it began, and its last day', async () => {
    const { relay } = relayBehind(storage);
    expect(await accept(relay)).toMatchObject({ status: 202 });
    storage.calls.length = 0;

    expect(await accept(relay)).toMatchObject({ status: 202 });

    expect(storage.calls.map(told).toSorted()).toStrictEqual(BESIDE);
    expect(storage.calls).toContainEqual(expect.stringMatching(/^POST .*\/messages$/));
  });

  describe.each([
    ['a rate', { perSecond: 1_000 }, 'POST /$batch'],
    ['no rate', {}, 'POST'],
  ])('to deliver to one receiver with %s', (_what, rate, alone) => {
    const STORY = 'POST /$batch';
    it.each([
      ['an image, which has no story', 5, imagePushed, ['POST'], [alone]],
      ['an alert that fires', 5, () => alertOf('firing'), ['POST'], [STORY]],
      ['an alert that is resolved', 5, () => alertOf('resolved'), ['POST'], [STORY]],
      // What was told of the set is read before: what is written depends on it.
      ['a scale event', 11, scaleOut, BESIDE, ['GET', STORY]],
    ])('%s takes %i calls: store, receive, claim, record and delete', async (_kind, count, body, store, claim) => {
      await using slack = await listen({ status: 200, body: 'ok' });
      const subject = relayBehind(storage, slack.url, undefined, rate);
      // The first message makes what is needed, and the relay remembers the receiver's state for the next.
      await accept(subject.relay);
      expect(await deliverOne(subject)).toStrictEqual(['sent']);
      storage.calls.length = 0;

      expect(await answerTo(subject.relay, post(body()))).toMatchObject({ status: 202 });
      expect(await deliverOne(subject)).toStrictEqual(['sent']);

      const calls = storage.calls.map(told);
      expect(calls.slice(0, store.length).toSorted()).toStrictEqual(store);
      expect(calls.slice(store.length)).toStrictEqual(['GET', ...claim, 'PUT', 'DELETE']);
      expect(storage.calls).toHaveLength(count);
      expect(slack.received).toHaveLength(2);
    });
  });

  it('costs a relay that has just started one look more, at the state of the receiver', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    const first = relayBehind(storage, slack.url);
    const pushed = (relay: Relay) => answerTo(relay, post(imagePushed()));
    await pushed(first.relay);
    expect(await deliverOne(first)).toStrictEqual(['sent']);
    const fresh = { ...first, relay: first.restarted() };
    await new Promise((done) => setTimeout(done, 1_000));
    await pushed(fresh.relay);
    storage.calls.length = 0;

    expect(await deliverOne(fresh)).toStrictEqual(['sent']);

    expect(storage.calls.filter((call) => /state/.test(call))).toHaveLength(1);
    // And once, the silences.
    expect(storage.calls).toHaveLength(4 + 2);
  });

  it.each([
    ['an image, which has no story', imagePushed, []],
    // What was told of the set is read before.
    ['a scale event', scaleOut, ['GET']],
  ])(
    'of an event that waits is a row more in the same transaction, and a message for the flush: %s',
    async (_kind, body, looks) => {
      const send = (relay: Relay) => answerTo(relay, post(body()));
      await using slack = await listen({ status: 200, body: 'ok' });
      const subject = relayBehind(storage, slack.url, undefined, { perHour: 1 });
      await send(subject.relay);
      expect(await deliverOne(subject)).toStrictEqual(['sent']);
      await send(subject.relay);
      storage.calls.length = 0;

      expect(await deliverOne(subject)).toStrictEqual(['parked']);

      expect(storage.calls.map(told)).toStrictEqual(['GET', ...looks, 'POST /$batch', 'POST', 'DELETE']);
      await send(subject.relay);
      storage.calls.length = 0;
      expect(await deliverOne(subject)).toStrictEqual(['parked']);
      expect(storage.calls.map(told)).toStrictEqual(['GET', ...looks, 'POST /$batch', 'DELETE']);
    },
  );

  it('previews without a call', async () => {
    const { relay } = relayBehind(storage);

    expect(await relay.preview(post(scaleOut()))).toMatchObject({ status: 200 });

    expect(storage.calls).toStrictEqual([]);
  });
});

describe('storage that cannot be reached', () => {
  it('makes a webhook wait and the deep health check say so, until it is back', async () => {
    const { relay } = relayBehind(storage);
    await storage.shut();

    expect(await accept(relay)).toMatchObject(unavailable);
    expect(await health(relay)).toMatchObject(unavailable);
    expect(await relay.health(requestOf('', { method: 'GET' }))).toMatchObject({ status: 200 });

    await storage.reopen();
    expect(await accept(relay)).toMatchObject({ status: 202 });
    expect(await health(relay)).toMatchObject({ status: 200 });
  });

  it('stores the event once, however often the sender was told to wait', async () => {
    const { relay, client } = relayBehind(storage);
    const request = scaleOut();
    await storage.shut();
    for (const _try of [1, 2]) expect(await answerTo(relay, post(request))).toMatchObject({ status: 503 });
    await storage.reopen();

    expect(await answerTo(relay, post(request))).toMatchObject({ status: 202 });

    expect((await client.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems).toHaveLength(1);
  });

  it('does not hold a sender or a health check when it takes calls and never answers', async () => {
    const { relay } = relayBehind(storage);
    storage.fault = 'hang';

    const answers = await Promise.all([accept(relay), health(relay)]);

    for (const answer of answers) expect(answer).toMatchObject(unavailable);
  });

  it('brings the message back when the claim cannot be made, and sends nothing', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    const subject = relayBehind(storage, slack.url);
    await accept(subject.relay);
    const [message] = (await subject.client.receiveMessages()).receivedMessageItems;
    await storage.shut();

    const text = Buffer.from(message?.messageText ?? '', 'base64').toString('utf8');
    await expect(subject.relay.deliver(JSON.parse(text))).rejects.toMatchObject({ code: 'storage' });

    expect(slack.received).toHaveLength(0);
  });
});

describe('a storage setting that cannot be used', () => {
  it.each([
    ['no connection string', 'sesame'],
    ['an account without a place', 'AccountName=relay;AccountKey=c2VzYW1l'],
    [
      'a key that is cut off',
      'DefaultEndpointsProtocol=https;AccountName=relay;AccountKey=;EndpointSuffix=core.windows.net',
    ],
  ])('makes a webhook wait, as it can be mended: %s', async (_what, connectionString) => {
    const { relay } = relayBehind(storage, 'http://127.0.0.1:9/', connectionString);

    for (const answer of [await accept(relay), await health(relay)]) {
      expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
      expect(JSON.stringify(answer)).not.toMatch(/sesame|c2VzYW1l/);
    }
  });
});

describe('a storage answer that is no success', () => {
  const SECRET = 'sv=2026-01-01&sig=c2VjcmV0LXNpZ25hdHVyZQ%3D%3D';
  const xml = (code: string) =>
    `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>http://relay.queue/q?${SECRET}</Message></Error>`;

  it.each([
    ['500', { status: 500, body: xml('InternalError'), headers: { 'content-type': 'application/xml' } }],
    ['503', { status: 503, body: xml('ServerBusy'), headers: { 'content-type': 'application/xml' } }],
    ['403', { status: 403, body: xml('AuthenticationFailed'), headers: { 'content-type': 'application/xml' } }],
    ['a page of HTML', { status: 200, body: `<html>${SECRET}`, headers: { 'content-type': 'text/html' } }],
    ['broken XML', { status: 201, body: `<Queue ${SECRET}`, headers: { 'content-type': 'application/xml' } }],
    ['an empty success', { status: 201, body: '' }],
    ['a redirect', { status: 307, body: '', headers: { location: `http://127.0.0.1:9/?${SECRET}` } }],
  ])('makes a webhook wait and tells no secret: %s', async (_what, fault) => {
    const { relay } = relayBehind(storage);
    storage.fault = fault;

    for (const answer of [await accept(relay), await health(relay)]) {
      expect(answer).toMatchObject(unavailable);
      const told = JSON.stringify(answer);
      for (const secret of [accountKey(), SECRET, 'sig=', 'AccountKey']) expect(told).not.toContain(secret);
    }
  });
});
