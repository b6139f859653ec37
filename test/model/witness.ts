import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../src/delivery/rules/ledger.ts';
import { identity } from '../../src/event/identity.ts';
import type { SlackChat } from '../delivery/support/slack-chat.ts';
import type { Arrival, Scenario } from './scenarios.ts';
import type { Storage } from './storage.ts';

/** A message that reached a chat. */
interface Post {
  readonly receiver: string;
  readonly id: string;
  /** The events that it tells: its own, or those of the digest. */
  readonly told: readonly string[];
  readonly isTaken: boolean;
  /** Events that were held, or in somebody's hands, then. */
  readonly underWay: readonly string[];
}

/** What a process sent: a message to a chat, or a digest to the queue. */
export interface Sent {
  readonly receiver: string;
  readonly id: string;
  readonly isQueued: boolean;
}

const LATER: readonly LedgerEntry['state'][] = ['sent', 'dead', 'overtaken', 'quiet'];

/** Sees what people see, and says what must not be. */
export class Witness {
  readonly broken: string[] = [];
  readonly #scenario: Scenario;
  readonly #storage: Storage;
  readonly #apps: ReadonlyMap<string, SlackChat>;
  readonly #posts: Post[] = [];
  readonly #accepted = new Set<string>();
  /** Of each event, the critical ones that some receiver's ledger had when it was first taken. */
  readonly #ahead = new Map<string, readonly string[]>();
  /** What may come twice, by receiver and event: who posted it died. */
  readonly #mayDouble = new Set<string>();
  readonly #held = new Map<string, number>();

  constructor(scenario: Scenario, storage: Storage, apps: ReadonlyMap<string, SlackChat>) {
    this.#scenario = scenario;
    this.#storage = storage;
    this.#apps = apps;
  }

