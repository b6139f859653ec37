import type { RelayEvent } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { isUnderWay, keysHolding, stepsOf } from '../routing/deferral.ts';
import { type Muted, type MuteRules, mutedBy, mutedText, releaseAfter } from '../routing/mutes.ts';
import { type Silence, silence } from '../routing/silences.ts';
import type { Ports } from './ports.ts';
import { allOf, QUIET } from './rules/keys.ts';
import { deploymentsIn } from './under-way.ts';

/** Why an event is kept back. */
export interface KeptBack {
  readonly by: Muted['by'];
  /** In words, as rows have it. */
  readonly reason: string;
  /** What it waits for, if it is told later: a deployment, or the end of a window. */
  readonly key?: string | undefined;
  /** When the window ends, in milliseconds. */
  readonly until?: number | undefined;
  /** Of a silence: what keeps it back besides. */
  readonly besides?: { readonly kept: KeptBack | undefined };
}

/** The key of what waits for the end of a window. */
export const windowKey = (name: string): string => identity('window', name);

/** A window by its key, as it is now. */
interface KnownWindow {
  readonly name: string;
  /** When what it holds for the receiver is told, in milliseconds, where that is not yet. */
  readonly until: number | undefined;
}

/** What keeps events back: the configuration's rules, people's silences, deployments under way. */
export interface Muter {
  /** `mark` is that of the receiver's state. Rejects with a StorageError. */
  of(event: RelayEvent, receiver: string, mark: string | undefined): Promise<KeptBack | undefined>;
  /** Every silence as it was some seconds ago at the most; none where storage does not say. */
  silences(): Promise<readonly Silence[]>;
  /** The window of that key, for a receiver; undefined where it is none's. */
  window(key: string, receiver: string): KnownWindow | undefined;
  /** Whether what waits under that key is not to be told to a receiver yet. Rejects with a StorageError. */
  isHolding(key: string, receiver: string): Promise<boolean>;
  /** Takes down what a deployment's event tells, by a source that proved itself; resolves with the keys of those that end with it. */
  advance(event: RelayEvent, proven: boolean): Promise<readonly string[]>;
  /** The keys of deployments that are over, or whose end was never told and which nobody waits for any longer. */
  overdue(): Promise<readonly string[]>;
  /** Forgets such a deployment, once what waited for it is released. */
  forget(key: string): Promise<void>;
}

// By how much a sender's clock may be ahead of ours.
const AHEAD_MILLISECONDS = 10 * 60_000;

export function createMuter(rules: MuteRules, ports: Pick<Ports, 'ledger' | 'clock'>): Muter {
  const { clock } = ports;
  const silencesFor = silencesByMark(ports);
  const deployments = deploymentsIn(ports);
  const window = (key: string, receiver: string): KnownWindow | undefined => {
    const found = rules.windows.find(({ name }) => windowKey(name) === key);
    return found && { name: found.name, until: releaseAfter(found, rules, receiver, clock.now()) };
  };

  return {
    async of(event, receiver, mark) {
      const now = clock.now();
      const known = await Promise.all(keysHolding(event, rules.inhibitions).map(deployments.of));
      const all = {
        ...rules,
        silences: await silencesFor(receiver, mark),
        underWay: known.filter((each) => each !== undefined),
      };
      return keptBack(event, all, receiver, now);
    },
    silences: recently(clock, () => readSilences(ports)),
    window,
    async isHolding(key, receiver) {
      const deployment = await deployments.of(key);
      return (
        window(key, receiver)?.until !== undefined || (deployment !== undefined && isUnderWay(deployment, clock.now()))
      );
    },
    async advance(told, proven) {
      const now = clock.now();
      // A deployment that begins in years, by its sender's clock, must not hold anything until then.
      const latest = new Date(now + AHEAD_MILLISECONDS).toISOString();
      const event = told.occurredAt > latest ? { ...told, occurredAt: latest } : told;
      const steps = await Promise.all(stepsOf({ event, proven }, rules.inhibitions).map(deployments.step));
      return steps.filter((each) => !isUnderWay(each, now)).map(({ key }) => key);
    },
    overdue: deployments.overdue,
    forget: deployments.forget,
  };
}

function keptBack(
  event: RelayEvent,
  all: Parameters<typeof mutedBy>[1],
  receiver: string,
  now: number,
): KeptBack | undefined {
  const muted = mutedBy(event, all, receiver, now);
  if (muted === undefined) return undefined;
  const kept = { by: muted.by, reason: mutedText(muted) };
  switch (muted.by) {
    case 'silence':
      return { ...kept, besides: { kept: keptBack(event, { ...all, silences: [] }, receiver, now) } };
    case 'window':
      return { ...kept, key: windowKey(muted.name), until: releaseAfter(muted.window, all, receiver, now) };
    case 'deployment':
      return { ...kept, key: muted.key };
  }
}

// A storm of webhooks does not read them for each.
const RECENT_MILLISECONDS = 10_000;

function recently<T>({ now }: Ports['clock'], read: () => Promise<readonly T[]>): () => Promise<readonly T[]> {
  let known: Promise<readonly T[]> | undefined;
  let from = Number.NEGATIVE_INFINITY;
  return () => {
    if (known !== undefined && now() - from < RECENT_MILLISECONDS) return known;
    from = now();
    known = soon(read()).catch(() => {
      known = undefined;
      return [];
    });
    return known;
  };
}

// An answer that would say more is no reason to keep a sender waiting.
const SOON_MILLISECONDS = 500;

async function soon<T>(work: Promise<readonly T[]>): Promise<readonly T[]> {
  const { promise: late, resolve } = Promise.withResolvers<readonly T[]>();
  const timer = setTimeout(() => resolve([]), SOON_MILLISECONDS);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Every silence, read once, and again whenever a receiver's state has another mark than when they were read. */
function silencesByMark(ports: Pick<Ports, 'ledger'>) {
  let silences: Promise<readonly Silence[]> | undefined;
  const marks = new Map<string, string | undefined>();
  return (receiver: string, mark: string | undefined): Promise<readonly Silence[]> => {
    if (marks.get(receiver) !== mark) silences = undefined;
    marks.set(receiver, mark);
    silences ??= readSilences(ports).catch((error: unknown) => {
      silences = undefined;
      throw error;
    });
    return silences;
  };
}

/** Every silence that is kept, also those that are over. */
export async function readSilences({ ledger }: Pick<Ports, 'ledger'>): Promise<readonly Silence[]> {
  const found: Silence[] = [];
  for await (const page of ledger.list(QUIET, allOf('silence:'))) {
    found.push(
      ...page.flatMap(({ value }) => {
        const { data } = silence.safeParse(value);
        return data === undefined ? [] : [data];
      }),
    );
  }
  return found;
}
