import * as z from 'zod';
import { severities } from '../event/fields.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { duration } from './duration.ts';

const SHORTEST = 15 * MINUTE_MILLISECONDS;
const LONGEST = 7 * DAY_MILLISECONDS;
const MONTH = 31 * DAY_MILLISECONDS;

export const remindOf = z.union([
  duration.refine((time) => time >= SHORTEST && time <= LONGEST, 'expected at least 15m and at most 7d, or off'),
  z.literal('off'),
]);

/** How often something is to come from a sender. */
export const everyOf = duration.refine(
  (time) => time >= MINUTE_MILLISECONDS && time <= MONTH,
  'expected at least 1m and at most 31d',
);

export const setOf = z
  .strictObject({ severity: z.enum(severities).describe('How severe the events are, whatever their sender says.') })
  .describe('What is set of these events, before anything is decided by it.');
