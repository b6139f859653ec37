import type { RelayEvent } from '../event/event.ts';
import type { ActionTitle, Messages } from '../locales/messages.ts';
import { PRODUCTS } from '../locales/parts.ts';
import type { Action, Offered } from './slots.ts';
import { BUDGET } from './trim.ts';

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
  ['help', 'help'],
]);

/** The buttons of a message: those that lead somewhere, the most useful first, and then those that do something. */
export const actionsOf = (
  event: RelayEvent,
  say: Messages,
  subject: string,
  offered: readonly Offered[] = [],
): Action[] => [
  ...ordered(event.links).map(({ rel, url }) => {
    const title = rel === 'review' ? reviewIn(event.source, say) : say.action[TITLES.get(rel) ?? 'details'];
    return { title, hint: say.actionHint(title, subject), url };
  }),
  ...offered.map(({ name, url, token }) => {
    const title = say.action[name];
    return { title, hint: say.actionHint(title, subject), url, act: { name, token } };
  }),
];

const PLACES: ReadonlyMap<string, string> = new Map(Object.entries(PRODUCTS));

/** Approving happens elsewhere, since a webhook carries no safe button for it: it is named, where there is room. */
function reviewIn(source: string, say: Messages): string {
  const place = PLACES.get(source);
  const title = place === undefined ? undefined : say.reviewIn(place);
  return title === undefined || title.length > BUDGET.title ? say.action.review : title;
}

/** The runbook comes second: a card shows two buttons, and it says what to do. */
function ordered(links: RelayEvent['links']): RelayEvent['links'] {
  const runbook = links.filter(({ rel }) => rel === 'runbook');
  const [first, ...rest] = links.filter(({ rel }) => rel !== 'runbook');
  return first === undefined ? runbook : [first, ...runbook, ...rest];
}
