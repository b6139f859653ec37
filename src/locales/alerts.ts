import { says } from '../event/deployed.ts';
import type { EventOf } from '../event/event.ts';
import { outline } from '../event/outline.ts';
import { cut, withoutIds } from '../event/text.ts';
import type { Messages } from './messages.ts';
import { unended } from './reasons.ts';

/** What has become of an alert; of one that is told again, for how long it fires. */
export function alertState(event: EventOf<'alert'>, words: Messages['state'], still: Messages['still']): string {
  const told = event.still;
  if (told === undefined || told.closed) return words.alert[outline(event).state];
  return still((Date.parse(told.at) - Date.parse(told.since)) / 1000);
}

/** "Sev1"; of an alert without a level, how severe it is where somebody has to look now. */
export const levelOf = (
  { level, severity, state }: EventOf<'alert'>,
  words: Messages['state']['custom'],
): string | undefined =>
  level ?? (state === 'fired' && (severity === 'critical' || severity === 'error') ? words[severity] : undefined);

// As much as a telephone shows beside the rule and where it is.
const SAID = 120;

/** What an alert that fired says of itself, where it measured nothing that has a name: "Rebooted by the platform". */
export function explained({ state, phase, metric, rule, description = '' }: EventOf<'alert'>): string | undefined {
  const [first = ''] = description.split('\n');
  // How an operation stands is told; its rule's words are of any.
  const isTold = state !== 'fired' || phase !== undefined || metric !== undefined;
  if (isTold || first === '' || says(rule, first)) return undefined;
  return cut(unended(withoutIds(first)), SAID);
}
