import * as z from 'zod';
import { scalingStep } from './scaling.ts';

/** What is remembered of a story: when it ended (ISO), if it has; of a scale set, the beginnings and ends of its scalings. */
export const storyMemory = z.object({
  ended: z.string().optional(),
  scalings: z.array(scalingStep).readonly().optional(),
});

export type StoryMemory = z.infer<typeof storyMemory>;
