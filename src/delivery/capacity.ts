import type { EventOf, RelayEvent } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { storyOf } from '../event/story.ts';
import { soon } from './beginnings.ts';
import type { Ports, Row } from './ports.ts';
import { type CapacityStep, capacityRow, lastDayOf, toCapacityStep, withCapacity } from './rules/capacity.ts';
import { CAPACITY } from './rules/keys.ts';
import { scalingStepOf } from './rules/scaling.ts';
import { sideBySide } from './side-by-side.ts';

type Needs = Pick<Ports, 'ledger' | 'clock'>;

/** What is known of the last day of the scale sets of one body. */
export interface LastDays {
  /** An event with the day that it ends, where that says more than the event itself. */
  readonly withDay: <Event extends RelayEvent>(event: Event) => Event;
  /** Remembers the events. */
  readonly keep: () => Promise<void>;
}

/** Reads the last day of the scale sets that events tell of. Neither it nor `keep` rejects for storage's sake, or waits for it for long. */
export async function lastDays(
  ports: Needs,
  { given, proven }: { readonly given: readonly RelayEvent[]; readonly proven: boolean },
): Promise<LastDays> {
  const news = Map.groupBy(
    given.flatMap((event) => stepIn(event, proven) ?? []),
    ({ key }) => key,
  );
  const days = new Map<string, ReturnType<typeof lastDayOf>>();
  const keys = [...news.keys()];
  const found = new Map<string, Found>();
  await soon(
    sideBySide(keys, async (key) => {
      const row = await read(ports, key);
      found.set(key, row);
      let { steps: known } = row;
      for (const { step } of news.get(key) ?? []) {
        days.set(step.id, lastDayOf(step, known));
        known = withCapacity(step, known, ports.clock.now());
      }
    }),
  );
  const write = (key: string) =>
    remember(ports, { key, found: found.get(key), news: news.get(key)?.map(({ step }) => step) ?? [] });
  return {
    withDay: (event) => {
      const day = event.kind === 'scale' ? days.get(identity(event.id)) : undefined;
      return day === undefined ? event : { ...event, day };
    },
    keep: () => soon(sideBySide(keys, write)),
  };
}

/** The step that an event is, and the row of its set; undefined where nobody knows whether it went on. */
function stepIn(event: RelayEvent, proven: boolean): { readonly key: string; readonly step: CapacityStep } | undefined {
  if (event.kind !== 'scale') return undefined;
  const step = scalingStepOf(event, proven);
  // An id may be long, and is there only to know the same again.
  return step && { key: keyOf(event), step: { ...toCapacityStep(step), id: identity(event.id) } };
}

function keyOf(event: EventOf<'scale'>): string {
  const { environment = '', resource, source } = event;
  return `set:${identity(storyOf(event) ?? JSON.stringify([source, environment, (resource.id ?? resource.name).toLowerCase()]))}`;
}

interface Found {
  readonly row: Row | undefined;
  readonly steps: readonly CapacityStep[];
}

async function read({ ledger }: Needs, key: string): Promise<Found> {
  const row = await ledger.read(CAPACITY, key);
  return { row, steps: capacityRow.safeParse(row?.value).data?.steps ?? [] };
}

const MOST_TRIES = 3;

interface News {
  readonly key: string;
  /** As it was read before; it need not be so any more. */
  readonly found: Found | undefined;
  readonly news: readonly CapacityStep[];
}

async function remember(ports: Needs, { key, found, news }: News): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { row, steps: known } = tries === 0 && found !== undefined ? found : await read(ports, key);
    const value = { steps: news.reduce((all, step) => withCapacity(step, all, ports.clock.now()), known) };
    const change = row === undefined ? { kind: 'insert' as const } : { kind: 'replace' as const, etag: row.etag };
    // A conflict is another body of the same scale set.
    if ((await ports.ledger.write(CAPACITY, [{ key, value, ...change }])) !== 'conflict') return;
  }
}
