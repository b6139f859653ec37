import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { timestamp } from '../event/fields.ts';
import { line } from '../event/text.ts';
import { conditions } from './conditions.ts';
import { type Match, matcher } from './match.ts';

const MOST_CHARACTERS = 20_000;

/** Keeps some events back until it ends. Made by people, and kept in storage. Times are ISO, in UTC. */
export const silence = z
  .object({
    id: z.string().regex(/^[a-z0-9]{4,40}$/, 'expected 4 to 40 letters and digits'),
    match: conditions
      .refine(
        ({ properties = {}, ...fields }) => Object.keys(fields).length + Object.keys(properties).length > 0,
        'expected a condition; resource: "*" is everything',
      )
      // What is larger can be written into the ledger, and not be read from it.
      .refine((given) => JSON.stringify(given).length <= MOST_CHARACTERS, 'expected fewer and shorter conditions'),
    author: line(120).min(1),
    reason: line(300).min(1),
    startsAt: timestamp,
    endsAt: timestamp,
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ['endsAt'], error: 'expected an end after the start' });

export type Silence = z.infer<typeof silence>;

const isInForce = ({ startsAt, endsAt }: Pick<Silence, 'startsAt' | 'endsAt'>, now: number): boolean =>
  now >= Date.parse(startsAt) && now < Date.parse(endsAt);

/** The silence that keeps an event back, if one does: of several, the one that ends last. `now` in milliseconds. */
export const silencedBy = (event: RelayEvent, silences: readonly Silence[], now: number): Silence | undefined =>
  silences
    .filter((each) => isInForce(each, now) && compiled(each)(event))
    .reduce<Silence | undefined>((a, b) => (a !== undefined && a.endsAt >= b.endsAt ? a : b), undefined);

// The same few silences are asked about every event.
const MATCHES = new WeakMap<Silence, Match>();

function compiled(given: Silence): Match {
  const known = MATCHES.get(given) ?? matcher(given.match);
  MATCHES.set(given, known);
  return known;
}
