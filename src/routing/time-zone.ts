import * as z from 'zod';
import { didYouMean } from '../problems/spelling.ts';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** An IANA name. */
export const timeZone = z.string().superRefine((name, context) => {
  if (isTimeZone(name)) return;
  context.addIssue(
    `expected an IANA time zone, such as Asia/Seoul${didYouMean(name, Intl.supportedValuesOf('timeZone'))}`,
  );
});
