import * as z from 'zod';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, MINUTE_MILLISECONDS, SECOND_MILLISECONDS } from '../event/time/units.ts';

const MILLISECONDS = {
  s: SECOND_MILLISECONDS,
  m: MINUTE_MILLISECONDS,
  h: HOUR_MILLISECONDS,
  d: DAY_MILLISECONDS,
} as const;

/** "90s", "30m", "2h" or "7d", in milliseconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'expected a duration such as 90s, 30m, 2h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * MILLISECONDS[text.slice(-1) as keyof typeof MILLISECONDS]);
