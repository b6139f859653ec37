import type { EventOf, RelayEvent } from '../event/event.ts';
import { shortId } from '../event/identity.ts';
import { cut } from '../event/text.ts';
import type { ActionTitle, Messages } from '../locales/messages.ts';
import { BUDGET } from './fit.ts';
import { alertReading } from './readings/alert.ts';
import { artifactReading } from './readings/artifact.ts';

import { customReading } from './readings/custom.ts';
import { deploymentReading } from './readings/deployment.ts';
import { scaleReading } from './readings/scale.ts';
import type { Action, Particulars, Reading } from './slots.ts';
import { written } from './written.ts';

/** An event in one language's words and one zone's time. Pure: the same in, the same out. */
export function readEvent(event: RelayEvent, say: Messages, timeZone: string): Reading {
  const { place, ...particulars } = particularsOf(event, say);
  return {
    ...particulars,
    locale: say.locale,
    id: shortId(event.id),
    sentence: sentence(event, say),
    actions: actionsOf(event, say, particulars.subject.text),
    origin: {
      source: say.source[event.source] ?? event.source,
      place,
      occurredAt: event.occurredAt,
      written: written(event.occurredAt, timeZone),
    },
  };
}

function particularsOf(event: RelayEvent, say: Messages): Particulars {
  switch (event.kind) {
    case 'scale':
      return scaleReading(event, say);
    case 'deployment':
      return deploymentReading(event, say);
    case 'artifact':
      return artifactReading(event, say);
    case 'alert':
      return alertReading(event, say);
    case 'custom':
      return customReading(event, say);
  }
}

function sentence(event: RelayEvent, say: Messages): string {
  switch (event.kind) {
    case 'scale':
      return say.sentence.scale(brief(event));
    case 'deployment':
      return say.sentence.deployment(event);
    case 'artifact':
      return say.sentence.artifact(event);
    case 'alert':
      return say.sentence.alert(event);
    case 'custom':
      return say.sentence.custom(event);
  }
}

/** With short names, so that the sentence keeps its numbers. */
const brief = (event: EventOf<'scale'>): EventOf<'scale'> => ({
  ...event,
  environment: event.environment && cut(event.environment, 40),
  resource: {
    ...event.resource,
    name: cut(event.resource.name, BUDGET.subject),
    region: event.resource.region && cut(event.resource.region, 40),
  },
});

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

const actionsOf = (event: RelayEvent, say: Messages, subject: string): Action[] =>
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
