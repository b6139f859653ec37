/** What the relay answers, as far as this page shows it. Newer relays may say more, older ones less. */

export interface Me {
  readonly by?: string;
  readonly role: 'viewer' | 'operator' | 'none';
  readonly via?: 'entra' | 'key' | 'local' | 'none';
  /** Where a browser signs in. */
  readonly signIn?: string;
  readonly signOut?: string;
}

export const STATES = ['sent', 'sending', 'waiting', 'parked', 'dead', 'overtaken', 'quiet'] as const;
export type State = (typeof STATES)[number];

export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;

/** An event in brief. Times are ISO, in UTC. */
export interface Brief {
  readonly id: string;
  readonly short?: string;
  readonly kind: string;
  readonly source: string;
  readonly severity: string;
  readonly occurredAt: string;
  readonly resource: string;
  readonly environment?: string;
  /** The state that it tells, in the relay's word. */
  readonly told: string;
  readonly subject: string;
  readonly figure?: string;
}

interface Try {
  readonly at: string;
  readonly milliseconds: number;
  readonly outcome: string;
  readonly reason?: string;
}

/** What became of an event for one receiver. */
export interface Fate {
  readonly receiver: string;
  readonly state: State;
  readonly updatedAt: string;
  readonly acceptedAt?: string;
  readonly attempts: readonly Try[];
  readonly dueAt?: string;
  readonly reason?: string;
  readonly digest?: string;
  readonly fallback?: string;
  readonly standsFor?: string;
  readonly again?: { readonly count: number; readonly at: string };
  readonly replayed?: object;
}

export interface Delivery extends Fate {
  readonly event: Brief;
}

export interface Deliveries {
  readonly deliveries: readonly Delivery[];
  readonly more?: boolean;
  /** The time to give as `until` for those before. */
  readonly next?: string;
}

export interface DeadLetters extends Deliveries {
  /** What the relay could not read, as it found it. */
  readonly unread?: readonly unknown[];
}

interface WholeEvent extends Omit<Brief, 'resource' | 'told' | 'subject' | 'figure'> {
  readonly resource: { readonly name: string; readonly id?: string; readonly group?: string; readonly region?: string };
  readonly receivedAt?: string;
}

export interface Story {
  readonly short: string;
  readonly event: WholeEvent;
  readonly deliveries: readonly Fate[];
  /** Why no route took it. */
  readonly reason?: string;
  readonly without: readonly string[];
}

export interface OpenStory {
  readonly event: Brief;
  readonly since: string;
  readonly receivers: readonly {
    readonly receiver: string;
    readonly state: State;
    readonly updatedAt?: string;
    readonly until?: string;
    readonly reason?: string;
  }[];
  readonly acknowledged?: { readonly by: string; readonly at: string };
}

export interface ReceiverNow {
  readonly name: string;
  readonly type?: string;
  readonly state: string;
  readonly since?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly parked?: number;
}

export interface Now {
  readonly stories: readonly OpenStory[];
  readonly receivers: readonly ReceiverNow[];
}

type Patterns = string | readonly string[];

export interface Silence {
  readonly id: string;
  readonly match: Readonly<Record<string, Patterns | Readonly<Record<string, Patterns>>>>;
  readonly author?: string;
  readonly reason?: string;
  readonly startsAt?: string;
  readonly endsAt: string;
}

export interface WindowNow {
  readonly name: string;
  readonly receivers?: readonly string[];
  readonly isOpen: boolean;
  readonly opensAt?: string;
  /** When it closes, where it is open. */
  readonly until?: string;
  /** Events that wait for its end. */
  readonly held?: number;
}

export interface Silences {
  readonly silences: readonly Silence[];
  readonly windows?: readonly WindowNow[];
}

export interface Replayed {
  readonly replayed: readonly { readonly receiver: string; readonly eventId: string; readonly outcome: string }[];
}
