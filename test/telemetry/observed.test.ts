import { describe, expect, it } from 'vitest';
import type { Ports } from '../../src/delivery/ports.ts';
import type { Answer } from '../../src/destinations/answer.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { RelayParts } from '../../src/relay/parts.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { type MuteRules, NO_MUTES } from '../../src/routing/mutes.ts';
import { observed } from '../../src/telemetry/observed.ts';
import { observedPorts } from '../../src/telemetry/observed-ports.ts';
import { secretsOf } from '../../src/telemetry/redact.ts';
import { pointIn } from '../../src/telemetry/trace.ts';
import { deliveryTo, doubted } from '../support/deliveries.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, requestOf } from '../support/relay.ts';
import { everyTransport } from '../support/transports.ts';
import { recorder } from './recorder.ts';

const OK: Answer = { kind: 'answered', status: 200, body: 'ok', retryAfter: undefined };
const BUSY: Answer = { kind: 'answered', status: 503, body: '', retryAfter: undefined };
const GONE: Answer = { kind: 'answered', status: 404, body: 'no_service', retryAfter: undefined };

const SENDERS = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const HOSTS = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

/** A relay that is watched, with storage in memory, whose receivers answer as they are told. */
function world(answers: Readonly<Record<string, Answer>> = {}, more: Partial<RelayParts> = {}) {
  const ports = memoryPorts();
  ports.time.now = Date.now();
  const receivers: readonly Receiver[] = more.receivers ?? [
    receiverAt('slack', 'https://hooks.slack.com/services/T0/B0/hunter2', 'ops'),
    receiverAt('teams', 'https://x.environment.api.powerplatform.com/?sig=hunter2', 'lead'),
  ];
  const answerOf = async (to: unknown) =>
    answers[receivers.find((each) => each === to)?.name ?? ''] ?? { ...OK, status: to === receivers[1] ? 202 : 200 };
  const outside: Ports = {
    ...ports,
    transports: everyTransport(() => answerOf),
  };
  const told = recorder();
  const relay = createRelay({
    routes: [{ to: receivers.map(({ name }) => name) }],
    ...more,
    receivers,
    ports: observedPorts(outside, receivers, told.telemetry),
  });
  const watched = observed(relay, told.telemetry, secretsOf(receivers));
  return {
    ...told,
    ports,
    relay: watched,
    /** Delivers what is queued now. */
    async deliver(host?: string) {
      for (const queued of [...ports.deliveries.waiting]) {
        ports.deliveries.delete(queued);
        ports.time.now = Math.max(ports.time.now, queued.visibleAt);
        await watched.deliver(queued.message, queued.id, host);
      }
    },
  };
}

/** A window that is always open. */
const ALWAYS: MuteRules = {
  ...NO_MUTES,
  windows: [{ name: 'hunter2', isOpen: () => true, endAfter: () => undefined }],
};

const accepted = () => post({ kind: 'custom', title: 'a title that says hunter2' });

