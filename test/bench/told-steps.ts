import type { Step } from './faults/events.ts';

/** Every text of a message, in its order. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** The steps of scale sets that a Slack message tells: "set-012 (prod) · Scaled out 3 → 9 · 6 events". */
export const stepsTold = (payload: unknown): readonly Step[] =>
  [
    ...textsIn(payload)
      .join('')
      .matchAll(/(set-\d{3})[^→]{0,60}?\s(\d+)\s→\s(\d+)/g),
  ].map(([, set = '', from, to]) => ({
    set,
    from: Number(from),
    to: Number(to),
  }));

/** How many events a message says that it tells of; undefined where it does not say. */
export function eventsTold(payload: unknown): number | undefined {
  const found = /(\d[\d,]*)\sevents\b/.exec(textsIn(payload).join(' '))?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}
