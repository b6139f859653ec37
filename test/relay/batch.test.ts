import { describe, expect, it } from 'vitest';
import { forAnyNumber } from '../../src/delivery/any-number.ts';
import { UNROUTED } from '../../src/delivery/rules/keys.ts';
import { locales } from '../../src/locales/registry.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { largest } from '../support/largest.ts';
import { localeNames } from '../support/payloads.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';

const alerts = (count: number) => ({
  version: '4',
  status: 'firing',
  alerts: Array.from({ length: count }, (_, index) => ({
    status: 'firing',
    labels: { alertname: 'QueueTooLong', instance: `mq-${index}` },
    startsAt: '2026-11-20T14:05:09Z',
  })),
});

describe('a body of many events', () => {
  it('puts each on the queue, once', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

    const answer = await answerTo(relay, post(alerts(200)));

    const ids = ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? message.event.id : []));
    expect(answer.status).toBe(202);
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
  });

  it('is answered 503 when storage fails in the middle, and is whole after the next try', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);
    const { send } = ports.deliveries;
    let calls = 0;
    ports.deliveries.send = async (...message) => {
      calls += 1;
      if (calls === 50) ports.deliveries.down = true;
      return send.apply(ports.deliveries, message);
    };

    expect((await answerTo(relay, post(alerts(200)))).status).toBe(503);
    ports.deliveries.down = false;
    expect((await answerTo(relay, post(alerts(200)))).status).toBe(202);
    expect(
      new Set(ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? message.event.id : []))).size,
    ).toBe(200);
  });

  it('that no route takes is answered, with few transactions and whether the ledger takes the notes or not', async () => {
    const ports = memoryPorts();
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports, { routes: [] });
    const write = ports.ledger.write.bind(ports.ledger);
    let transactions = 0;
    ports.ledger.write = async (...given) => {
      transactions += 1;
      return write(...given);
    };

    expect((await answerTo(relay, post(alerts(200)))).status).toBe(202);
    expect(transactions).toBe(4);
    expect(ports.ledger.rows(UNROUTED, 'event:')).toHaveLength(200);

    ports.ledger.write = () => Promise.reject(new StorageError('the ledger did not take it', 'no answer'));
    expect((await answerTo(relay, post(alerts(200)))).status).toBe(202);
  });

  const grid = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ id: `${index}`, eventType: 'Microsoft.ContainerRegistry.ImagePushed', eventTime: '2026-11-20T14:05:09Z' },
      ...{ topic: '/subscriptions/x', subject: 'web:1', dataVersion: '1.0' },
      data: { id: `${index}`, action: 'push', target: { repository: 'web', tag: `${index}` } },
    }));

  it.each([
    ['alertmanager', alerts(1_500)],
    ['event-grid', grid(1_500)],
  ])('is read as far as it goes, and how many were cut is told once in an hour (%s)', async (source, body) => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

    const answers = [await answerTo(relay, post(body)), await answerTo(relay, post(body))];

    for (const { status, jsonBody } of answers) {
      expect(status).toBe(202);
      expect(jsonBody).toMatchObject({ cut: 500 });
    }
    const told = ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? message.event : []));
    const notices = told.filter(({ kind }) => kind === 'notice');
    expect(notices[0]).toMatchObject({ topic: 'cut', about: source, count: 500 });
    expect(new Set(notices.map(({ id }) => id)).size).toBe(1);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1_001);
    const [notice] = notices;
    if (notice?.kind !== 'notice') throw new Error('nobody is told');
    for (const name of localeNames) {
      const say = locales[name];
      const text = say.sentence.notice(notice);
      expect(text).toContain(say.state.notice.cut);
      expect(text).toContain(say.events(500));
    }
  });

  it('that is too large leaves one notice an hour and source', async () => {
    const receivers = [receiverAt('slack', 'http://127.0.0.1:1', 'ops')];
    const { relay, ports } = relayWith(receivers, memoryPorts(), { notices: ['ops'] });
    const body = ' '.repeat(1_100_000);

    for (const source of ['grafana', 'grafana', undefined, 'nonsense', undefined, 'x']) {
      expect((await answerTo(relay, post(body, source))).status).toBe(413);
    }

    const about = () =>
      ports.deliveries.sent.map(
        ({ message }) => 'event' in message && message.event.kind === 'notice' && message.event.about,
      );
    await expect.poll(about).toStrictEqual(['grafana', '/api/webhooks']);
    ports.time.now += 3_600_000;
    await relay.accept(post(body, 'grafana'));
    await expect.poll(about).toStrictEqual(['grafana', '/api/webhooks', 'grafana']);
  });
});

describe('an event for thousands of receivers', () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `r${index}-`.padEnd(63, 'x'));

  /** Each name once, in messages that a queue takes. */
  function checkSent({ deliveries }: ReturnType<typeof memoryPorts>) {
    const sent = deliveries.sent.map(({ message }) => message);
    for (const message of sent) {
      const text = Buffer.from(JSON.stringify(message)).toString('base64');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64 * 1024);
    }
    const told = sent.flatMap((message) => ('receivers' in message ? message.receivers : []));
    expect(told.toSorted()).toStrictEqual(names.toSorted());
  }

  it('is stored in several messages', async () => {
    const receivers = names.map((name) => receiverAt('slack', 'http://127.0.0.1:1', name));
    const { relay, ports } = relayWith(receivers);

    expect((await answerTo(relay, post({ kind: 'custom', title: 'Migration' }))).status).toBe(202);

    checkSent(ports);
  });

  it.each(['alert', 'digest', 'drift'] as const)(
    'is stored in more of them where it is the largest (%s)',
    async (kind) => {
      const ports = memoryPorts();

      await forAnyNumber(ports.deliveries).send(deliveryTo(names, { event: largest(kind), proven: true }));

      checkSent(ports);
    },
  );
});
