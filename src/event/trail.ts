import * as z from 'zod';
import { brief } from './brief.ts';
import type { RelayEvent } from './event.ts';
import { seconds, timestamp } from './fields.ts';
import { toBrief } from './importance.ts';

/** One step of a conversation of several stories, as its message names it. Any brief is one. */
const step = brief.pick({ kind: true, state: true, figure: true }).extend({
  /** When it happened. */
  at: timestamp.optional(),
  /** How long what it ends took. */
  seconds: seconds.optional(),
});

export type Step = z.infer<typeof step>;

/** The steps of a conversation, as a row of the ledger holds them. */
export const trail = z.array(step).readonly();

/** So many steps are remembered: the first, which says what it is about, and the latest. */
export const MOST_STEPS = 12;

/** The step that an event is. */
export function toStep(event: RelayEvent): Step {
  const { kind, state, figure } = toBrief(event);
  const duration = 'duration' in event ? event.duration : undefined;
  return {
    ...{ kind, state, at: event.occurredAt },
    ...(figure !== undefined && { figure }),
    ...(duration !== undefined && { seconds: duration }),
  };
}

/** The steps with one more, in the order of their time, whatever order they came in. What is told twice is one step. */
export function withStep(steps: readonly Step[], event: RelayEvent): readonly Step[] {
  const added = toStep(event);
  if (steps.some((each) => nameOf(each) === nameOf(added))) return steps;
  const all = [...steps, added].toSorted(inTime);
  return all.filter((_, at) => at === 0 || at > all.length - MOST_STEPS);
}

const nameOf = ({ kind, state, figure, at, seconds: took }: Step): string =>
  JSON.stringify([at ?? '', kind, state, figure ?? '', took ?? 0]);

const inTime = (a: Step, b: Step): number => (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b)));
