import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { QUIET, underWayKey } from '../../src/delivery/rules/keys.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { deliveryTo, entryOf, OK } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { MemoryLedger, memoryPorts } from '../support/ports.ts';
import { post, receiverAt, requestOf } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

// Named, since nobody proves anything here.
const RULES = { inhibit: [{ during: { source: 'custom' }, same: ['environment' as const], atMost: 7_200_000 }] };

/** A relay with one Slack receiver of a rate, some rules of quiet, and a clock. */
async function world(rules: Parameters<typeof compileMutes>[0] = {}, ports = memoryPorts()) {
  const stack = new Stack();
  const slack = stack.use(await listen(OK.slack));
  const receiver = { ...receiverAt('slack', slack.url), rate: { perSecond: 10 } };
  const make = () =>
    createRelay({
      receivers: [receiver],
      routes: [{ to: ['slack'] }],
      quiet: compileMutes(rules, 'UTC'),
      ports,
    });
  const relay = make();
  let owner = 0;
  const deliver = async (event: RelayEvent, by = relay) => {
    ports.time.now += 1_000;
    owner += 1;
    return (await by.deliver(deliveryTo(['slack'], { event }), `m${owner}`))[0];
  };
  const silence = (body: object) => relay.silences(post(body));
  return { slack, ports, relay, make, deliver, silence, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const scale = (id: string, more: Partial<RelayEvent> = {}) => ({ ...examples.scale, id, ...more }) as RelayEvent;

const deployment = (phase: 'started' | 'succeeded', occurredAt: string) => ({
  kind: 'deployment',
  id: `deploy-${phase}`,
  story: 'run-7',
  phase,
  subject: 'shop',
  environment: 'prod',
  occurredAt,
  resource: { name: 'shop' },
});

describe('a silence', () => {
  it('keeps back what it matches, says why, and sends nothing', async () => {
    await using there = await world();
    const { jsonBody } = await there.silence({
      match: { resource: 'shop-*' },
      for: '10m',
      author: 'kim',
      reason: 'test',
    });
    const { silence } = jsonBody as { silence: { id: string } };

    expect(await there.deliver(scale('a'))).toMatchObject({ outcome: 'quiet', reason: `silence ${silence.id}` });

    expect(there.slack.received).toStrictEqual([]);
    const listed = await there.relay.deliveries(requestOf('', { method: 'GET', query: 'state=quiet' }));
    expect(listed.jsonBody).toMatchObject({
      deliveries: [{ state: 'quiet', reason: `silence ${silence.id}`, event: { id: 'a', subject: 'shop-web' } }],
    });
  });

  describe.each([
    [
      'an alert',
      { ...examples.alert, id: 'fired', story: 'a', occurredAt: '2026-11-20T14:05:10.000Z' },
      { ...examples.alert, id: 'resolved', story: 'a', state: 'resolved', occurredAt: '2026-11-20T14:06:10.000Z' },
    ],
    [
      'a deployment',
      { ...examples.deployment, id: 'started', phase: 'started', occurredAt: '2026-11-20T14:05:10.000Z' },
      { ...examples.deployment, id: 'succeeded', phase: 'succeeded', occurredAt: '2026-11-20T14:06:10.000Z' },
    ],
    [
      'a scaling',
      scale('out', { phase: 'started', occurredAt: '2026-11-20T14:05:10.000Z' }),
      scale('done', { phase: 'succeeded', occurredAt: '2026-11-20T14:06:10.000Z' }),
    ],
  ] as readonly [string, RelayEvent, RelayEvent][])('of %s', (_what, beginning, end) => {
    const all = { match: { resource: '*' }, for: '10m' };

    it('lets pass the end of what was told before', async () => {
      await using there = await world();
      expect(await there.deliver(beginning)).toMatchObject({ outcome: 'sent' });
      await there.silence(all);

      expect(await there.deliver(end)).toMatchObject({ outcome: 'sent' });
    });

    it('keeps back the end of what it kept back, and what comes after that', async () => {
      await using there = await world();
      await there.silence(all);

      expect(await there.deliver(beginning)).toMatchObject({ outcome: 'quiet' });
      expect(await there.deliver(end)).toMatchObject({ outcome: 'quiet' });
    });

    it('lets a window hold the end that it lets pass', async () => {
      await using there = await world({ windows: [{ name: 'always', from: '14:05', to: '15:00' }] });
      there.ports.time.now = Date.parse('2026-11-20T14:04:00.000Z');
      expect(await there.deliver(beginning)).toMatchObject({ outcome: 'sent' });
      there.ports.time.now = Date.parse('2026-11-20T14:07:00.000Z');
      await there.silence(all);

      expect(await there.deliver(end)).toMatchObject({ outcome: 'quiet', reason: 'window always' });
    });
  });

  it('of an alert that goes on keeps back its next end, once that was told', async () => {
    await using there = await world();
    const step = (state: 'fired' | 'resolved', minute: number) => ({
      ...{ ...examples.alert, id: `${state}-${minute}`, story: 'a', state },
      occurredAt: `2026-11-20T14:0${minute}:00.000Z`,
    });
    await there.deliver(step('fired', 1));
    await there.silence({ match: { resource: '*' }, for: '1h' });

    expect(await there.deliver(step('resolved', 2))).toMatchObject({ outcome: 'sent' });
    expect(await there.deliver(step('fired', 3))).toMatchObject({ outcome: 'quiet' });
    expect(await there.deliver(step('resolved', 4))).toMatchObject({ outcome: 'quiet' });
  });

  it('lets pass what it does not match, and what is critical', async () => {
    await using there = await world();
    await there.silence({ match: { resource: 'shop-web' }, for: '10m' });

    const other = scale('a', { resource: { name: 'bank' } });

    expect(await there.deliver(other)).toMatchObject({ outcome: 'sent' });
    expect(await there.deliver(scale('b', { severity: 'critical' }))).toMatchObject({ outcome: 'sent' });
  });

  it('ends at its end', async () => {
    await using there = await world();
    await there.silence({ match: { resource: '*' }, for: '10m' });
    await there.deliver(scale('a'));

    there.ports.time.now += 10 * 60_000;

    expect(await there.deliver(scale('b'))).toMatchObject({ outcome: 'sent' });
  });

  it('can be ended before, and is no longer listed then', async () => {
    await using there = await world();
    const { jsonBody } = await there.silence({ match: { resource: '*' }, for: '10m' });
    const { silence } = jsonBody as { silence: { id: string } };
    const list = requestOf('', { method: 'GET' });
    expect((await there.relay.silences(list)).jsonBody).toMatchObject({ silences: [{ id: silence.id }] });

    const end = { ...requestOf('', { method: 'DELETE' }), params: { id: silence.id } };
    expect(await there.relay.silences(end)).toMatchObject({ status: 200, jsonBody: { silence: { id: silence.id } } });

    expect(await there.deliver(scale('a'))).toMatchObject({ outcome: 'sent' });
    expect((await there.relay.silences(list)).jsonBody).toStrictEqual({ silences: [], windows: [] });
  });

  it('is noticed by an instance that has read the silences before', async () => {
    await using there = await world();
    const other = there.make();
    expect(await there.deliver(scale('a'), other)).toMatchObject({ outcome: 'sent' });

    await there.silence({ match: { resource: '*' }, for: '10m' });

    expect(await there.deliver(scale('b'), other)).toMatchObject({ outcome: 'quiet' });
  });

  it('does not hold up a replay', async () => {
    await using there = await world();
    await there.silence({ match: { resource: '*' }, for: '10m' });
    await there.deliver(scale('a'));

    await there.relay.replay(post({ id: 'a' }));

    expect(await there.relay.deliver(there.ports.deliveries.sent.at(-1)?.message, 'again')).toMatchObject([
      { outcome: 'sent' },
    ]);
  });

  it.each<[string, object, string]>([
    ['without an end', { match: { resource: '*' } }, 'for'],
    ['with two ends', { match: { resource: '*' }, for: '1h', endsAt: '2026-11-21T00:00:00Z' }, 'for'],
    ['that ended before it began', { match: { resource: '*' }, endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
    ['without a condition', { match: {}, for: '1h' }, 'match'],
    ['with a condition on nothing that events have', { match: { colour: 'red' }, for: '1h' }, 'match'],
    ['for a time that is none', { match: { resource: '*' }, for: 'soon' }, 'for'],
  ])('%s is refused, with what is wrong', async (_what, body, path) => {
    await using there = await world();

    const answer = await there.silence(body);

    expect(answer.status).toBe(422);
    const { errors } = answer.jsonBody as { errors: { path: string }[] };
    expect(errors.map((each) => each.path.split('.')[0])).toContain(path);
  });

  it('that is not there cannot be ended', async () => {
    await using there = await world();
    const end = { ...requestOf('', { method: 'DELETE' }), params: { id: 'nope' } };

    expect(await there.relay.silences(end)).toMatchObject({ status: 404 });
  });
});

describe('silences', () => {
  it('are forgotten once they have been over for a month, however long they were', async () => {
    await using there = await world();
    await there.silence({ match: { resource: '*' }, for: '10m' });
    await there.silence({ match: { resource: '*' }, for: '90d' });
    there.ports.time.now += 40 * 86_400_000;

    await there.relay.clean();

    expect(there.ports.ledger.rows(QUIET, 'silence:')).toHaveLength(1);
    expect(await there.deliver(scale('a'))).toMatchObject({ outcome: 'quiet' });
  });
});

describe('while a deployment is under way', () => {
  it('what waits is kept back, and is told in one message at its end', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    for (const id of ['a', 'b']) {
      expect(await there.deliver(scale(id))).toMatchObject({ outcome: 'quiet', reason: 'deployment of shop' });
    }
    there.ports.deliveries.sent.length = 0;

    await there.relay.accept(post(deployment('succeeded', '2026-11-20T14:15:00.000Z'), 'custom'));

    const release = there.ports.deliveries.sent.find(({ message }) => 'release' in message)?.message;
    expect(await there.relay.deliver(release)).toMatchObject([{ outcome: 'digest', receiver: 'slack', events: 2 }]);
    const told = there.ports.deliveries.sent.at(-1)?.message;
    expect(told).toMatchObject({ event: { kind: 'digest', cause: 'deployment', total: 2 }, receivers: ['slack'] });
    // The queue may bring it again.
    expect(await there.relay.deliver(release)).toMatchObject([{ outcome: 'nothing' }]);
    expect(there.slack.received).toStrictEqual([]);
  });

  it('what waits is told once where the end is told twice, however many wait', async () => {
    const ports = memoryPorts();
    class Slow extends MemoryLedger {
      override async write(...changes: Parameters<MemoryLedger['write']>) {
        const etags = await super.write(...changes);
        await sleep(2);
        return etags;
      }
    }
    await using there = await world(RULES, { ...ports, ledger: new Slow(() => ports.time.now) });
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    for (let index = 0; index < 50; index += 1) await there.deliver(scale(`e${index}`));
    there.ports.deliveries.sent.length = 0;
    await there.relay.accept(post(deployment('succeeded', '2026-11-20T14:15:00.000Z'), 'custom'));
    const release = there.ports.deliveries.sent.find(({ message }) => 'release' in message)?.message;

    const first = there.relay.deliver(release, 'r1');
    await vi.waitFor(() => expect(there.ports.ledger.rows('slack', 'held:').length).toBeLessThan(50), { interval: 1 });
    const second = await there.relay.deliver(release, 'r2');

    expect(await first).toMatchObject([{ outcome: 'digest', events: 50 }]);
    expect(second).toMatchObject([{ outcome: 'postponed', delay: 5 }]);
    await drain(there.relay, there.ports);
    expect(there.slack.received.filter(({ body }) => body.includes('during a deployment'))).toHaveLength(1);
  });

  it('what was replayed meanwhile is sent, and is not told again', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    for (const id of ['a', 'b']) await there.deliver(scale(id));
    await there.relay.replay(post({ id: 'a' }));
    await drain(there.relay, there.ports);

    await there.relay.accept(post(deployment('succeeded', '2026-11-20T14:15:00.000Z'), 'custom'));
    await drain(there.relay, there.ports);

    expect(entryOf(there.ports.ledger, 'slack', 'a')).toMatchObject({ state: 'sent', attempts: [{ outcome: 'sent' }] });
    expect(entryOf(there.ports.ledger, 'slack', 'b')).toMatchObject({ state: 'quiet', digest: expect.any(String) });
    expect(there.ports.ledger.rows('slack', 'held:')).toStrictEqual([]);
  });

  it('what is elsewhere is told at once', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));

    expect(await there.deliver(scale('a', { environment: 'test' }))).toMatchObject({ outcome: 'sent' });
  });

  it('after its end everything is told at once', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    await there.relay.accept(post(deployment('succeeded', '2026-11-20T14:05:01.000Z'), 'custom'));

    expect(await there.deliver(scale('a'))).toMatchObject({ outcome: 'sent' });
  });

  it('whose end is never told, what waits is told by the hourly watch', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    await there.deliver(scale('a'));
    there.ports.time.now += 3 * 3_600_000;

    await there.relay.watch();

    const release = there.ports.deliveries.sent.find(({ message }) => 'release' in message)?.message;
    expect(await there.relay.deliver(release)).toMatchObject([{ outcome: 'digest', events: 1 }]);
    expect(there.ports.ledger.rows(QUIET, underWayKey(''))).toStrictEqual([]);
  });

  it('because its sender’s clock is years ahead, what waits is told as after any other', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2099-11-20T14:05:00.000Z'), 'custom'));
    expect(await there.deliver(scale('a'))).toMatchObject({ outcome: 'quiet' });
    there.ports.time.now += 3 * 3_600_000;

    await there.relay.watch();
    await drain(there.relay, there.ports);

    expect(there.ports.ledger.rows('slack', 'held:')).toStrictEqual([]);
    expect(there.slack.received.length).toBeGreaterThan(0);
    expect(await there.deliver(scale('b'))).toMatchObject({ outcome: 'sent' });
  });

  it('and what waits is released by the next watch, where the queue failed during this one', async () => {
    await using there = await world(RULES);
    await there.relay.accept(post(deployment('started', '2026-11-20T14:05:00.000Z'), 'custom'));
    await there.deliver(scale('a'));
    there.ports.deliveries.waiting.length = 0;
    there.ports.time.now += 3 * 3_600_000;
    there.ports.deliveries.down = true;
    await expect(there.relay.watch()).rejects.toThrow();

    there.ports.deliveries.down = false;
    await there.relay.watch();
    await drain(there.relay, there.ports);

    expect(there.slack.received).toHaveLength(1);
    expect(there.ports.ledger.rows('slack', 'held:')).toStrictEqual([]);
    expect(there.ports.ledger.rows(QUIET, underWayKey(''))).toStrictEqual([]);
  });
});
