import { says } from '../event/deployed.ts';
import type { EventOf } from '../event/event.ts';
import { BY_LEVEL } from '../event/fields.ts';
import { outline } from '../event/outline.ts';
import { cutAtWord, withoutIds } from '../event/text.ts';
import type { Messages } from './messages.ts';
import { unended } from './reasons.ts';

/** What has become of an alert; of one that is told again, for how long it fires. */
export function alertState(event: EventOf<'alert'>, words: Messages['state'], still: Messages['still']): string {
  const told = event.still;
  if (told === undefined || told.closed) return words.alert[outline(event).state];
  return still((Date.parse(told.at) - Date.parse(told.since)) / 1000);
}

/** "Sev1"; "Sev3, treated as critical" where the configuration says so; without a level, how severe it is, if at all. */
export function levelOf(
  event: EventOf<'alert'>,
  words: Messages['state']['custom'],
  treated: Messages['treated'],
): string | undefined {
  const { level, severity } = event;
  if (level === undefined) return severity === 'info' ? undefined : words[severity];
  return isOverruled(event) ? `${level}, ${treated(words[severity])}` : level;
}

/** Whether an alert that fires is as severe as the configuration says, not as its level; a step of an operation has its own. */
export const isOverruled = (event: EventOf<'alert'>): boolean =>
  event.level !== undefined && outline(event).state === 'fired' && BY_LEVEL[event.level] !== event.severity;

// As much as a telephone shows beside the rule and where it is.
const SAID = 120;

/** What an alert that fired says of itself, where it wakes somebody or measured nothing that has a name: "Rebooted by the platform". */
export function explained(event: EventOf<'alert'>): string | undefined {
  const { state, phase, metric, value, rule, severity, still, description = '' } = event;
  const [first = ''] = description.split('\n');
  // How an operation stands is told; its rule's words are of any.
  const isMeasured = metric !== undefined && value !== undefined && severity !== 'critical' && severity !== 'error';
  const isTold = state !== 'fired' || still?.closed === true || phase !== undefined || isMeasured;
  if (isTold || first === '' || says(rule, first)) return undefined;
  return cutAtWord(unended(withoutIds(first)), SAID);
}
