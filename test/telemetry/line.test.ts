import { format } from 'node:util';
import { expect, it } from 'vitest';
import { type RelayError, RequestError, StorageError } from '../../src/problems/errors.ts';
import { deliveryLine, line, webhookFacts } from '../../src/telemetry/line.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith } from '../support/relay.ts';

const REPORT = {
  outcome: 'retry',
  receiver: 'ops-slack',
  eventId: '0123456789abcdef0123456789abcdef',
  attempt: 2,
  reason: 'status-503',
  delay: 8,
  milliseconds: 812,
} as const;

it('is one line that Application Insights keeps as it is, and that a query can parse', () => {
  const said = format('delivery', deliveryLine(REPORT));

  expect(said).not.toContain('\n');
  expect(JSON.parse(said.replace('delivery ', ''))).toStrictEqual(REPORT);
});

it('names a silence and a window, and of a deployment that is waited for only that it is', () => {
  const reasons = [
    { cause: 'silence', reason: 'silence 7f3a' },
    { cause: 'window', reason: 'window nights' },
    { cause: 'deployment', reason: 'deployment of "shop" by hunter2' },
  ] as const;

  const said = reasons.map((each) => JSON.parse(deliveryLine({ outcome: 'quiet', ...each })).reason);

  expect(said).toStrictEqual(['silence 7f3a', 'window nights', 'deployment']);
});

it('holds no secret, whoever wrote it', () => {
  expect(line({ step: 'read', error: 'GET https://x/?sig=abcdef' })).toBe(
    '{"step":"read","error":"GET https://x/?sig=***"}',
  );
});

const alerts = (count: number) => ({
  version: '4',
  status: 'firing',
  alerts: Array.from({ length: count }, (_, at) => ({
    status: 'firing',
    labels: { alertname: 'hunter2', instance: `hunter-${at}` },
    startsAt: '2026-11-20T14:05:09Z',
  })),
});

const relay = relayWith([receiverAt('slack', 'http://127.0.0.1:9', 'ops')], memoryPorts()).relay;

it('says of an accepted webhook what it was and who gets it, and nothing that it said', async () => {
  const facts = webhookFacts(await relay.accept(post(alerts(2))));

  expect(facts).toStrictEqual({
    outcome: 'accepted',
    source: 'alertmanager',
    kinds: ['alert'],
    count: 2,
    ids: [expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)],
    receivers: ['ops'],
    unrouted: 0,
  });
  expect(line(facts)).not.toContain('hunter');
});

it('names the first twenty events of a long list, and counts all', async () => {
  expect(webhookFacts(await relay.accept(post(alerts(60))))).toMatchObject({ count: 60, ids: { length: 20 } });
});

it('is JSON also where it is too long, and says how long it was', () => {
  const receivers = Array.from({ length: 2_000 }, (_, at) => `receiver-${at}`);
  const facts = { outcome: 'accepted', receivers, error: 'é'.repeat(40_000) };

  const said = line(facts);

  expect(said.length).toBeLessThan(32_768);
  expect(JSON.parse(said)).toStrictEqual({
    outcome: 'accepted',
    receivers: receivers.slice(0, 100),
    error: 'é'.repeat(1_000),
    cut: JSON.stringify(facts).length,
  });
});

it('counts the events that nobody wanted', async () => {
  const { relay: other } = relayWith([], memoryPorts());

  const receipt = await other.accept(post({ kind: 'custom', title: 'x' }));

  expect(webhookFacts(receipt)).toMatchObject({ count: 1, receivers: [], unrouted: 1 });
});

it('says of a refused webhook why, by the word of the problem', async () => {
  expect(webhookFacts(await relay.accept(post('{"hunter2"')))).toStrictEqual({
    outcome: 'refused',
    status: 400,
    reason: 'body-not-json',
  });
  const refused = (error: RelayError) => webhookFacts({ outcome: 'refused', error });
  expect(refused(new StorageError('the queue', 'hunter2'))).toMatchObject({ reason: 'storage' });
  expect(refused(new RequestError('method', 'hunter2'))).toMatchObject({ status: 405 });
});

it('says of a handshake only that it was answered', () => {
  const receipt = { outcome: 'answered', reply: { validationResponse: 'hunter2' } } as const;

  expect(webhookFacts(receipt)).toStrictEqual({ outcome: 'answered', status: 200 });
});
