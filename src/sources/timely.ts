import { PROPERTIES } from '../event/fields.ts';
import { DAY_MILLISECONDS } from '../event/time/units.ts';
import type { EventDraft } from './source.ts';

// By how much a sender's clock may be ahead of ours.
const MOST_AHEAD = DAY_MILLISECONDS;

/**
 * A draft that happened when it came, where its sender's clock is more than a day ahead: a time that is still to come would
 * never be late, and outlive every end. What the sender said is shown. People may well post what is to come.
 */
export function timely(draft: EventDraft, receivedAt: string): EventDraft {
  const { source, occurredAt, properties = {} } = draft;
  if (source === 'custom') return draft;
  const isAhead = (at = '') => Date.parse(at) - Date.parse(receivedAt) > MOST_AHEAD;
  const began = 'firedAt' in draft && isAhead(draft.firedAt) ? { firedAt: undefined } : {};
  if (!isAhead(occurredAt)) return { ...draft, ...began };
  const shown = Object.entries({ occurredAt, ...properties }).slice(0, PROPERTIES.most);
  return { ...draft, ...began, occurredAt: receivedAt, properties: Object.fromEntries(shown) };
}
