import { type EventKind, type EventOf, event as eventSchema, type RelayEvent } from '../event/event.ts';
import { PROPERTIES } from '../event/fields.ts';
import { identity } from '../event/identity.ts';

const NAME = 'autoscale-relay';

/** What is sent to see whether a receiver answers. `at` is ISO, in UTC. */
export const testMessage = (at: string): EventOf<'custom'> => ({
  kind: 'custom',
  id: identity('test', at),
  source: 'relay',
  severity: 'info',
  occurredAt: at,
  resource: { name: NAME },
  links: [],
  title: `Test message from ${NAME}`,
  text: 'Nothing has happened. Somebody has run "npm run relay -- send" to see whether messages arrive here.',
});

const marked = (text: string): string => `[test] ${text}`;

const onResource = <E extends RelayEvent>(event: E): E => ({
  ...event,
  resource: { ...event.resource, name: marked(event.resource.name) },
});

const ofSubject = <T extends { readonly subject: string }>(each: T): T => ({ ...each, subject: marked(each.subject) });

// What a message names first, and so does the notification on a phone. A new kind does not compile until it is here.
const MARK: { readonly [Kind in EventKind]: (event: EventOf<Kind>) => EventOf<Kind> } = {
  scale: onResource,
  deployment: (event) => ({ ...event, subject: marked(event.subject) }),
  artifact: (event) => ({ ...event, name: marked(event.name) }),
  alert: (event) => ({ ...event, rule: marked(event.rule) }),
  drift: onResource,
  custom: (event) => ({ ...event, title: marked(event.title) }),
  notice: (event) => ({ ...event, about: marked(event.about) }),
  // Its headline is a number; its list names what it tells of.
  digest: ({ stories, named, ...event }) => ({
    ...event,
    stories: stories.map(ofSubject),
    ...(named && { named: named.map(ofSubject) }),
  }),
};

/**
 * An event as a test: people read it in the headline, and a subscriber takes it neither for the real occurrence nor for
 * a part of its story. `at` is ISO, in UTC.
 */
export function asTest(event: RelayEvent, at: string): RelayEvent {
  const { story, properties = {} } = event;
  const kept = Object.entries(properties).filter(([name]) => name !== 'test');
  return eventSchema.parse({
    // The compiler does not see that an event's own kind picks the function for it.
    ...(MARK[event.kind] as (event: RelayEvent) => RelayEvent)(event),
    id: identity('test', event.id, at),
    ...(story !== undefined && { story: `test/${story}` }),
    properties: Object.fromEntries([['test', 'yes'], ...kept].slice(0, PROPERTIES.most)),
  });
}
