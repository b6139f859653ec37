import type { RelayEvent } from '../event/event.ts';
import { type QuietRules, windowHolding } from './quiet.ts';

/** That a quiet window would keep an event from a receiver now. */
export interface HeldNow {
  readonly receiver: string;
  readonly window: string;
  /** When it is told (ISO, UTC); absent where the window does not end within eight days. */
  readonly until?: string;
}

/** From whom quiet windows would keep an event at `now` (milliseconds). */
export const heldNow = (
  event: RelayEvent,
  receivers: readonly string[],
  quiet: QuietRules,
  now: number,
): readonly HeldNow[] =>
  receivers.flatMap((receiver) => {
    const window = windowHolding(event, quiet, receiver, now);
    if (window === undefined) return [];
    const until = window.endAfter(now);
    return [{ receiver, window: window.name, ...(until !== undefined && { until: new Date(until).toISOString() }) }];
  });

/** "ops-slack, until 2026-11-21T06:00Z (window night)". */
export const heldText = ({ receiver, window, until }: HeldNow): string =>
  `${receiver}${until === undefined ? '' : `, until ${until.slice(0, 16)}Z`} (window ${window})`;
