import { randomUUID } from 'node:crypto';
import { forAnyNumber } from '../delivery/any-number.ts';
import type { DeliveryReport, Dispatch } from '../delivery/dispatch.ts';
import { watchingStorage } from '../delivery/storage-trouble.ts';
import type { Watched } from '../delivery/watch.ts';
import type { DriftCheck, DriftReport, Progress } from '../drift/run.ts';
import type { Counted } from '../history/count.ts';
import { budgeted, OPERATOR_MILLISECONDS, WEBHOOK_MILLISECONDS } from '../problems/budget.ts';
import { RequestError } from '../problems/errors.ts';
import type { Cleaned } from './clean.ts';
import { dispatchOf } from './dispatching.ts';
import { healthOf } from './health.ts';
import { answered, type HttpAnswer, type HttpRequest } from './http.ts';
import { createOperations, type Operations } from './operations.ts';
import type { RelayParts } from './parts.ts';
import { accept, deliver } from './pipeline.ts';
import { previewed } from './preview.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { routingOf } from './routed.ts';
import { type SenderNotes, senderNotes } from './sender-notes.ts';
import { store } from './store.ts';

/** The whole pipeline. Foreseen failures come back as receipts, answers and reports; a throw is a bug, or a message to try again. */
export interface Relay extends Operations {
  /** Reads a webhook and resolves once its events are stored. */
  accept(request: HttpRequest): Promise<Receipt>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Deals with one message of the queue. Rejects with a StorageError when the message must come back. */
  deliver(message: unknown, owner?: string): Promise<readonly DeliveryReport[]>;
  /** Deals with the messages that the platform gave up. Rejects with a StorageError. */
  sweep(): Promise<readonly DeliveryReport[]>;
  health(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: `{ on, ranAt, sets }`, every scale set with drift after the last run. */
  fleet(request: HttpRequest): Promise<HttpAnswer>;
  /** GET: `{ senders }`, who has sent something, when last, and what was refused why. */
  senders(request: HttpRequest): Promise<HttpAnswer>;
  /** POST: queues a check for drift; `{ on, queued }`, neither where the report is off. */
  queueDrift(request: HttpRequest): Promise<HttpAnswer>;
  /** The page for the team, and what it asks for. */
  page(request: HttpRequest): Promise<HttpAnswer>;
  /** A signed link of a message: GET shows what it would do, POST does it. */
  act(request: HttpRequest): Promise<HttpAnswer>;
  /** POST: what Slack sends when somebody presses a button of a message. */
  slack(request: HttpRequest): Promise<HttpAnswer>;
  /** POST: what Teams sends to the bot. */
  teams(request: HttpRequest): Promise<HttpAnswer>;
  /** Looks after what nobody came back for, and tells of dead letters. Rejects with a StorageError. */
  watch(): Promise<Watched>;
  /** Tells of senders that fell silent and of those that are back; resolves with how many. Rejects with a StorageError. */
  checkSenders(): Promise<number>;
  /** Counts what days came to. Rejects with a StorageError. */
  count(): Promise<Counted>;
  /** Deletes what has been kept for long enough. Rejects with a StorageError. */
  clean(): Promise<Cleaned>;
  /** Looks for scale sets with instances off their model; events of them go the way of all. Rejects with a StorageError. */
  checkDrift(progress?: Progress): Promise<DriftReport | { readonly outcome: 'off' }>;
}

export function createRelay(given: RelayParts): Relay {
  const parts = { ...given, ports: { ...given.ports, deliveries: forAnyNumber(given.ports.deliveries) } };
  const { receivers, drift, ports } = parts;
  const names = receivers.map(({ name }) => name);
  const dispatch = dispatchOf(parts, names);
  const route = routingOf(parts);
  const way = { parts, dispatch, route, withStorage: watchingStorage(dispatch) };
  const tooLarge = tellingOversize(parts);
  const notes = senderNotes(ports, parts);
  const operations = createOperations(parts, dispatch.desk);
  const check = drift?.check((events) => store(events.map(route), ports, true));

  const relay: Relay = {
    accept: noting(notes, (request) =>
      receiptOf(() => budgeted(WEBHOOK_MILLISECONDS, () => accept(way, request).catch(tooLarge(request)))),
    ),
    preview: (request) => answered(() => previewed(parts, request, route)),
    deliver: (message, owner = randomUUID()) => deliver(dispatch, message, owner),
    sweep: async () => (await import('../delivery/sweep.ts')).swept(dispatch),
    ...asked(operations),
    health: healthOf({
      receivers,
      drift,
      ports,
      watchedAt: async () => (await import('../delivery/watch.ts')).watchedAt(ports),
    }),
    fleet: () => answered(() => fleetOf(parts)),
    senders: () => answered(async () => (await import('./senders.ts')).answeredSenders(ports, notes, parts.expects)),
    queueDrift: (request) =>
      answered(async () => (await import('./drift.ts')).driftQueued(drift !== undefined, names, ports, request)),
    page: async (request) => (await import('./ui/doors.ts')).answeredPage(relay, parts.signIn, request),
    act: async (request) => (await import('./acts/doors.ts')).answeredAct(parts, request),
    slack: async (request) => (await import('./acts/doors.ts')).answeredSlack(parts, request),
    teams: async (request) => (await import('./acts/doors.ts')).answeredTeams(parts, request),
    ...onTime(dispatch, parts, names, check),
    checkSenders: () => sendersChecked(parts, notes),
  };
  return relay;
}

/** What timers have the relay do. */
function onTime(
  dispatch: Dispatch,
  parts: RelayParts,
  names: readonly string[],
  check: DriftCheck | undefined,
): Pick<Relay, 'watch' | 'count' | 'clean' | 'checkDrift'> {
  const { drift, ports } = parts;
  return {
    watch: async () => {
      const watched = await (await import('../delivery/watch.ts')).watch(dispatch, names);
      return { ...watched, ...(await reviewsQueued(parts)) };
    },
    count: async () => {
      const episodes = async () => (await drift?.episodes()) ?? [];
      const { countHistory } = await import('../history/count.ts');
      return countHistory({ ledger: ports.ledger, now: ports.clock.now(), receivers: names, episodes });
    },
    clean: async () => (await import('./clean.ts')).cleaned(ports, names),
    checkDrift: async (progress) => (await check?.(progress)) ?? { outcome: 'off' },
  };
}

const noting =
  (notes: SenderNotes, accepting: Relay['accept']): Relay['accept'] =>
  async (request) => {
    const receipt = await accepting(request);
    notes.note(request.params['source'], receipt);
    return receipt;
  };

async function fleetOf({ drift }: Pick<RelayParts, 'drift'>): Promise<HttpAnswer> {
  const list = await drift?.list();
  return { status: 200, jsonBody: { on: drift !== undefined, ...(list ?? { sets: [] }) } };
}

/** Tells of bodies that were refused for their size. Nobody waits for it: a sender in the middle of its body has to hear that at once. */
function tellingOversize({ notices = [], ports }: RelayParts) {
  let teller: Promise<(request: HttpRequest) => Promise<void>> | undefined;
  const tell = async (request: HttpRequest) => {
    teller ??= import('./oversize.ts').then(({ tellerOfTooLarge }) => tellerOfTooLarge(notices, ports));
    await (await teller)(request);
  };
  return (request: HttpRequest) =>
    (error: unknown): never => {
      if (error instanceof RequestError && error.code === 'body-too-large') void tell(request);
      throw error;
    };
}

/** Where nobody is expected, it costs nothing. */
async function sendersChecked({ ports, expects = [], notices = [] }: RelayParts, notes: SenderNotes): Promise<number> {
  if (expects.length === 0) return 0;
  await notes.flush();
  return (await import('../delivery/expected.ts')).tellOfSilent(ports, expects, notices);
}

/** Most relays tell no reviews: what does it is loaded where there are some. */
async function reviewsQueued({ ports, reviews = [] }: RelayParts): Promise<{ readonly reviews?: number }> {
  if (reviews.length === 0) return {};
  return { reviews: await (await import('../history/reviews.ts')).queueReviews(ports, reviews) };
}

/** What an operator asks: who only looks is answered in time. */
const asked = (operations: Operations): Operations => ({
  deliveries: (request) => inTime(() => operations.deliveries(request)),
  deadLetters: (request) => inTime(() => operations.deadLetters(request)),
  figures: (request) => inTime(() => operations.figures(request)),
  review: (request) => inTime(() => operations.review(request)),
  show: (request) => inTime(() => operations.show(request)),
  now: (request) => inTime(() => operations.now(request)),
  changes: (request) => inTime(() => operations.changes(request)),
  replay: (request) => answered(() => operations.replay(request)),
  silences: (request) => answered(() => operations.silences(request)),
});

/** An answer to who only looks, while they still wait for it. */
const inTime = (work: () => Promise<HttpAnswer>): Promise<HttpAnswer> =>
  answered(() => budgeted(OPERATOR_MILLISECONDS, work));
