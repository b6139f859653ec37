import type { DeliveryState } from '../../delivery/rules/ledger.ts';
import type { Severity } from '../../event/fields.ts';

// What the page at /api/ui asks for, where no other answer has it. Times are ISO in UTC.

/** Who may do what: a viewer looks, an operator changes as well. */
export type Role = 'none' | 'viewer' | 'operator';

/** Who is signed in, as the relay knows them. */
export interface Me {
  /** As the directory names them; empty where nobody is. */
  readonly by: string;
  readonly role: Role;
  readonly via: 'entra' | 'local' | 'none';
  /** Where to sign in and out; absent where the platform signs nobody in: then there is an admin key. */
  readonly signIn?: string;
  readonly signOut?: string;
}

/** An event as lists show it. */
export interface ShownEvent {
  readonly id: string;
  readonly short: string;
  readonly kind: string;
  readonly source: string;
  readonly severity: Severity;
  readonly occurredAt: string;
  readonly environment?: string | undefined;
  readonly resource: string;
  /** The state that it tells, of what, and the number that matters. */
  readonly told: string;
  readonly subject: string;
  readonly figure?: string | undefined;
}

/** What became of a story at one receiver. */
interface Told {
  readonly receiver: string;
  readonly state: DeliveryState;
  readonly updatedAt: string;
  /** Until when it waits. */
  readonly until?: string | undefined;
  readonly reason?: string | undefined;
}

/** A story that is not over. */
export interface OpenStory {
  readonly event: ShownEvent;
  /** When the first of it was told. */
  readonly since: string;
  readonly receivers: readonly Told[];
  readonly acknowledged?: { readonly by: string; readonly at: string };
}

export interface ReceiverNow {
  readonly name: string;
  readonly type: string;
  readonly state: 'ok' | 'waiting' | 'held' | 'broken';
  readonly since?: string;
  readonly until?: string;
  readonly reason?: string;
  /** Events that wait for their turn; a thousand stand for a thousand and more. */
  readonly parked: number;
}

/** GET now: what is open, the worst first. */
export interface Now {
  readonly at: string;
  /** How far back was looked. */
  readonly since: string;
  /** There was more in that time than was looked at. */
  readonly more?: true;
  readonly stories: readonly OpenStory[];
  readonly receivers: readonly ReceiverNow[];
}

/** A quiet window of the configuration. */
export interface WindowNow {
  readonly name: string;
  /** Empty: of all that people read. */
  readonly receivers: readonly string[];
  /** Whether it holds now, for one of them at least, and until when. */
  readonly isOpen: boolean;
  readonly until?: string;
  /** Where it is not open: when it opens, within eight days. */
  readonly opensAt?: string;
  /** Events that wait for its end. */
  readonly held: number;
}

/** Something that somebody changed. */
export interface ChangeMade {
  readonly at: string;
  readonly by: string;
  readonly via: Me['via'] | 'key';
  readonly what: 'replay' | 'silence' | 'silenceEnded' | 'drift';
  readonly about: string;
}