describe('a trace', () => {
  it('leads from the webhook through the queue to each chat', async () => {
    const { relay, deliver, spans, named } = world();

    await relay.accept(accepted());
    await deliver();

    const [accept] = named('accept');
    expect(accept).toMatchObject({ kind: 'server', parent: undefined });
    for (const name of ['ops', 'lead']) {
      const [delivered] = named(`deliver ${name}`);
      const [sent] = named(`send ${name}`);
      expect(delivered).toMatchObject({ kind: 'consumer', parent: accept?.at });
      expect(sent).toMatchObject({ kind: 'client', parent: delivered?.at });
    }
    expect(new Set(spans.map(({ at }) => at.traceId)).size).toBe(1);
    expect(new Set(spans.map(({ at }) => at.spanId)).size).toBe(5);
  });

  it('goes on from the sender, and from the host where there is one', async () => {
    const { relay, named } = world();
    const from = (traceparent: string) => post({ kind: 'custom', title: 'x' }, undefined, { traceparent });

    await relay.accept(from(SENDERS));
    await relay.accept(from(SENDERS), HOSTS);
    await relay.accept(from('nonsense'));

    const [first, second, third] = named('accept');
    expect(first).toMatchObject({ kind: 'server', parent: pointIn(SENDERS) });
    expect(second).toMatchObject({ kind: 'internal', parent: pointIn(HOSTS) });
    expect(third).toMatchObject({ kind: 'server', parent: undefined });
  });

  it('of an event names the host that runs its delivery, and stays its own', async () => {
    const { relay, deliver, named } = world();

    await relay.accept(accepted());
    await deliver(HOSTS);

    expect(named('deliver ops')).toMatchObject([
      { kind: 'internal', parent: named('accept')[0]?.at, links: [pointIn(HOSTS)] },
    ]);
  });

  it('is kept by every try that comes again', async () => {
    const { relay, deliver, named } = world({ ops: BUSY });

    await relay.accept(accepted());
    for (let tries = 0; tries < 3; tries += 1) await deliver();

    const tries = named('deliver ops');
    expect(tries.map(({ attributes }) => attributes['relay.attempt'])).toStrictEqual([0, 1, 2]);
    expect(new Set(tries.map(({ at }) => at.spanId)).size).toBe(3);
    expect(new Set(tries.map(({ parent }) => parent?.spanId))).toStrictEqual(new Set([named('accept')[0]?.at.spanId]));
    expect(tries[0]).toMatchObject({ failed: 'status-503' });
  });

  it('goes on to the receiver that is told instead', async () => {
    const receivers = [
      { ...receiverAt('slack', 'https://x.invalid/a', 'ops'), fallback: 'lead' },
      receiverAt('teams', 'https://x.invalid/b', 'lead'),
    ];
    const { relay, ports, deliver, named } = world({ ops: GONE }, { receivers, routes: [{ to: ['ops'] }] });
    await doubted(ports, 'ops');

    await relay.accept(accepted());
    await deliver();
    await deliver();

    const [accept] = named('accept');
    expect(named('deliver ops')).toMatchObject([{ attributes: { 'relay.outcome': 'dead', 'relay.fallback': 'lead' } }]);
    // The notice that the receiver is broken, and the event itself.
    expect(named('deliver lead').map(({ parent, attributes }) => [parent, attributes['relay.kind']])).toStrictEqual([
      [accept?.at, 'notice'],
      [accept?.at, 'custom'],
    ]);
  });

  it('ends where an event is parked; what sends it later names it', async () => {
    const rate = { perSecond: 1, perHour: 1_000 };
    const receivers = [{ ...receiverAt('slack', 'https://x.invalid/a', 'ops'), rate }];
    const { relay, deliver, named, ended } = world({}, { receivers });
    for (let at = 0; at < 4; at += 1) await relay.accept(post({ kind: 'custom', title: `x ${at}` }));

    await deliver();
    await deliver();

    expect(named('deliver ops').map(({ attributes }) => attributes['relay.outcome'])).toContain('parked');
    const [flush] = named('flush ops');
    const parkedIn = named('deliver ops').flatMap(({ parent }) => parent?.traceId ?? []);
    expect(flush).toMatchObject({
      parent: undefined,
      links: [{ traceId: expect.toSatisfy((id) => parkedIn.includes(id)) }],
    });
    expect(parkedIn).not.toContain(flush?.at.traceId);
    expect(named('send ops').at(-1)).toMatchObject({ parent: flush?.at });
    expect(ended('sent') + ended('digest')).toBe(4);
  });

  it('begins with the delivery where a message has none', async () => {
    const { relay, named } = world();

    const [report] = await relay.deliver(deliveryTo(['ops']), 'm1');

    expect(report).toMatchObject({ outcome: 'sent' });
    expect(named('deliver ops')).toMatchObject([{ parent: undefined, links: [] }]);
    expect(named('send ops')).toMatchObject([{ parent: named('deliver ops')[0]?.at }]);
  });

  it('of a message that nobody can read is a span that says so', async () => {
    const { relay, spans } = world();

    await relay.deliver('hunter2', 'm1');

    expect(spans).toMatchObject([{ name: 'deliver', attributes: { 'relay.outcome': 'dead' }, failed: 'unreadable' }]);
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });

  it('tells of storage that fails, and throws the same', async () => {
    const { relay, ports, named } = world();
    ports.ledger.down = true;

    await expect(relay.deliver(deliveryTo(['ops']), 'm1')).rejects.toMatchObject({ code: 'storage' });
    ports.deliveries.down = true;
    expect((await answerTo(relay, accepted())).status).toBe(503);

    expect(named('deliver ops')).toMatchObject([{ failed: 'storage' }]);
    expect(named('accept')).toMatchObject([{ attributes: { 'relay.reason': 'storage' } }]);
  });

  it('of the watch is above what that says', async () => {
    const { relay, ports, named } = world({ ops: GONE }, { notices: ['lead'] });
    await doubted(ports, 'ops');
    await relay.deliver(deliveryTo(['ops']), 'm1');
    ports.deliveries.sent.splice(0);

    await relay.watch();

    const traces = ports.deliveries.sent.map(({ message }) => pointIn(message.trace));
    expect(traces.length).toBeGreaterThan(0);
    expect(new Set(traces.map((each) => each?.spanId))).toStrictEqual(new Set([named('watch')[0]?.at.spanId]));
  });

  it('says that a delivery which was done ended then, not with the slowest', async () => {
    const receivers = [
      receiverAt('slack', 'https://x.invalid/a', 'ops'),
      receiverAt('teams', 'https://x.invalid/b', 'lead'),
    ];
    const ports = memoryPorts();
    const told = recorder();
    const slow = async () => new Promise<Answer>((done) => setTimeout(() => done({ ...OK, status: 202 }), 300));
    const outside: Ports = {
      ...ports,
      transports: { ...ports.transports, 'slack-webhook': async () => OK, 'teams-workflow': slow },
    };
    const relay = createRelay({ receivers, routes: [], ports: observedPorts(outside, receivers, told.telemetry) });

    await observed(relay, told.telemetry, []).deliver(deliveryTo(['ops', 'lead']), 'm1');

    const took = (name: string) => told.named(name).map(({ start, end }) => end - start)[0] ?? 0;
    expect(took('deliver lead')).toBeGreaterThan(290);
    expect(took('deliver ops')).toBeLessThan(took('deliver lead'));
  });
});

