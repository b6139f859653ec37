import type { ListedSet, SetDays } from './ui-place-data.ts';
import { dayText, spanText, words } from './ui-words.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SHOWN = 30;

/** The days (UTC) that are shown, the oldest first, today as the last. */
export const shownDays = (now: number): readonly string[] =>
  Array.from({ length: SHOWN }, (_, at) => new Date(now - (SHOWN - 1 - at) * DAY_MS).toISOString().slice(0, 10));

/** The minutes of drift of each day of a set. */
type Minutes = ReadonlyMap<string, number>;

/** Those of every set, by its id. What was counted without an id goes by its name. */
export function minutesBySet({ days }: SetDays): ReadonlyMap<string, Minutes> {
  const found = new Map<string, Map<string, number>>();
  for (const { day, name, id = name, drift } of days) {
    const key = id.toLowerCase();
    const known = found.get(key) ?? new Map<string, number>();
    found.set(key, known.set(day, (known.get(day) ?? 0) + (drift?.minutes ?? 0)));
  }
  return found;
}

// A day with a check in which it was behind all the time may lack a minute.
const LEVELS = [
  ['none', 1],
  ['hour', 60],
  ['part', 720],
  ['most', 1_430],
] as const;

const levelOf = (minutes: number): string => LEVELS.find(([, below]) => minutes < below)?.[0] ?? 'whole';

interface DaysProps {
  readonly set: ListedSet;
  /** Undefined while they are read, or where they cannot be. */
  readonly figures: SetDays | undefined;
  readonly bySet: ReadonlyMap<string, Minutes>;
  readonly days: readonly string[];
}

/** When a set was off its model: a cell for each day, and the same in words. */
export function DriftDays({ set: { id, name }, figures, bySet, days }: DaysProps) {
  const { fleet } = words.value;
  if (figures === undefined) return null;
  const { countedUntil = '' } = figures;
  const counted = days.filter((day) => day <= countedUntil.slice(0, 10));
  if (counted.length === 0) return <span class="where">{fleet.notCounted}</span>;
  const minutes = bySet.get(id.toLowerCase()) ?? bySet.get(name.toLowerCase()) ?? new Map<string, number>();
  const drifted = counted.filter((day) => (minutes.get(day) ?? 0) > 0);
  const said = drifted.length === 0 ? fleet.quietDays : fleet.drifted(drifted.length, days.length);
  return (
    <>
      <span class="days" aria-hidden="true">
        {days.map((day) => {
          const gone = minutes.get(day) ?? 0;
          const isCounted = day <= countedUntil.slice(0, 10);
          const told = isCounted ? spanText(gone * MINUTE_MS) : fleet.notCounted;
          return <i key={day} data-level={isCounted ? levelOf(gone) : 'unknown'} title={`${dayText(day)}: ${told}`} />;
        })}
      </span>
      <span class="where">{said}</span>
    </>
  );
}
