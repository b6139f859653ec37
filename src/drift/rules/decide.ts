import type { EventOf, RelayEvent } from '../../event/event.ts';
import { iso } from '../../event/time/units.ts';
import { advance, FLAPPING, type Outcome } from './advance.ts';
import { covered, notices, unseenScopes } from './coverage.ts';
import { digestsOf } from './digest.ts';
import { setKey, subscriptionOf } from './ids.ts';
import { hiddenDrift, known } from './image-age.ts';
import { isUnread, type RunReading, type SetReading } from './reading.ts';
import { type DriftSettings, looksAtImages } from './settings.ts';
import { type DriftState, FORGOTTEN_MILLISECONDS, isBaseline, isOpen, type SetState } from './state.ts';
import { unreadSets } from './unread.ts';

export interface Decision {
  /** Holds the events in its outbox as well: it is saved before anything is sent. */
  readonly state: DriftState;
  readonly events: readonly RelayEvent[];
}

/** More than these at once become one digest. */
const MOST_EVENTS = 20;

/**
 * What a run has to tell, and what the next one has to know. Nothing but what is given counts: the same state, reading
 * and time give the same events, and the state that comes of them gives none.
 * The first run that reads anything, and the first after a loss, tells what there is in one digest.
 */
export function decide(
  before: DriftState | undefined,
  reading: RunReading,
  now: number,
  settings: DriftSettings,
): Decision {
  const cover = covered(before?.coverage ?? {}, reading.scopes, now);
  const sets = knownSets(before, settings);
  const baseline = isBaseline(before);
  const images = imagesOf(before?.images ?? {}, reading.sets, now);
  const outcomes = [...new Map(reading.sets.map((each) => [setKey(each.set), each]))].map(([key, each]) => {
    const subscription = subscriptionOf(key);
    const ranAt = isCovered(before, subscription) ? before?.ranAt : undefined;
    const turn = { now, settings, baseline, ranAt };
    const hidden = hiddenOf(each, images, settings, now);
    return [key, advance(sets[key], each, hidden, turn)] as const;
  });
  const drifts = outcomes.flatMap(([, { event }]) => event ?? []);
  const unread = Object.values(cover.coverage).filter(({ missingSince }) => isMissed(missingSince, now)).length;
  const managed = outcomes.filter(([, { verdict }]) => verdict === 'managed').length;
  const told = bundled(drifts, baseline, { scopes: settings.scopes, managed, unread, now });
  const unseen = unseenScopes(before, reading.scopes, now);
  const unreadable = unreadSets(before?.unread ?? {}, reading, now);
  const events = [...told, ...notices(cover, now), ...unreadable.notices];
  return {
    events,
    state: {
      version: 1,
      ranAt: iso(now),
      sets: setsOf(sets, outcomes, new Set(reading.gone), cover.coverage, now),
      images,
      ...(Object.keys(unreadable.known).length > 0 ? { unread: unreadable.known } : {}),
      coverage: cover.coverage,
      ...(Object.keys(unseen).length > 0 ? { unseen } : {}),
      outbox: [...(before?.outbox ?? []), ...events],
      holds: before?.holds ?? [],
      ...(baseline && reading.sets.length === 0 && reading.scopes.every(isUnread) ? { blank: true } : {}),
      ...(before?.cursor === undefined ? {} : { cursor: before.cursor }),
    },
  };
}

function isCovered(before: DriftState | undefined, subscription: string): boolean {
  const entry = before?.coverage[subscription];
  return entry !== undefined && entry.missingSince === undefined && entry.unseenSince === undefined;
}

/** Old images that are no longer looked for would stay known for ever: they are let go. */
function knownSets(before: DriftState | undefined, settings: DriftSettings): DriftState['sets'] {
  const { sets = {} } = before ?? {};
  if (looksAtImages(settings)) return sets;
  return Object.fromEntries(Object.entries(sets).filter(([, { verdict }]) => verdict !== 'hidden'));
}

function bundled(
  drifts: readonly EventOf<'drift'>[],
  isBaseline: boolean,
  occasion: Omit<Parameters<typeof digestsOf>[1], 'cause'>,
): readonly RelayEvent[] {
  if (drifts.length === 0) return [];
  if (isBaseline) return digestsOf(drifts, { ...occasion, cause: 'baseline' });
  return drifts.length > MOST_EVENTS ? digestsOf(drifts, { ...occasion, cause: 'many' }) : drifts;
}

function imagesOf(before: DriftState['images'], sets: readonly SetReading[], now: number): DriftState['images'] {
  const images = new Map(Object.entries(before));
  for (const { newestImages } of sets) {
    if (newestImages === undefined) continue;
    images.set(newestImages.key, [...known(images.get(newestImages.key) ?? [], newestImages, now)]);
  }
  return Object.fromEntries(images);
}

function hiddenOf(
  { newestImages, inUse }: SetReading,
  images: DriftState['images'],
  settings: DriftSettings,
  now: number,
) {
  const versions = newestImages && images[newestImages.key];
  return versions && inUse && hiddenDrift(versions, inUse, settings.hiddenDays, now);
}

const isMissed = (missingSince: string | undefined, now: number): boolean =>
  missingSince !== undefined && now - Date.parse(missingSince) < FORGOTTEN_MILLISECONDS;

function setsOf(
  before: DriftState['sets'],
  outcomes: readonly (readonly [string, Outcome])[],
  gone: ReadonlySet<string>,
  coverage: DriftState['coverage'],
  now: number,
): DriftState['sets'] {
  const read = new Set(outcomes.map(([key]) => key));
  const isKept = ([key, state]: readonly [string, SetState]): boolean => {
    const { resolvedAt } = state;
    const { missingSince } = coverage[subscriptionOf(key)] ?? {};
    return (
      !read.has(key) &&
      !gone.has(key) &&
      (isOpen(state) || (resolvedAt !== undefined && now - Date.parse(resolvedAt) < FLAPPING)) &&
      (missingSince === undefined || isMissed(missingSince, now))
    );
  };
  return Object.fromEntries([
    ...Object.entries(before).filter(isKept),
    ...outcomes.flatMap(([key, { state }]) => (state === undefined ? [] : [[key, state] as const])),
  ]);
}
