import type { Verdict } from '../destinations/answer.ts';
import { guides } from '../destinations/guide.ts';
import type { DestinationName } from '../destinations/registry.ts';
import { troubleBy } from '../event/trouble.ts';
import { en } from '../locales/en/en.ts';

const BY_VERDICT = { retry: 'fault', refused: 'refused', broken: 'broken' } as const;

/** What to do about a receiver's answer, for whoever tries it out. */
export function nextStep(verdict: Verdict, type: DestinationName): string {
  if (verdict.kind === 'sent') return guides[type].afterSent ?? '';
  return en.notice.advice[troubleBy(verdict.reason) ?? BY_VERDICT[verdict.kind]];
}
