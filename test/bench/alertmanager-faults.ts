import { setTimeout as sleep } from 'node:timers/promises';
import { postJson } from '../support/local-run.ts';
import { createAlertmanager } from './alertmanager-process.ts';
import { type ChatName, forAlertmanager, forRelay, freshIds } from './alertmanager-runners.ts';
import { came, createWorld } from './faults/world.ts';
import { openSink, type Sink } from './sink.ts';

const ALERTS = 20;
const WATCHED_MILLISECONDS = 25_000;

/** One who takes alerts, to be killed and started again. */
interface Subject extends AsyncDisposable {
  readonly name: string;
  accept(ids: readonly number[], chat: ChatName): Promise<void>;
  restart(): Promise<void>;
  /** What it says itself of alerts that were not told. */
  admits(): Promise<string>;
}

async function posted(url: string, body: string, status: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  if (response.status !== status) throw new Error(`${url} answered ${response.status}`);
}

async function alertmanagerSubject(binary: string, sink: Sink): Promise<Subject> {
  const alertmanager = await createAlertmanager(binary, sink.url, sink.url);
  await alertmanager.start();
  return {
    name: 'Alertmanager',
    accept: (ids, chat) => posted(`${alertmanager.url}/api/v2/alerts`, forAlertmanager(ids, chat), 200),
    async restart() {
      await alertmanager.kill();
      await alertmanager.start();
    },
    admits: async () => 'counts them as sent',
    [Symbol.asyncDispose]: () => alertmanager[Symbol.asyncDispose](),
  };
}

/** The real local run with Azurite. */
async function relaySubject(sink: Sink): Promise<Subject> {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createWorld({ slack: { type: 'slack', url: sink.url } }, true));
  let run = world.start();
  await run.ready();
  return {
    name: 'relay',
    accept: (ids, chat) => posted(`${world.url}/api/webhooks/alertmanager`, forRelay(ids, chat), 202),
    async restart() {
      process.kill(run.pid, 'SIGKILL');
      await run.ended;
      run = world.start();
      await run.ready();
    },
    async admits() {
      const { deliveries } = (await (await fetch(`${world.url}/api/dead-letters`)).json()) as { deliveries: unknown[] };
      const { replayed } = (await (await postJson(`${world.url}/api/replay`, {})).json()) as { replayed: unknown[] };
      return `lists ${deliveries.length} dead letters; ${replayed.length} of them replayed`;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** kill -9 as soon as the alerts are accepted. */
async function killed(subject: Subject, sink: Sink): Promise<string> {
  sink.forget();
  const ids = freshIds(ALERTS);
  await subject.accept(ids, 'slack');
  await subject.restart();
  await came(() => ids.every((id) => sink.taken.has(id)), WATCHED_MILLISECONDS);
  const lost = ids.filter((id) => !sink.taken.has(id)).length;
  return `${lost} of ${ALERTS} lost, ${sink.doubled} doubled`;
}

/** A chat that answers 200 and takes nothing, for a while. */
async function noService(subject: Subject, sink: Sink): Promise<string> {
  sink.forget();
  sink.reply = () => ({ status: 200, body: 'no_service', fault: true });
  const ids = freshIds(ALERTS);
  await subject.accept(ids, 'slack');
  await came(() => sink.calls >= ALERTS, 5_000);
  await sleep(1_000);
  sink.reply = () => ({ status: 200, body: 'ok' });
  const admitted = await subject.admits();
  await came(() => ids.every((id) => sink.taken.has(id)), WATCHED_MILLISECONDS);
  const arrived = ids.filter((id) => sink.taken.has(id)).length;
  return `${admitted}; ${arrived} of ${ALERTS} arrive after the mending`;
}

/** 429 with Retry-After 1, once. */
async function limited(subject: Subject, sink: Sink): Promise<string> {
  sink.forget();
  sink.reply = (before) =>
    before === 0
      ? { status: 429, body: 'rate_limited', headers: { 'retry-after': '1' }, fault: true }
      : { status: 200, body: 'ok' };
  const [id = 0] = freshIds(1);
  const began = performance.timeOrigin + performance.now();
  await subject.accept([id], 'slack');
  await came(() => sink.taken.has(id), 60_000);
  sink.reply = () => ({ status: 200, body: 'ok' });
  const taken = sink.taken.get(id);
  return taken === undefined ? 'not within a minute' : `arrives after ${((taken - began) / 1_000).toFixed(1)} s`;
}

/** What becomes of alerts that were accepted, with each of the two; one line for each fault. */
export async function faultLines(binary: string): Promise<readonly (readonly [string, string, string])[]> {
  await using sink = await openSink();
  await using alertmanager = await alertmanagerSubject(binary, sink);
  const theirs = await told(alertmanager, sink);
  await using relay = await relaySubject(sink);
  const ours = await told(relay, sink);
  return [
    [`kill -9 after ${ALERTS} were accepted`, theirs.killed, ours.killed],
    ['429 with Retry-After 1', theirs.limited, ours.limited],
    [`200 no_service to ${ALERTS}`, theirs.noService, ours.noService],
  ];
}

// One after the other, and the one that breaks the receiver last.
const told = async (subject: Subject, sink: Sink) => ({
  killed: await killed(subject, sink),
  limited: await limited(subject, sink),
  noService: await noService(subject, sink),
});