  /** All that it will judge by, as text. */
  get memory(): string {
    const posts = this.#scenario.receivers.map(({ name }) =>
      this.#posts.filter(({ receiver }) => receiver === name).map((each) => JSON.stringify(each)),
    );
    const sets = [this.#accepted, this.#storage.digests, this.#mayDouble].map((set) => [...set].sort().join());
    return [...posts, ...sets, [...this.#ahead].sort().join(';'), [...this.#held].sort().join()].join('|');
  }

  accepted(id: string): void {
    this.#accepted.add(id);
  }

  taken(message: QueueMessage): void {
    if (!('event' in message)) return;
    const { event } = message;
    if (this.#ahead.has(event.id)) return;
    const worst = this.#scenario.arrivals.filter(({ severity, state }) => severity === 'critical' && state === 'fired');
    const ahead = this.#scenario.receivers.flatMap(({ name }) =>
      worst.filter(({ id }) => this.#entry(name, id) !== undefined).map(({ id }) => `${name} ${id}`),
    );
    this.#ahead.set(event.id, ahead);
  }

  posted(receiver: string, id: string, isTaken: boolean): void {
    const told = this.#membersOf(receiver, id);
    const rows = this.#scenario.arrivals.map((each) => ({ each, entry: this.#entry(receiver, each.id) }));
    const underWay = rows
      .filter(({ entry }) => entry?.state === 'sending' || entry?.state === 'quiet')
      .map(({ each }) => each.id);
    const late = rows.find(
      ({ each, entry }) =>
        entry?.state === 'parked' &&
        each.severity === 'critical' &&
        !told.includes(each.id) &&
        told.length > 0 &&
        told.every((one) => this.#isLesser(one) && this.#ahead.get(one)?.includes(`${receiver} ${each.id}`)) &&
        !(this.#storage.now < (this.#held.get(receiver) ?? 0)),
    );
    if (late) this.broken.push(`${receiver} gets ${told} before ${late.each.id}, which is worse and came first`);
    this.#posts.push({ receiver, id, told, isTaken, underWay });
    if (!isTaken) this.#held.set(receiver, this.#storage.now + 5_000);
  }

  /** What it had sent and not written down may come a second time. */
  died(sent: readonly Sent[]): void {
    for (const { receiver, id, isQueued } of sent) {
      const own = isQueued ? undefined : this.#entry(receiver, id);
      // A digest may tell another one, whose row says what became of all that it tells.
      for (const part of this.#partsOf(receiver, id)) {
        if (isRecorded(own ?? this.#entry(receiver, part))) continue;
        for (const event of this.#membersOf(receiver, part)) this.#mayDouble.add(`${receiver} ${event}`);
      }
    }
  }

  /** Nothing is left in the queue: the watch is for what storage lost, and here it loses nothing. */
  drained(): void {
    for (const { name } of this.#scenario.receivers)
      for (const prefix of ['held:', 'parked:'])
        for (const { key } of this.#storage.ledger.rows(name, prefix))
          this.broken.push(`${name}: ${key} waits for the watch`);
  }

  /** What must not be, at the end of a run. */
  ended(): readonly string[] {
    for (const { name } of this.#scenario.receivers) {
      for (const arrival of this.#scenario.arrivals) if (this.#accepted.has(arrival.id)) this.#accounted(name, arrival);
      const app = this.#apps.get(name);
      if (app === undefined) this.#doubles(name);
      else this.#lives(name, app);
      for (const prefix of ['held:', 'parked:'])
        for (const { key } of this.#storage.ledger.rows(name, prefix))
          this.broken.push(`${name}: ${key} waits for ever`);
    }
    if (this.#scenario.arrivals.some(({ id }) => !this.#accepted.has(id)))
      this.broken.push('a webhook was never answered');
    return this.broken;
  }

  #accounted(receiver: string, arrival: Arrival): void {
    const { id, story } = arrival;
    const entry = this.#entry(receiver, id);
    const where = `${receiver}: ${id}`;
    if (entry === undefined || !LATER.includes(entry.state)) {
      this.broken.push(`${where} is lost: its row says ${entry?.state ?? 'nothing'}`);
      return;
    }
    const teller = entry.digest ?? id;
    const digest = entry.digest === undefined ? undefined : this.#entry(receiver, entry.digest);
    const other = this.#scenario.arrivals.find((each) => each.id === entry.digest);
    if (other !== undefined && other.story !== story)
      this.broken.push(`${where} is told by ${other.id}, which is another story`);
    switch (entry.state) {
      case 'sent':
        if (!this.#tells(receiver, teller)) this.broken.push(`${where} is said to be sent, and was not`);
        return;
      case 'quiet': {
        const outer = digest?.digest ?? teller;
        const isTold = entry.digest !== undefined && digest?.state === 'sent' && this.#tells(receiver, outer);
        if (!isTold) this.broken.push(`${where} is held for ever`);
        return;
      }
      case 'overtaken': {
        const later = this.#scenario.arrivals.some(
          (each) => each.story === story && story !== undefined && each.state === 'resolved' && each.id !== id,
        );
        if (!later) this.broken.push(`${where} is said to be overtaken, and nothing came after it`);
        return;
      }
      case 'dead': {
        const letters = this.#storage.ledger.rows(receiver, 'dead:');
        if (!letters.some(({ value }) => ledgerEntry.safeParse(value).data?.event.id === id))
          this.broken.push(`${where} is dead without a letter`);
        return;
      }
    }
  }

  /** Told twice, or told as news after its end. */
  #doubles(receiver: string): void {
    const posts = this.#posts.filter((each) => each.receiver === receiver && each.isTaken);
    for (const { id, story, state } of this.#scenario.arrivals) {
      const tellers = posts.filter(({ told }) => told.includes(id));
      if (tellers.length > 1 && !this.#mayDouble.has(`${receiver} ${id}`))
        this.broken.push(`${receiver} gets ${id} ${tellers.length} times, and nobody died who had sent it`);
      if (state !== 'resolved') continue;
      const [first] = tellers;
      if (first === undefined) continue;
      for (const { id: beginning, story: other, state: its } of this.#scenario.arrivals) {
        if (other !== story || its !== 'fired') continue;
        const told = posts.find((each) => each.told.includes(beginning));
        if (told === undefined || posts.indexOf(told) <= posts.indexOf(first)) continue;
        if (!first.underWay.includes(beginning))
          this.broken.push(`${receiver} gets ${id} first and ${beginning} after it`);
      }
    }
  }

  /** One message for a story, never back, each step once in its thread, and at its end the latest state. */
  #lives(receiver: string, app: SlackChat): void {
    const { stories } = this.#scenario.receivers.find(({ name }) => name === receiver) ?? {};
    const roots = app.roots();
    if (roots.length !== 1) this.broken.push(`${receiver} has ${roots.length} messages for one story`);
    const replies = app.replies();
    if (new Set(replies).size !== replies.length)
      this.broken.push(`${receiver} has a step twice in the thread: ${replies}`);
    for (const { states } of roots) {
      const shown = states.map((id) => this.#timeOf(id));
      if (shown.some((time, at) => time < (shown[at - 1] ?? 0)))
        this.broken.push(`${receiver}: the message goes back: ${states}`);
      const sent = this.#scenario.arrivals.filter(({ id }) => this.#entry(receiver, id)?.state === 'sent');
      const latest = Math.max(...sent.map(({ id }) => this.#timeOf(id)));
      if (stories !== 'thread' && shown.at(-1) !== latest)
        this.broken.push(`${receiver}: the message shows ${states.at(-1)}, and not what came last`);
    }
  }

  #timeOf(id: string): number {
    const found = this.#scenario.arrivals.find((each) => each.id === id);
    return found?.occurredAt ?? found?.at ?? 0;
  }

  #tells(receiver: string, id: string): boolean {
    return this.#posts.some((each) => each.receiver === receiver && each.id === id && each.isTaken);
  }

  #isLesser(id: string): boolean {
    const { severity, state } = this.#scenario.arrivals.find((each) => each.id === id) ?? {};
    return severity !== 'critical' && (severity !== 'error' || state === 'resolved');
  }

  #entry(receiver: string, id: string): LedgerEntry | undefined {
    const [row] = this.#storage.ledger.rows(receiver, eventKey(id));
    return ledgerEntry.safeParse(row?.value).data;
  }

  /** The events of the scenario that a message tells, by its id. */
  #membersOf(receiver: string, id: string): readonly string[] {
    return this.#partsOf(receiver, id).flatMap((each) => (each === id ? [id] : this.#membersOf(receiver, each)));
  }

  /** What a message is made of, by its id: itself, or events and digests. */
  #partsOf(receiver: string, id: string): readonly string[] {
    const events = this.#scenario.arrivals.map((each) => each.id);
    if (events.includes(id)) return [id];
    return subsets([...events, ...this.#storage.digests].filter((each) => each !== id))
      .filter((some) => identity('digest', receiver, ...some.toSorted()) === id)
      .flat();
  }
}

/** Whether its row says already that it was told, or in which digest it will be. */
const isRecorded = (entry: LedgerEntry | undefined): boolean =>
  entry !== undefined && (entry.state === 'sent' || entry.digest !== undefined);

const subsets = <T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] =>
  first === undefined ? [[]] : subsets(rest).flatMap((some) => [some, [first, ...some]]);
