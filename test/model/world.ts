import { compileMutes } from '../../src/routing/mutes.ts';
import { type SlackChat, slackChat } from '../delivery/support/slack-chat.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';
import { BACK_MILLISECONDS, Instance, type Op, type Outside } from './instance.ts';
import { quiescent } from './real-time.ts';
import { type Arrival, type Scenario, START } from './scenarios.ts';
import { type Parts, type Queued, Storage } from './storage.ts';
import { Witness } from './witness.ts';

/** One thing that may happen next. The first of a menu is what happens where nothing is odd. */
export interface Choice {
  readonly label: string;
  act(): void | Promise<void>;
}

/** A webhook that is to come, at `at` (milliseconds). */
interface Due {
  readonly arrival: Arrival;
  readonly at: number;
}

const INSTANCES = 2;

// A post that is not answered within ten seconds has failed: nothing takes longer.
const LONGEST_MILLISECONDS = 10_000;

const JUMPS = [30_000, -30_000] as const;

/** What a chat asks for that has enough, in seconds. */
const RETRY_AFTER = '5';

const HOUR = 3_600_000;
const WATCHES = 3;

const partsBy = new Map<Scenario, Parts>();

function partsOf(scenario: Scenario): Parts {
  const known = partsBy.get(scenario);
  if (known !== undefined) return known;
  const { receivers, windows } = scenario;
  const parts: Parts = {
    receivers: receivers.map(({ name, rate, stories }) => ({
      ...receiverAt(stories === undefined ? 'slack' : 'slack-app', `http://127.0.0.1:1/${name}`, name),
      ...(rate && { rate }),
      ...(stories && { room: { channel: 'C1', stories, broadcast: false } }),
    })),
    routes: [{ to: receivers.map(({ name }) => name) }],
    ...(windows && { quiet: compileMutes({ windows: [...windows] }, 'UTC') }),
  };
  partsBy.set(scenario, parts);
  return parts;
}

