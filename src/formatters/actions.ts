import type { RelayEvent } from '../event/event.ts';
import type { ActionTitle, Messages } from '../locales/messages.ts';
import type { Action } from './slots.ts';

// By what the link leads to; any other link is "details". The most useful first: that one is never dropped.
const TITLES: ReadonlyMap<string, ActionTitle> = new Map([
  ['alert', 'alert'],
  ['review', 'review'],
  ['run', 'run'],
  ['logs', 'logs'],
  ['changes', 'changes'],
  ['site', 'site'],
  ['resource', 'resource'],
  ['scale-history', 'scaleHistory'],
  ['dashboard', 'dashboard'],
  ['silence', 'silence'],
  ['runbook', 'runbook'],
]);

/** The buttons of a message, the most useful first. */
export const actionsOf = (event: RelayEvent, say: Messages, subject: string): Action[] =>
  ordered(event.links).map(({ rel, url }) => {
    const title = say.action[TITLES.get(rel) ?? 'details'];
    return { title, hint: say.actionHint(title, subject), url };
  });

/** The runbook comes second: a card shows two buttons, and it says what to do. */
function ordered(links: RelayEvent['links']): RelayEvent['links'] {
  const runbook = links.filter(({ rel }) => rel === 'runbook');
  const [first, ...rest] = links.filter(({ rel }) => rel !== 'runbook');
  return first === undefined ? runbook : [first, ...runbook, ...rest];
}
