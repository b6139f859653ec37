import type { RelayEvent } from '../event/event.ts';
import { iso } from '../event/time/units.ts';
import { type MuteRules, mutedBy, releaseAfter, windowHolding } from './mutes.ts';
import type { Silence } from './silences.ts';

/** That a quiet window would keep an event from a receiver now. */
export interface DeferredNow {
  readonly receiver: string;
  readonly window: string;
  /** When it is told (ISO, UTC); absent where the window never ends. */
  readonly until?: string;
  /** The window never ends, and it is never told. */
  readonly never?: true;
}

/** From whom quiet windows would keep an event at `now` (milliseconds). */
export const deferredNow = (
  event: RelayEvent,
  receivers: readonly string[],
  quiet: MuteRules,
  now: number,
): readonly DeferredNow[] =>
  receivers.flatMap((receiver) => {
    const window = windowHolding(event, quiet, receiver, now);
    if (window === undefined) return [];
    const until = releaseAfter(window, quiet, receiver, now);
    const told = until === undefined ? { never: true as const } : { until: iso(until) };
    return [{ receiver, window: window.name, ...told }];
  });

/** "ops-slack, until 2026-11-21T06:00Z (window night)"; "ops-slack, and never told (window always never ends)". */
export const deferredText = ({ receiver, window, until }: DeferredNow): string =>
  until === undefined
    ? `${receiver}, and never told (window ${window} never ends)`
    : `${receiver}, until ${until.slice(0, 16)}Z (window ${window})`;

/** That a silence keeps an event from a receiver now, and whose it is. */
export interface SilencedNow {
  readonly receiver: string;
  readonly silence: string;
  readonly by: string;
  /** ISO, UTC. */
  readonly until: string;
}

/** From whom silences would keep an event at `now` (milliseconds). */
export const silencedNow = (
  event: RelayEvent,
  receivers: readonly string[],
  { silences, ...rules }: MuteRules & { readonly silences: readonly Silence[] },
  now: number,
): readonly SilencedNow[] =>
  receivers.flatMap((receiver) => {
    const muted = mutedBy(event, { ...rules, silences, underWay: [] }, receiver, now);
    if (muted?.by !== 'silence') return [];
    const { id, author, endsAt } = muted.silence;
    return [{ receiver, silence: id, by: author, until: endsAt }];
  });
