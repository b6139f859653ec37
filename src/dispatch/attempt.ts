import { judge, type Verdict } from './delivery/answer.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Attempt, LedgerEntry } from './delivery/ledger.ts';
import { nextDelay } from './delivery/schedule.ts';
import { destinations } from './destinations.ts';
import { StorageError } from './errors.ts';
import { readEvent } from './formatters/reading.ts';
import { locales } from './locales/registry.ts';
import type { Claim, Ports } from './ports.ts';
import type { Receiver } from './receiver.ts';

/** How one receiver's part of a delivery ended this time. Free of secrets: it is what the log says. */
export interface DeliveryReport {
  readonly outcome: 'sent' | 'duplicate' | 'retry' | 'postponed' | 'dead';
  readonly receiver?: string;
  readonly eventId?: string;
  readonly attempt?: number;
  readonly reason?: string;
  /** Seconds until the next try. */
  readonly delay?: number;
  readonly milliseconds?: number;
}

export interface AttemptParts {
  readonly delivery: Delivery;
  readonly name: string;
  /** The id of the queue message: whoever comes back with the same one has crashed before. */
  readonly owner: string;
  /** Undefined where the receiver was configured when the event came and is no longer. */
  readonly receiver: Receiver | undefined;
  readonly ports: Ports;
}

// Two forms of a message, ten seconds for each, and room for storage.
const LEASE_MILLISECONDS = 30_000;

/** Tries to deliver one event to one receiver, once. Rejects with a StorageError when the message must come back. */
export async function attemptDelivery(parts: AttemptParts): Promise<DeliveryReport> {
  const { delivery, name, owner, ports } = parts;
  const now = ports.clock.now();
  const claim = await ports.ledger.claim({
    eventId: delivery.event.id,
    receiver: name,
    attempt: delivery.attempt,
    owner,
    now: iso(now),
    leaseUntil: iso(now + LEASE_MILLISECONDS),
  });
  const about = { receiver: name, eventId: delivery.event.id, attempt: delivery.attempt };
  switch (claim.kind) {
    case 'settled':
      return { ...about, outcome: 'duplicate', reason: claim.entry.state };
    case 'leased': {
      const delay = Math.max(1, Math.ceil((Date.parse(claim.until) - now) / 1000));
      await ports.deliveries.send({ ...delivery, receivers: [name] }, delay);
      return { ...about, outcome: 'postponed', delay };
    }
    case 'claimed':
      return { ...about, ...(await sendAndRecord(parts, claim)) };
  }
}

async function sendAndRecord(parts: AttemptParts, claim: Extract<Claim, { kind: 'claimed' }>): Promise<Outcome> {
  const { clock } = parts.ports;
  const began = clock.now();
  const verdict = await send(parts);
  const milliseconds = clock.now() - began;
  const outcome = await settle(parts, verdict);
  const attempt: Attempt = {
    at: iso(began),
    milliseconds,
    outcome: verdict.kind,
    ...(verdict.kind !== 'sent' && { reason: verdict.reason }),
  };
  await recorded(claim, {
    ...claim.entry,
    state: STATE[outcome.outcome],
    attempt: claim.entry.attempt + (outcome.outcome === 'retry' ? 1 : 0),
    updatedAt: iso(clock.now()),
    attempts: [...claim.entry.attempts, attempt],
  });
  return { ...outcome, milliseconds };
}

type Outcome = Pick<DeliveryReport, 'reason' | 'delay' | 'milliseconds'> & { readonly outcome: keyof typeof STATE };

const STATE = { sent: 'sent', retry: 'waiting', dead: 'dead' } as const satisfies Record<string, LedgerEntry['state']>;

async function send({ delivery, receiver, ports }: AttemptParts): Promise<Verdict> {
  if (receiver === undefined) return { kind: 'broken', reason: 'no-such-receiver' };
  const { format, plain, transport, answers } = destinations[receiver.type];
  const reading = readEvent(delivery.event, locales[receiver.locale], receiver.timeZone);
  const post = async (payload: unknown) => judge(await ports.transports[transport](receiver.url, payload), answers);
  const verdict = await post(format(reading));
  return verdict.kind === 'refused' ? post(plain(reading)) : verdict;
}

/** Queues what comes next before the ledger says so: a crash between the two tries twice, the other order would lose. */
async function settle({ delivery, name, ports }: AttemptParts, verdict: Verdict): Promise<Outcome> {
  if (verdict.kind === 'sent') return { outcome: 'sent' };
  const { reason } = verdict;
  const next = { ...delivery, receivers: [name], attempt: delivery.attempt + 1 };
  const now = ports.clock.now();
  const delay =
    verdict.kind === 'retry' ? nextDelay(delivery.attempt, verdict.retryAfter, now, ports.random) : undefined;
  if (delay !== undefined) {
    await ports.deliveries.send(next, delay);
    return { outcome: 'retry', reason, delay };
  }
  const tries = `after ${next.attempt} ${next.attempt === 1 ? 'try' : 'tries'}`;
  const detail = `${name} did not take the message: ${reason}, ${tries}`;
  const dead = { ...delivery, receivers: [name] };
  await ports.deadLetters.send({ version: 1, reason, detail, diedAt: iso(now), delivery: dead });
  return { outcome: 'dead', reason };
}

/** The message is out (or queued again): failing now would send it twice, so a ledger that cannot be written is let be. */
async function recorded(claim: Extract<Claim, { kind: 'claimed' }>, entry: LedgerEntry): Promise<void> {
  try {
    await claim.record(entry);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
