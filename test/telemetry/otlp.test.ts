import { describe, it } from 'vitest';
import { VERSION } from '../../src/relay/version.ts';
import { acceptedIds, scaleOut } from '../integration/autoscale.ts';
import { eventually } from '../integration/eventually.ts';
import { dataFolder, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen, type Reply } from '../support/server.ts';
import { Stack } from '../support/stack.ts';
import { type Collected, collector } from './collector.ts';

async function end({ pid, ended }: LocalRun): Promise<number | null> {
  process.kill(pid, 'SIGTERM');
  return ended;
}

interface Wish {
  /** Milliseconds after which the collector answers. */
  readonly after?: number;
  readonly env?: Record<string, string>;
  readonly slack?: (before: number) => Reply;
}

/** A local run that sends its telemetry to a collector, and its messages to two chats. */
async function world({ after = 0, env = {}, slack: reply = () => ({ status: 200, body: 'ok' }) }: Wish = {}) {
  const stack = new Stack();
  const to = stack.use(await collector(after));
  const slack = stack.use(await listen((_, before) => reply(before)));
  const teams = stack.use(await listen({ status: 202 }));
  const folder = stack.use(await dataFolder());
  const chats = { SLACK_WEBHOOK_URL: slack.url, TEAMS_WEBHOOK_URL: teams.url };
  const run = stack.use(
    startRun(folder, {
      AzureWebJobsStorage: await ownStorage(),
      OTEL_EXPORTER_OTLP_ENDPOINT: `${to.url}/`,
      ...chats,
      ...env,
    }),
  );
  const url = `${await run.ready()}/api/webhooks`;
  return { to, slack, run, url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The names of a span and of all that led to it, over parents and links. */
function wayTo(span: Collected, all: readonly Collected[]): readonly string[] {
  const before = all.find(
    ({ traceId, spanId }) => spanId === span.parent || span.links.includes(`${traceId}-${spanId}`),
  );
  return before === undefined ? [span.name] : [...wayTo(before, all), span.name];
}

// Beyond every wait of the relay: who takes less did not wait for the collector.
const LONG = 60_000;

/** What the relay does by itself. */
const TIMERS = ['sweep', 'watch', 'drift'];

const SENDERS = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe.concurrent('a collector of OpenTelemetry', () => {
  it('gets one trace from the sender to both chats, and what it counts to', async ({ expect }) => {
    const env = {
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=relay',
      OTEL_SERVICE_NAME: 'relay-1',
      OTEL_RESOURCE_ATTRIBUTES:
        'deployment.environment.name=prod,team=ops%2Cdev,service.name=another,note=Bearer%20hunter2hunter2',
    };
    await using there = await world({ env });
    const { to, run, url } = there;
    const headers = { 'content-type': 'application/json', traceparent: SENDERS };

    const [id = ''] = await acceptedIds(
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(scaleOut()) }),
    );

    // The relay's timers are told as well, where a full minute comes meanwhile: each in a trace of its own.
    const told = () => to.spans().filter(({ name }) => !TIMERS.includes(name));
    await eventually(() => expect(told()).toHaveLength(5));
    expect(await end(run)).toBe(0);
    const spans = told();
    const [accept] = spans;
    expect(new Set(spans.map(({ traceId }) => traceId))).toStrictEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
    expect(accept).toMatchObject({ name: 'accept', parent: 'b7ad6b7169203331', kind: 2 });
    expect(accept?.attributes).toMatchObject({
      ...{ 'relay.event': id, 'relay.source': 'azure-autoscale' },
      ...{ 'http.request.method': 'POST', 'http.response.status_code': 202 },
    });
    const { hostname, port } = new URL(there.slack.url);
    for (const name of ['slack', 'teams']) {
      const delivered = spans.find((span) => span.name === `deliver ${name}`);
      const sent = spans.find((span) => span.name === `send ${name}`);
      expect(delivered).toMatchObject({ parent: accept?.spanId, kind: 5, failed: undefined });
      expect(delivered?.attributes).toMatchObject({
        ...{ 'relay.outcome': 'sent', 'relay.event': id },
        ...{ 'messaging.system': 'azure_queue_storage', 'messaging.destination.name': 'deliveries' },
        ...{ 'messaging.operation.type': 'process', 'messaging.message.id': expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
      expect(sent).toMatchObject({ parent: delivered?.spanId, kind: 3, failed: undefined });
      expect(sent?.attributes).toMatchObject({
        ...{ 'http.request.method': 'POST', 'http.response.status_code': name === 'slack' ? 200 : 202 },
        ...(name === 'slack' && { 'server.address': hostname, 'server.port': Number(port) }),
      });
      expect([delivered, sent].map((span) => span?.isBelowRemote)).toStrictEqual([true, false]);
    }
    expect(to.resource()).toMatchObject({
      ...{ 'service.name': 'relay-1', 'service.version': VERSION, 'service.instance.id': `${run.pid}` },
      ...{ 'telemetry.sdk.language': 'nodejs', 'deployment.environment.name': 'prod', team: 'ops,dev' },
    });
    expect(JSON.stringify(to.resource())).not.toContain('hunter2');
    expect(to.received[0]?.headers).toMatchObject({ 'x-tenant': 'relay', 'content-type': 'application/json' });
    expect(to.points()).toContainEqual(expect.objectContaining({ name: 'relay.accepted', unit: '{event}' }));
    const points = to.points().map(({ name, attributes, value }) => ({ name, attributes, value }));
    const of = (receiver: string) => ({ 'relay.receiver': receiver });
    expect(points).toStrictEqual(
      expect.arrayContaining([
        { name: 'relay.accepted', attributes: { 'relay.source': 'azure-autoscale', 'relay.kind': 'scale' }, value: 1 },
        { name: 'relay.deliveries', attributes: { 'relay.outcome': 'sent', ...of('slack') }, value: 1 },
        { name: 'relay.deliveries', attributes: { 'relay.outcome': 'sent', ...of('teams') }, value: 1 },
        { name: 'relay.latency', attributes: of('slack'), value: 1 },
        { name: 'relay.latency', attributes: of('teams'), value: 1 },
      ]),
    );
  });

  it('can follow every try back to the webhook, whether it was parked or not', async ({ expect }) => {
    await using there = await world({
      slack: (before) => (before === 0 ? { status: 503 } : { status: 200, body: 'ok' }),
    });
    const { to, url } = there;

    await postJson(url, scaleOut());

    const tries = () => to.spans().filter(({ name }) => name === 'send slack');
    await eventually(() => expect(tries()).toHaveLength(2));
    await eventually(() => {
      const [first = [], second = []] = tries().map((span) => wayTo(span, to.spans()));
      expect(first).toStrictEqual(['accept', 'deliver slack', 'send slack']);
      expect([second[0], second.length, second[2]]).toStrictEqual(['accept', 3, 'send slack']);
    });
    expect(tries()[0]).toMatchObject({
      failed: 'status-503',
      attributes: { 'http.response.status_code': 503, 'error.type': '503' },
    });
    expect(to.spans().find(({ name }) => name === 'deliver slack')).toMatchObject({
      failed: 'status-503',
      attributes: { 'relay.outcome': 'retry' },
    });
  });

  it('that is slow delays neither the answer nor the message, nor the end by much', async ({ expect }) => {
    await using there = await world({ after: LONG });
    const { to, run, slack, url } = there;
    await postJson(url, scaleOut());
    await eventually(() => expect(to.received.length).toBeGreaterThan(0));
    const before = slack.received.length;

    const started = performance.now();
    const answer = await postJson(url, scaleOut());
    const answered = performance.now() - started;
    await eventually(() => expect(slack.received.length).toBeGreaterThan(before));

    expect(answer.status).toBe(202);
    expect(answered).toBeLessThan(LONG);
    const ending = performance.now();
    expect(await end(run)).toBe(0);
    expect(performance.now() - ending).toBeLessThan(LONG);
  });

  it('gets no resource attributes that are written wrongly, which the log says without quoting them', async ({
    expect,
  }) => {
    await using there = await world({ env: { OTEL_RESOURCE_ATTRIBUTES: 'team=ops=hunter2' } });
    const { to, run, url } = there;

    await postJson(url, scaleOut());

    await eventually(() => expect(to.spans().length).toBeGreaterThan(0));
    expect(run.output).toMatch(/^telemetry: OTEL_RESOURCE_ATTRIBUTES is left out/m);
    expect(run.output + JSON.stringify(to.resource())).not.toContain('hunter2');
    expect(to.resource()).not.toHaveProperty('team');
  });

  it('that is not there is told of once, and is missed by nobody', async ({ expect }) => {
    await using there = await world({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/?token=hunter2' } });
    const { run, slack, url } = there;

    for (let at = 0; at < 3; at += 1) await postJson(url, scaleOut());

    await eventually(() => expect(slack.received.length).toBeGreaterThan(0));
    await eventually(() => expect(run.output).toMatch(/^telemetry: /m));
    expect(await end(run)).toBe(0);
    expect(run.output.match(/^telemetry: /gm)).toHaveLength(1);
    expect(run.output).not.toContain('hunter2');
  });
});
