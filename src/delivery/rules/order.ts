import type { RelayEvent } from '../../event/event.ts';
import { remindedAt } from '../../event/firing.ts';
import { storyOf } from '../../event/story.ts';
import { MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { beginningOf, endedAfter, isEnd, type ScalingStep, scalingStepOf, sentBefore, withStep } from './scaling.ts';
import { endOf, isOpenAt, type StoryMemory, withEnd, withSent } from './story.ts';

const LATE_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** Whether an event is told so long after it happened that its message must say so. `now` is in milliseconds. */
export const isLate = (event: RelayEvent, now: number): boolean =>
  now - Date.parse(remindedAt(event)?.at ?? event.occurredAt) > LATE_MILLISECONDS;

/** An event's place in its story, for events whose order matters. */
export interface StoryPosition {
  /** Names the story: the alert's instance, the step of a deployment in one environment. */
  readonly story: string;
  /** Whose story it is. */
  readonly source: string;
  /** Whether the story ends with it: nothing that happened before is news any more. */
  readonly final: boolean;
  /** ISO, UTC. */
  readonly at: string;
  /** Of a scaling: a scale set has one after the other, and their story is told by several senders. */
  readonly step?: ScalingStep;
}

const FINAL_PHASES: readonly string[] = ['succeeded', 'failed', 'cancelled', 'rejected'];

/** Where an event stands in its story; undefined where each event is news by itself. `proven`: its source proved itself. */
export function positionInStory(event: RelayEvent, proven = false): StoryPosition | undefined {
  const { source, occurredAt: at } = event;
  const story = storyOf(event);
  if (story === undefined) return undefined;
  if (event.kind !== 'scale') return { story, source, final: isFinal(event), at };
  const step = scalingStepOf(event, proven);
  return step && { story, source, final: isEnd(step), at, step };
}

const isFinal = (event: RelayEvent): boolean =>
  (event.kind === 'alert' && event.state === 'resolved') ||
  ('phase' in event && FINAL_PHASES.includes(`${event.phase}`));

/** When (ISO) what an event tells had ended, by what is remembered of its story; undefined where it has not, or is the end. */
export function overSince(place: StoryPosition, memory: StoryMemory, now: number): string | undefined {
  const { step, source } = place;
  const over = step === undefined ? endOf(memory, source) : endedAfter(step, memory.scalings ?? []);
  return over !== undefined && isSuperseded(place, over, now) ? over : undefined;
}

/** Why an event is no news any more, by what is remembered of its story: it would tell of a past state, or tell it twice. */
export function whySuperseded(place: StoryPosition, memory: StoryMemory, now: number): string | undefined {
  const { step } = place;
  const { scalings = [] } = memory;
  if (overSince(place, memory, now) !== undefined) return 'story-ended';
  return step !== undefined && sentBefore(step, scalings) !== undefined ? 'same-occurrence' : undefined;
}

/** What is remembered of a story once this event was dealt with; `quiet` where it was kept back. */
export function remembering(place: StoryPosition, known: StoryMemory, quiet: boolean): StoryMemory {
  const { step, source, final, at } = place;
  const { scalings = [] } = known;
  if (step === undefined) {
    if (final) return withEnd(known, source, at);
    return quiet ? known : withSent(known, source, at);
  }
  const same = sentBefore(step, scalings);
  return { ...known, scalings: withStep({ ...step, ...(same && { same }), ...(quiet && { quiet }) }, scalings) };
}

/** Whether it ends what was told: whoever knows of the beginning waits for it. */
export function endsSent({ step, source, final, at }: StoryPosition, memory: StoryMemory): boolean {
  if (!final) return false;
  if (step === undefined) return isOpenAt(memory, source, at);
  const began = beginningOf(step, memory.scalings ?? []);
  return began !== undefined && !began.quiet;
}

/** By how much a sender's clock may be ahead of ours. */
const AHEAD_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/**
 * Whether a story had ended, at `ended` (ISO), before an event that comes at `now` (milliseconds): it would tell of a past
 * state. An end that is still to come was told by a clock that had jumped: what it calls past may well be news.
 */
export const isSuperseded = ({ final, at }: StoryPosition, ended: string, now: number): boolean =>
  !final && at <= ended && Date.parse(ended) <= now + AHEAD_MILLISECONDS;
