import { type EventOf, event as eventSchema, type RelayEvent } from '../event/event.ts';
import { PROPERTIES } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { TEST } from '../event/test-mark.ts';

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
  properties: { [TEST.name]: TEST.value },
  title: `Test message from ${NAME}`,
  text: 'Nothing has happened. Somebody has run "npm run relay -- send" to see whether messages arrive here.',
});

/**
 * An event as a test: every message of it begins by saying so, and a subscriber takes it neither for the real occurrence
 * nor for a part of its story. `at` is ISO, in UTC.
 */
export function asTest(event: RelayEvent, at: string): RelayEvent {
  const { story, properties = {} } = event;
  const kept = Object.entries(properties).filter(([name]) => name !== TEST.name);
  return eventSchema.parse({
    ...event,
    id: identity('test', event.id, at),
    ...(story !== undefined && { story: `test/${story}` }),
    properties: Object.fromEntries([[TEST.name, TEST.value], ...kept].slice(0, PROPERTIES.most)),
  });
}
