import { allOf, QUIET, underWayKey } from '../delivery/keys.ts';
import { StorageError } from '../errors.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Change, Ports } from '../ports.ts';
import { advanced, isUnderWay, keysHolding, stepsOf, type UnderWay, underWay } from '../routing/inhibition.ts';
import { deploymentHolding, type QuietRules, quietBy } from '../routing/quiet.ts';
import { type Silence, silence } from '../routing/silences.ts';

/** Why an event is kept back, and the key of the deployment that it waits for, if that is why. */
export interface KeptBack {
  readonly reason: string;
  readonly deployment?: string | undefined;
}

/** What keeps events back: the configuration's rules, people's silences, deployments under way. */
export interface Quiet {
  /** `mark` is that of the receiver's state. Rejects with a StorageError. */
  of(event: RelayEvent, receiver: string, mark: string | undefined): Promise<KeptBack | undefined>;
  /** Takes down what a deployment's event tells; resolves with the keys of those that end with it. */
  advance(event: RelayEvent): Promise<readonly string[]>;
  /** The keys of deployments whose end was never told, and which nobody waits for any longer. */
  overdue(): Promise<readonly string[]>;
}

const MOST_TRIES = 8;

export function createQuiet(rules: QuietRules, { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>): Quiet {
  // Read once, and again whenever a receiver's state has another mark than when they were read.
  let silences: Promise<readonly Silence[]> | undefined;
  const marks = new Map<string, string | undefined>();

  function silencesFor(receiver: string, mark: string | undefined): Promise<readonly Silence[]> {
    if (marks.get(receiver) !== mark) silences = undefined;
    marks.set(receiver, mark);
    silences ??= readSilences({ ledger }).catch((error: unknown) => {
      silences = undefined;
      throw error;
    });
    return silences;
  }

  async function known(key: string) {
    const row = await ledger.read(QUIET, underWayKey(key));
    return { row, value: underWay.safeParse(row?.value).data };
  }

  /** Which step comes last is decided by the senders' clock, whoever writes first. */
  async function step(told: UnderWay): Promise<UnderWay> {
    const key = underWayKey(told.key);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { row, value } = await known(told.key);
      const next = advanced(value, told);
      const change: Change =
        row === undefined
          ? { kind: 'insert', key, value: next }
          : { kind: 'replace', key, value: next, etag: row.etag };
      if ((await ledger.write(QUIET, [change])) !== 'conflict') return next;
    }
    throw new StorageError('the ledger did not take the change', 'too many changes at once');
  }

  return {
    async of(event, receiver, mark) {
      const now = clock.now();
      const keys = keysHolding(event, rules.inhibitions);
      const deployments = await Promise.all(keys.map(async (key) => (await known(key)).value));
      const all = {
        ...rules,
        silences: await silencesFor(receiver, mark),
        underWay: deployments.filter((each) => each !== undefined),
      };
      const reason = quietBy(event, all, now);
      if (reason === undefined) return undefined;
      const deployment = reason.startsWith('deployment ') ? deploymentHolding(event, all, now)?.key : undefined;
      return { reason, deployment };
    },
    async advance(event) {
      const now = clock.now();
      const steps = await Promise.all(stepsOf(event, rules.inhibitions).map(step));
      return steps.filter((each) => !isUnderWay(each, now)).map(({ key }) => key);
    },
    async overdue() {
      const keys: string[] = [];
      for await (const page of ledger.list(QUIET, allOf('under-way:'))) {
        for (const { key, value } of page) {
          const { data } = underWay.safeParse(value);
          if (data !== undefined && isUnderWay(data, clock.now())) continue;
          if (data !== undefined) keys.push(data.key);
          await ledger.write(QUIET, [{ kind: 'delete', key }]);
        }
      }
      return keys;
    },
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
