import type { DeadLetter, Delivery } from '../../src/delivery/delivery.ts';
import { decideClaim, type LedgerEntry } from '../../src/delivery/ledger.ts';
import { StorageError } from '../../src/errors.ts';
import { slackWebhook } from '../../src/outbound/slack-webhook.ts';
import { teamsWorkflow } from '../../src/outbound/teams-workflow.ts';
import type { Ledger, Ports, Queue, Rejected } from '../../src/ports.ts';

/** A queue in memory that remembers with which delay each message came. Passes the same contract as the real one. */
export class MemoryQueue<Message> implements Queue<Message> {
  readonly sent: { readonly message: Message; readonly delay: number }[] = [];
  /** While true, every call fails as storage does when it is down. */
  down = false;

  async send(message: Message, delaySeconds = 0): Promise<void> {
    if (this.down) throw new StorageError('the queue did not take the message', 'no answer');
    this.sent.push({ message: structuredClone(message), delay: delaySeconds });
  }

  async check(): Promise<void> {
    if (this.down) throw new StorageError('the queue cannot be reached', 'no answer');
  }
}

/** A ledger in memory, with the same rule for claims as the real one. */
export class MemoryLedger implements Ledger {
  readonly entries = new Map<string, LedgerEntry>();

  async claim(wish: Parameters<Ledger['claim']>[0]): ReturnType<Ledger['claim']> {
    const key = JSON.stringify([wish.eventId, wish.receiver]);
    const decision = decideClaim(this.entries.get(key), wish);
    if (decision.kind !== 'claim') return decision;
    this.entries.set(key, decision.entry);
    return {
      kind: 'claimed',
      entry: decision.entry,
      record: async (entry) => {
        if (this.entries.get(key) !== decision.entry) {
          throw new StorageError('the ledger did not record the outcome', 'taken over');
        }
        this.entries.set(key, entry);
      },
    };
  }

  async check(): Promise<void> {}
}

/** Rejected bodies in memory. */
class MemoryRejected implements Rejected {
  readonly kept: { readonly text: string; readonly about: Parameters<Rejected['keep']>[1] }[] = [];

  async keep(bytes: Uint8Array, about: Parameters<Rejected['keep']>[1]): Promise<void> {
    this.kept.push({ text: Buffer.from(bytes).toString('utf8'), about });
  }

  async clean(olderThanDays: number, now: number): Promise<number> {
    const oldest = new Date(now - olderThanDays * 86_400_000).toISOString();
    const old = this.kept.filter(({ about }) => about.receivedAt < oldest);
    for (const each of old) this.kept.splice(this.kept.indexOf(each), 1);
    return old.length;
  }
}

/** Storage in memory, real transports, and a clock that tests set. */
export function memoryPorts() {
  const time = { now: Date.parse('2026-11-20T14:05:09.000Z') };
  return {
    deliveries: new MemoryQueue<Delivery>(),
    deadLetters: new MemoryQueue<DeadLetter>(),
    ledger: new MemoryLedger(),
    rejected: new MemoryRejected(),
    transports: { 'slack-webhook': slackWebhook, 'teams-workflow': teamsWorkflow },
    clock: { now: () => time.now },
    random: () => 0.5,
    time,
  } satisfies Ports & { time: { now: number } };
}
