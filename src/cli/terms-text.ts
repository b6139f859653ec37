import { DAY_MILLISECONDS, HOUR_MILLISECONDS, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import type { Terms } from '../routing/terms.ts';

const UNITS = [
  ['d', DAY_MILLISECONDS],
  ['h', HOUR_MILLISECONDS],
  ['min', MINUTE_MILLISECONDS],
  ['s', 1_000],
] as const;

/** "4 h", of milliseconds: in the largest unit that is whole. */
export function paceText(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => milliseconds % each === 0) ?? ['s', 1_000];
  return `${Math.round(milliseconds / size)} ${unit}`;
}

/** "reminded every 4 h". */
export const remindText = (milliseconds: number): string => `reminded every ${paceText(milliseconds)}`;

/** What is said of a receiver beside its name: " (as error, reminded every 4 h)"; nothing where it gets the event as it is. */
export function termsText({ severity, remind }: Terms = {}): string {
  const said = [
    ...(severity === undefined ? [] : [`as ${severity}`]),
    ...(remind === undefined ? [] : [remindText(remind)]),
  ];
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}
