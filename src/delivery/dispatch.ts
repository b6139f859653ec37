import type { Receiver } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { ActRules } from '../routing/acts.ts';
import type { Joins } from '../routing/joins.ts';
import type { Muted } from '../routing/mutes.ts';
import type { Owner } from '../routing/owners.ts';
import type { Muter } from './muter.ts';
import type { MachineReader, Ports, Row } from './ports.ts';
import type { ReceiverStore } from './receiver-store.ts';
import type { LedgerEntry } from './rules/ledger.ts';
import type { StoryMemory } from './rules/story.ts';

/** When receivers are tried, and which. */
export interface Drill {
  /** NCRONTAB, in UTC. */
  readonly every: string;
  readonly to: readonly string[];
}

/** What every part of the dispatch works with. */
export interface Dispatch {
  readonly desk: ReceiverStore;
  readonly ports: Ports;
  /** Undefined where the receiver was configured when the event came and is no longer. */
  readonly receiver: (name: string) => Receiver | undefined;
  readonly quiet: Muter;
  /** What is told in one conversation although it is several stories. */
  readonly joins: Joins | undefined;
  readonly drill: Drill | undefined;
  /** Whom an event calls, from the configuration. */
  readonly owners: readonly Owner[];
  /** Who is told what the relay has to say of itself. */
  readonly notices: readonly string[];
  /** Whether a route that leads to a receiver has alerts told again. */
  readonly reminds: (receiver: string) => boolean;
  /** Where the documents are, with a slash at the end; undefined for the project's own. */
  readonly docs: string | undefined;
  /** Undefined where nobody wants to know which machines a scaling brought, or Azure may not be read. */
  readonly machines?: MachineReader | undefined;
  /** What people can do by buttons, and with whose messages; undefined where they cannot. */
  readonly acting?: { readonly rules: ActRules; readonly receivers: readonly string[] } | undefined;
}

/** What the ledger holds of an event and of its story. */
export interface Found {
  readonly row?: Row | undefined;
  readonly entry?: LedgerEntry | undefined;
  readonly story?: Row | undefined;
  readonly memory?: StoryMemory | undefined;
}

/** How one receiver's part of a delivery ended this time. Free of secrets: it is what the log says. */
export interface DeliveryReport {
  readonly outcome:
    | 'sent'
    | 'digest'
    | 'duplicate'
    | 'overtaken'
    | 'quiet'
    | 'parked'
    | 'postponed'
    | 'retry'
    | 'dead'
    | 'nothing';
  readonly receiver?: string;
  readonly eventId?: string;
  readonly attempt?: number;
  readonly reason?: string;
  /** Of a reason that names one of many, which kind it is: a count of each of them would never end. */
  readonly cause?: Muted['by'] | 'machines' | 'remind';
  /** Events that left in a digest. */
  readonly events?: number;
  /** Seconds until the next try. */
  readonly delay?: number;
  readonly milliseconds?: number;
  /** The receiver that is told instead. */
  readonly fallback?: string;
}

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Whole seconds until a time, as queues count delays; at least none. */
export const secondsUntil = (time: number, now: number): number => Math.max(0, Math.ceil((time - now) / 1000));

/** Whether what waits for a receiver leaves as one message. */
export const gathers = ({ receiver }: Dispatch, name: string): boolean => {
  const type = receiver(name)?.type;
  return type === undefined || destinations[type].readers === 'people';
};
