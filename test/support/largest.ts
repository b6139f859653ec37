import { type EventKind, type EventOf, event, type RelayEvent } from '../../src/event/event.ts';
import { PROPERTIES } from '../../src/event/fields.ts';
import { MOST_NAMED } from '../../src/event/machines.ts';
import { examples } from './examples.ts';
import { plant, textPaths } from './hostile.ts';

/** The longest text that any field can hold, of characters that take three bytes. */
const LONG = '한'.repeat(5_000);

const longest = (fill: string) => `https://example.com/?${fill.repeat(1_979)}`;

// As many as the schema takes.
const MOST: Readonly<Record<string, number>> = {
  reasons: 8,
  heldIds: 20,
  failedIds: 20,
  tally: 8,
  stories: 5,
  named: 35,
  remedies: 40,
  calls: 20,
  events: 5,
};

const pairs = () =>
  Object.fromEntries(
    Array.from({ length: PROPERTIES.most }, (_value, index) => [index + LONG.slice(0, PROPERTIES.key - 1), LONG]),
  );

const machines = {
  named: Array.from({ length: MOST_NAMED }, () => ({ name: 'vm-7', zone: '1' })),
  count: 1,
  codes: ['a', 'b', 'c'],
};

const made = new Map<string, RelayEvent>();

/** An event with every field at its cap; with its machines, the examples have every field. */
export function largest<Kind extends EventKind>(kind: Kind, link = longest('x')): EventOf<Kind> {
  // To cut so many long texts takes most of a second.
  const before = made.get(`${kind} ${link}`) ?? largestAnew(kind, link);
  made.set(`${kind} ${link}`, before);
  return before as EventOf<Kind>;
}

function largestAnew<Kind extends EventKind>(kind: Kind, link: string): RelayEvent {
  const filled = Object.entries({ ...examples[kind], ...(kind === 'scale' && { machines }) }).map(([key, value]) => {
    const most = MOST[key];
    return [key, most !== undefined && Array.isArray(value) ? Array(most).fill(value[0]) : value];
  });
  const whole = Object.fromEntries(filled) as EventOf<Kind>;
  const long = textPaths(whole).reduce<unknown>((so, path) => plant(so, path, LONG), whole);
  return event.parse({
    ...(long as EventOf<Kind>),
    id: LONG,
    source: LONG,
    properties: pairs(),
    ...('dimensions' in whole && { dimensions: pairs() }),
    links: Array.from({ length: 6 }, () => ({ rel: LONG, url: link })),
  });
}
