import * as z from 'zod';
import { scalingStep } from './scaling.ts';

/** What is remembered under the name of a story: when it ended (ISO), if it has; of a scale set, the beginnings and ends of its scalings. */
export const storyMemory = z.object({
  /** By source: what one calls a story is another's only by its name. */
  ends: z.record(z.string(), z.string()).optional(),
  /** The latest of all, for the release before, which knows no other; in its rows, the end of a story of whatever source. */
  ended: z.string().optional(),
  /** By source: when the latest was told that did not end it, and that nothing kept back. */
  told: z.record(z.string(), z.string()).optional(),
  scalings: z.array(scalingStep).readonly().optional(),
});

export type StoryMemory = z.infer<typeof storyMemory>;

/** Stands for the sources of an end that the release before wrote down. */
const ANY = '';

const endsOf = ({ ends, ended }: StoryMemory): Readonly<Record<string, string>> =>
  ends ?? (ended === undefined ? {} : { [ANY]: ended });

const latest = (one = '', other = ''): string => (one > other ? one : other);

/** When (ISO) a source's story ended; undefined where it has not. */
export function endOf(memory: StoryMemory, source: string): string | undefined {
  const ends = endsOf(memory);
  return latest(ends[source], ends[ANY]) || undefined;
}

/** What is remembered once a source has told an end, at `at` (ISO). */
export function withEnd(memory: StoryMemory, source: string, at: string): StoryMemory {
  const ends = endsOf(memory);
  return { ...memory, ended: latest(memory.ended, at), ends: { ...ends, [source]: latest(ends[source], at) } };
}

/** What is remembered once a source has told, at `at` (ISO), what did not end it. */
export const withSent = (memory: StoryMemory, source: string, at: string): StoryMemory => ({
  ...memory,
  told: { ...memory.told, [source]: latest(memory.told?.[source], at) },
});

/** Whether a source has told what goes on until `at` (ISO). */
export function isOpenAt(memory: StoryMemory, source: string, at: string): boolean {
  const told = memory.told?.[source];
  return told !== undefined && told <= at && told > (endOf(memory, source) ?? '');
}
