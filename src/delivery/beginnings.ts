import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { StorageError } from '../problems/errors.ts';
import type { Ports } from './ports.ts';
import { BEGUN, storyKey } from './rules/keys.ts';
import { positionInStory } from './rules/order.ts';
import { beginningOf, type ScalingStep, scalingStep, withStep } from './rules/scaling.ts';
import { sideBySide } from './side-by-side.ts';

/** The beginning of a scaling, and where that was. */
const begun = scalingStep.extend({
  environment: z.string().optional(),
  region: z.string().optional(),
  /** Its sender named the environment; no rule of the configuration gave it. */
  said: z.boolean().optional(),
});

type Begun = z.infer<typeof begun>;

/** A scale set's row. */
const memory = z.object({ begun: z.array(begun).readonly() });

/**
 * Routes the events of one body, each with the environment and the region of its scaling's beginning where its sender names
 * none: autoscale's webhook says them and the activity log, which tells the end, does not, so that the two would go different
 * ways. `keep` remembers the beginnings among them. Neither rejects for storage's sake: an event goes as it came then.
 */
export async function routedByBeginning<Routed extends { readonly event: RelayEvent }>(
  ports: Pick<Ports, 'ledger'>,
  { given, proven }: { readonly given: readonly RelayEvent[]; readonly proven: boolean },
  route: (event: RelayEvent) => Routed,
): Promise<{ readonly events: readonly Routed[]; readonly keep: () => Promise<void> }> {
  const known = await beginningsOf(ports, given);
  const news = new Map<string, readonly Begun[]>();
  const events = given.map((event) => {
    const { key = '', step } = scalingIn(event, proven) ?? {};
    const found = step && nearest(step, [...(known.get(key) ?? []), ...(news.get(key) ?? [])]);
    const routed = route(found === undefined ? event : withPlace(event, found));
    const { environment, resource } = routed.event;
    if (step?.phase === 'started' && (environment || resource.region)) {
      const beginning = { ...step, environment, region: resource.region, said: Boolean(event.environment) };
      news.set(key, withStep(beginning, news.get(key) ?? []));
    }
    return routed;
  });
  return { events, keep: () => soon(sideBySide([...news.keys()], (key) => write(ports, key, news.get(key) ?? []))) };
}

/** What is known of the scale sets whose events name no environment. */
async function beginningsOf(ports: Pick<Ports, 'ledger'>, events: readonly RelayEvent[]) {
  const known = new Map<string, readonly Begun[]>();
  const keys = events.filter(({ environment }) => !environment).flatMap((event) => scalingIn(event, false)?.key ?? []);
  const reading = sideBySide([...new Set(keys)], async (key) => {
    known.set(key, (await read(ports, key)).begun);
  });
  await soon(reading);
  return known;
}

function scalingIn(
  event: RelayEvent,
  proven: boolean,
): { readonly key: string; readonly step: ScalingStep } | undefined {
  if (event.kind !== 'scale') return undefined;
  const { story, step } = positionInStory(event, proven) ?? {};
  return story === undefined || step === undefined ? undefined : { key: storyKey(story), step };
}

/** Whose sender named the environment comes first, then what has one. */
const nearest = (step: ScalingStep, known: readonly Begun[]): Begun | undefined =>
  beginningOf(
    step,
    known.filter(({ said }) => said),
  ) ??
  beginningOf(
    step,
    known.filter(({ environment }) => environment),
  ) ??
  beginningOf(step, known);

const withPlace = (event: RelayEvent, { environment, region }: Begun): RelayEvent => ({
  ...event,
  ...(!event.environment && environment && { environment }),
  ...(!event.resource.region && region && { resource: { ...event.resource, region } }),
});

async function read({ ledger }: Pick<Ports, 'ledger'>, key: string) {
  const row = await ledger.read(BEGUN, key);
  return { row, begun: memory.safeParse(row?.value).data?.begun ?? [] };
}

const MOST_TRIES = 3;

async function write(ports: Pick<Ports, 'ledger'>, key: string, news: readonly Begun[]): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { row, begun: known } = await read(ports, key);
    const value = { begun: news.reduce((all, one) => withStep(one, all), known) };
    const change = row === undefined ? { kind: 'insert' as const } : { kind: 'replace' as const, etag: row.etag };
    // A conflict is another body of the same scale set.
    if ((await ports.ledger.write(BEGUN, [{ key, value, ...change }])) !== 'conflict') return;
  }
}

// Of the eight seconds that a webhook has, for what it can do without.
const PATIENCE_MILLISECONDS = 1_500;

/** Waits for work, but not for long, and not for storage that fails. */
export async function soon(work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
  const done = work.catch((error: unknown) => {
    if (!(error instanceof StorageError)) throw error;
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
