import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { armResource, extended } from '../arm.ts';
import { anyCase } from '../azure-monitor/any-case.ts';
import { date, list, number, object, text } from '../fields.ts';
import { said } from '../phase.ts';
import { type EventDraft, linkTo, portalUrl } from '../source.ts';
import { common, family } from './message.ts';

// Azure's warning of what it is going to do to machines:
// https://learn.microsoft.com/azure/virtual-machines/linux/scheduled-events#event-grid
// of a cluster's upgrades, in camel case and without a type: https://learn.microsoft.com/azure/aks/aks-communication-manager
const properties = anyCase({
  EventId: text,
  EventType: text,
  EventStatus: text,
  EventSource: text,
  eventDetails: text,
  NotBefore: date,
  scheduledTime: date,
  DurationInSeconds: number,
  Description: text,
  Resources: list(text),
});

const info = object({ id: text, location: text, properties });
const data = object({ resourceInfo: info, resourceDetails: info });

type Told = NonNullable<z.output<typeof properties>>;

const OVER: ReadonlySet<string> = new Set(['completed', 'canceled', 'cancelled']);
const KNOWN: ReadonlySet<string> = new Set([...OVER, 'scheduled', 'started', 'inprogress', 'failed']);

export const maintenance = family({
  types: /^Microsoft\.ResourceNotifications\.\w+\.ScheduledEvent\w*$/i,
  data,
  meaning(message, given, context) {
    const {
      id: own,
      location,
      properties: told = { Resources: [] },
    } = given?.resourceInfo ?? given?.resourceDetails ?? {};
    const id = extended(message.subject ?? own ?? message.topic ?? '');
    const arm = armResource(id);
    const { EventId: event, EventStatus: status = '' } = told;
    const word = status.toLowerCase();
    return [
      {
        ...common(message, context),
        // One id over all of its states; a time that was put off is news.
        ...(event !== undefined && { id: identity('event-grid', 'scheduled', event, word, told.NotBefore ?? '') }),
        kind: 'alert',
        story: event && `scheduled-event/${event}`.toLowerCase(),
        severity: severityOf(told),
        resource: { ...arm, name: arm?.name ?? (id || message.type), region: location },
        links: linkTo('resource', portalUrl(id)),
        state: OVER.has(word) ? 'resolved' : 'fired',
        phase: word === 'failed' ? 'failed' : undefined,
        word: status === '' || KNOWN.has(word) ? undefined : status,
        rule: told.EventType ?? told.eventDetails ?? told.Description ?? message.type,
        dimensions: said(factsOf(told)),
        description: [headOf(told), told.Description].filter(Boolean).join('\n') || undefined,
      },
    ];
  },
});

/** What somebody asked for, such as the machines of a scale-in, and a freeze of seconds are no trouble. */
function severityOf({
  EventType: type = '',
  EventStatus: status,
  EventSource: source,
  DurationInSeconds: took = -1,
}: Told): EventDraft['severity'] {
  if (/^failed$/i.test(status ?? '')) return 'error';
  if (/^freeze$/i.test(type) && took >= 0 && took <= 10) return 'info';
  return /^user$/i.test(source ?? '') ? 'info' : 'warning';
}

const namesOf = ({ Resources }: Told): string =>
  Resources.flatMap((each) => (each === undefined ? [] : [armResource(each)?.name ?? each])).join(', ');

/** "2026-11-20 18:29 UTC", as the sender's own words beside it. */
const timeOf = ({ NotBefore, scheduledTime }: Told): string | undefined => {
  const time = NotBefore ?? scheduledTime;
  return time === undefined ? undefined : `${time.slice(0, 16).replace('T', ' ')} UTC`;
};

const factsOf = (told: Told) => ({
  EventStatus: told.EventStatus,
  NotBefore: told.NotBefore && timeOf(told),
  scheduledTime: told.NotBefore === undefined ? timeOf(told) : undefined,
  Resources: namesOf(told) || undefined,
  EventSource: told.EventSource,
  DurationInSeconds: told.DurationInSeconds === -1 ? undefined : told.DurationInSeconds,
});

/** "Scheduled, NotBefore 2026-11-20 18:29 UTC: shop-web_1, shop-web_2": what a telephone has to show. */
function headOf(told: Told): string {
  const time = timeOf(told);
  const when = time === undefined ? [] : [`${told.NotBefore === undefined ? 'scheduledTime' : 'NotBefore'} ${time}`];
  const standing = [told.EventStatus, ...when].filter(Boolean).join(', ');
  return [standing, namesOf(told)].filter(Boolean).join(': ');
}