/** Two instances, a storage, and chats. What happens next is chosen from `menu`, until that is empty. */
export class World {
  readonly scenario: Scenario;
  readonly storage = new Storage(START);
  readonly witness: Witness;
  readonly #outside: Outside;
  /** Chats whose messages live on, by receiver. */
  readonly #apps: ReadonlyMap<string, SlackChat>;
  readonly #instances: Instance[];
  readonly #arrivals: Due[];
  #current = 0;
  #turn = 0;
  #crashes: number;
  #jumps: number;
  #holds: number;
  /** What the next post is answered. */
  #refuses = false;
  #watches = 0;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    const { crashes = 0, jumps = 0, holds = 0, arrivals } = scenario;
    [this.#crashes, this.#jumps, this.#holds] = [crashes, jumps, holds];
    this.#arrivals = arrivals.map((arrival) => ({ arrival, at: START + arrival.at }));
    this.#apps = new Map(scenario.receivers.flatMap(({ name, stories }) => (stories ? [[name, slackChat()]] : [])));
    this.witness = new Witness(scenario, this.storage, this.#apps);
    this.#outside = {
      storage: this.storage,
      parts: partsOf(scenario),
      answer: (_, receiver, id, payload) => {
        const isTaken = !this.#refuses;
        this.#refuses = false;
        const app = this.#apps.get(receiver);
        const answer = isTaken ? app?.answer(payload, id) : undefined;
        // What a chat is asked tells nobody anything.
        if (app === undefined || !/"method":"conversations/.test(JSON.stringify(payload)))
          this.witness.posted(receiver, id, isTaken);
        const body = answer?.kind === 'answered' ? answer.body : undefined;
        return isTaken ? { status: 200, body } : { status: 429, retryAfter: RETRY_AFTER };
      },
    };
    this.#instances = Array.from({ length: INSTANCES }, (_, index) => new Instance(index, 0, this.#outside));
  }

  /** What may still go wrong in this run. */
  get left(): readonly number[] {
    return [this.#crashes, this.#jumps, this.#holds];
  }

  /** All that can make a difference to what follows and to how it is judged, as text. */
  get state(): string {
    const minds = this.#instances.map(({ mind }) => mind).join('\n');
    const arrivals = this.#arrivals.map(({ arrival, at }) => `${arrival.id}${at}`);
    const rest = `${arrivals}|${this.#current}|${this.#turn}|${this.#watches}`;
    const apps = JSON.stringify([...this.#apps.values()].map(({ messages }) => messages));
    return [this.storage.contents, minds, rest, this.witness.memory, apps].join('\n');
  }

  /** What a process throws that is no fault of storage. */
  get fault(): unknown {
    return this.#instances.find(({ fault }) => fault !== undefined)?.fault;
  }

  /** Lets everybody go on to their next call. */
  settle(): Promise<void> {
    return quiescent();
  }

  menu(): readonly Choice[] {
    const current = this.#at(this.#current);
    const busy = [current, ...this.#instances.filter((each) => each !== current)].filter(
      ({ pending }) => pending.length > 0,
    );
    const [first, ...others] = busy;
    return first === undefined ? this.#idle() : this.#busy(first, others);
  }

  #busy(instance: Instance, others: readonly Instance[]): readonly Choice[] {
    const [op] = instance.pending;
    if (op === undefined) return [];
    const usual = [this.#running(instance, op)];
    // Nobody else can tell when it was done.
    if (op.kind === 'wake' || op.what.includes('~')) return usual;
    return [
      ...usual,
      ...others.flatMap((other) => (other.pending[0] ? [this.#running(other, other.pending[0])] : [])),
      ...this.#arriving(),
      ...this.#taking(),
      ...this.#mishaps(instance, op),
    ];
  }

  #mishaps(instance: Instance, op: Op): readonly Choice[] {
    const { index } = instance;
    const choices: Choice[] = [];
    // What was only read leaves no trace: to die before that is to die before what was written next.
    const isTold = op.kind !== 'read' && op.kind !== 'list';
    if (isTold && this.#crashes > 0)
      choices.push({ label: `${index} dies before ${op.what}`, act: () => this.#crash(instance) });
    if (op.kind === 'post' && this.#holds > 0)
      choices.push({
        label: `${index} ${op.what}: refused for ${RETRY_AFTER} s`,
        act: () => {
          this.#holds -= 1;
          this.#refuses = true;
          return this.#run(instance, op);
        },
      });
    const next = this.#next();
    const since = Math.min(...this.#instances.flatMap(({ pending }) => pending.map((each) => each.since)));
    if (isTold && next !== undefined && next - since <= LONGEST_MILLISECONDS)
      choices.push({ label: `${index} waits with ${op.what}`, act: () => this.#pass(next) });
    if (op.kind === 'post' || op.kind === 'write') choices.push(...this.#jumping(instance));
    return choices;
  }

  #idle(): readonly Choice[] {
    const [arriving, taking] = [this.#arriving(), this.#taking()];
    if (arriving.length > 0) return [...arriving, ...taking];
    if (taking.length > 0) return [...taking, ...this.#instances.flatMap((each) => this.#jumping(each))];
    const next = this.#next();
    if (next !== undefined) return [{ label: 'time goes on', act: () => this.#pass(next) }];
    if (this.#watches === 0) this.witness.drained();
    if (this.#watches >= WATCHES) return [];
    return [{ label: 'an hour passes, watch', act: () => this.#watch() }];
  }

  /** Messages that may be taken, by whom: the first is what happens where nothing is odd. */
  #taking(): readonly Choice[] {
    const visible = this.storage.queue
      .filter(({ holder, visibleAt }) => holder === undefined && visibleAt <= this.storage.now)
      .toSorted((a, b) => a.visibleAt - b.visibleAt || (a.id < b.id ? -1 : 1))
      .slice(0, 2);
    const [one, other] = [this.#at(this.#turn), this.#at(1 - this.#turn)];
    const free = [one, other].filter(({ isIdle }) => isIdle);
    return visible.flatMap((queued) =>
      free.map((instance) => ({
        label: `${instance.index} takes ${queued.id} ${JSON.stringify(told(queued))}`,
        act: () => {
          this.#current = instance.index;
          this.#turn = 1 - instance.index;
          this.witness.taken(queued.message);
          instance.take(queued);
        },
      })),
    );
  }

  #running(instance: Instance, op: Op): Choice {
    return { label: `${instance.index} ${op.what}`, act: () => this.#run(instance, op) };
  }

  #run(instance: Instance, op: Op): Promise<void> {
    this.#current = instance.index;
    return instance.run(op);
  }

  /** The webhook that is due, at the first instance that has nothing else to do. */
  #arriving(): readonly Choice[] {
    const due = this.#arrivals.find(({ at }) => at <= this.storage.now);
    const instance = this.#instances.find(({ isIdle }) => isIdle);
    if (due === undefined || instance === undefined) return [];
    return [{ label: `${due.arrival.id} comes to ${instance.index}`, act: () => this.#accept(instance, due) }];
  }

  #accept(instance: Instance, due: Due): void {
    this.#arrivals.splice(this.#arrivals.indexOf(due), 1);
    this.#current = instance.index;
    const { arrival } = due;
    let isAnswered = false;
    instance.onDeath = () => {
      // Whoever gets no answer asks again.
      if (!isAnswered) this.#arrivals.push({ arrival, at: this.storage.now + BACK_MILLISECONDS });
    };
    instance.begin(arrival.id, async () => {
      const { status } = await answerTo(instance.relay, post(bodyOf(arrival)));
      if (status !== 202) throw new Error(`${arrival.id} is answered ${status}`);
      isAnswered = true;
      this.witness.accepted(arrival.id);
    });
  }

  #jumping(instance: Instance): readonly Choice[] {
    if (this.#jumps === 0) return [];
    return JUMPS.map((by) => ({
      label: `the clock of ${instance.index} jumps by ${by / 1_000} s`,
      act: () => {
        this.#jumps -= 1;
        instance.skew += by;
      },
    }));
  }

  #crash(instance: Instance): void {
    this.#crashes -= 1;
    this.witness.died(instance.sent);
    instance.die();
    this.#instances[instance.index] = new Instance(instance.index, instance.skew, this.#outside);
  }

  #watch(): void {
    this.#watches += 1;
    this.storage.now += HOUR;
    const instance = this.#at(this.#watches % INSTANCES);
    instance.begin('watch', () => instance.relay.watch());
  }

  /** When something comes by itself; undefined where nothing does. */
  #next(): number | undefined {
    const times = [
      ...this.storage.queue.flatMap(({ holder, visibleAt }) => (holder === undefined ? [visibleAt] : [])),
      ...this.#arrivals.map(({ at }) => at),
      ...this.#instances.flatMap(({ waiting }) => waiting.map(({ until }) => until)),
    ].filter((time) => time > this.storage.now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #pass(until: number): void {
    this.storage.now = until;
    for (const each of this.#instances) each.wake();
  }

  #at(index: number): Instance {
    const instance = this.#instances[index];
    if (instance === undefined) throw new RangeError(`there is no instance ${index}`);
    return instance;
  }
}

const told = ({ message }: Queued): unknown =>
  'event' in message ? [message.event.id, message.attempt] : 'flush' in message ? ['flush', message.flush] : 'release';

/** What has no story is no alert. */
const bodyOf = ({ id, severity, state, story, at, occurredAt = at }: Arrival) => ({
  id,
  severity,
  ...(story === undefined ? { kind: 'custom', title: id } : { kind: 'alert', state, rule: story, story }),
  occurredAt: new Date(START + occurredAt).toISOString(),
  resource: { name: story ?? id },
});