describe('what is counted', () => {
  it('is each accepted event, each that nobody wanted, and each refusal by its reason', async () => {
    const { relay, counts } = world({}, { routes: [] });

    await relay.accept(accepted());
    await relay.accept(post('{'));
    await relay.accept(requestOf('', { method: 'GET' }));
    await relay.accept(requestOf('', { method: 'OPTIONS' }));

    const about = { 'relay.source': 'custom', 'relay.kind': 'custom' };
    expect(counts).toStrictEqual([
      { name: 'relay.accepted', by: 1, attributes: about },
      { name: 'relay.unrouted', by: 1, attributes: about },
      { name: 'relay.refused', by: 1, attributes: { 'relay.reason': 'body-not-json' } },
      { name: 'relay.refused', by: 1, attributes: { 'relay.reason': 'method' } },
    ]);
  });

  it('is each event whose sender used a word that the relay does not know', async () => {
    const { relay, counts } = world();
    const given = fixturesOf('github').find(({ name }) => name === 'deployment-status-failure');
    const { deployment_status: status, ...rest } = (given?.body ?? {}) as { deployment_status?: object };
    const send = (state: string) =>
      answerTo(relay, post({ ...rest, deployment_status: { ...status, state } }, 'github', { ...given?.headers }));

    expect((await send('failure')).status).toBe(202);
    expect(counts.map(({ name }) => name)).toStrictEqual(['relay.accepted']);

    expect((await send('half done')).status).toBe(202);
    const about = { 'relay.source': 'github', 'relay.kind': 'deployment' };
    expect(counts.slice(1)).toStrictEqual([
      { name: 'relay.accepted', by: 1, attributes: about },
      { name: 'relay.unknown', by: 1, attributes: about },
    ]);
  });

  it('is how each delivery ended, by receiver and reason', async () => {
    const { relay, ports, counts, measures, deliver } = world({ lead: GONE });
    await doubted(ports, 'lead');
    await relay.accept(accepted());

    await deliver();

    expect(counts.slice(1).map(({ attributes }) => attributes)).toStrictEqual([
      { 'relay.outcome': 'sent', 'relay.receiver': 'ops' },
      { 'relay.outcome': 'dead', 'relay.receiver': 'lead', 'relay.reason': 'status-404' },
    ]);
    expect(measures.find(({ name }) => name === 'relay.latency')).toMatchObject({
      seconds: expect.toSatisfy((seconds) => seconds >= 0 && seconds < 5),
      attributes: { 'relay.receiver': 'ops' },
    });
  });

  it('is a message that comes twice, as a duplicate', async () => {
    const { relay, ended } = world();

    for (let times = 0; times < 3; times += 1) await relay.deliver(deliveryTo(['ops']), `m${times}`);

    expect([ended('sent'), ended('duplicate')]).toStrictEqual([1, 2]);
  });

  it('names no silence and no deployment: their number has no end', async () => {
    const { counts, relay } = world({}, { quiet: ALWAYS });

    await relay.deliver(deliveryTo(['ops']), 'm1');

    expect(counts).toMatchObject([{ attributes: { 'relay.outcome': 'quiet', 'relay.reason': 'window' } }]);
  });

  it('is each call to a receiver with what came of it, and never its address', async () => {
    const { relay, measures, spans } = world({ ops: BUSY });

    await relay.deliver(deliveryTo(['ops', 'lead']), 'm1');

    const calls = measures.filter(({ name }) => name === 'relay.transport.duration');
    expect(calls.map(({ attributes }) => attributes)).toStrictEqual([
      { 'relay.receiver': 'ops', 'relay.transport': 'slack-webhook', 'relay.result': 'status-503' },
      { 'relay.receiver': 'lead', 'relay.transport': 'teams-workflow', 'relay.result': 'status-202' },
    ]);
    expect(JSON.stringify([measures, spans])).not.toMatch(/hunter2|https?:/);
  });
});

describe('a relay that nobody listens to', () => {
  it('does the same, and what it throws holds no secret', async () => {
    const url = 'https://chat.example.com/hunter2-in-the-path';
    const receivers = [receiverAt('slack', url, 'ops')];
    const ports = memoryPorts();
    const broken: Ports = {
      ...ports,
      transports: {
        ...ports.transports,
        'slack-webhook': () => Promise.reject(new TypeError(`Invalid URL: ${url}`)),
      },
    };
    const relay = observed(createRelay({ receivers, routes: [], ports: broken }), undefined, secretsOf(receivers));

    const thrown: unknown = await relay.deliver(deliveryTo(['ops']), 'm1').catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown instanceof Error && thrown.stack)).not.toContain('hunter2');
    expect(ports.deliveries.sent).toStrictEqual([]);
    expect((await relay.health(requestOf('', { method: 'GET' }))).status).toBe(200);
  });
});
