import { windowKey } from '../delivery/muter.ts';
import type { Ports } from '../delivery/ports.ts';
import { allOf } from '../delivery/rules/keys.ts';
import { iso, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import type { MuteRules } from '../routing/mutes.ts';
import { LONGEST, type Window } from '../routing/windows.ts';
import type { WindowNow } from './ui/answers.ts';

/** The quiet windows as they are now. Rejects with a StorageError. */
export const windowsNow = (
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  { windows }: Pick<MuteRules, 'windows'>,
  names: readonly string[],
): Promise<readonly WindowNow[]> =>
  Promise.all(
    windows.map(async (window) => {
      const now = clock.now();
      const { name, receivers = [] } = window;
      const isOpen = window.isOpen(now);
      const [until, opens] = isOpen ? [window.endAfter(now)] : [undefined, openingAfter(window, now)];
      const key = windowKey(name);
      const held = await Promise.all(names.map((each) => heldIn(ledger, each, key)));
      return {
        ...{ name, receivers, isOpen, held: held.reduce((sum, count) => sum + count, 0) },
        ...(until !== undefined && { until: iso(until) }),
        ...(opens !== undefined && { opensAt: iso(opens) }),
      };
    }),
  );

/** When a window opens that is not open now, in milliseconds; undefined where it does not within eight days. */
function openingAfter({ isOpen }: Window, now: number): number | undefined {
  const from = Math.floor(now / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  for (let at = from + MINUTE_MILLISECONDS; at <= from + LONGEST; at += MINUTE_MILLISECONDS) if (isOpen(at)) return at;
  return undefined;
}

const MOST = 1_000;

/** How many events wait for its end at a receiver; a thousand stand for a thousand and more. */
async function heldIn(ledger: Ports['ledger'], receiver: string, key: string): Promise<number> {
  let count = 0;
  for await (const page of ledger.list(receiver, { ...allOf(`held:${key}:`), page: MOST })) {
    count += page.length;
    if (count >= MOST) break;
  }
  return Math.min(count, MOST);
}
