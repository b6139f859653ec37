import * as z from 'zod';

/** What is remembered of a story: when it ended (ISO), if it has. */
export const storyEnd = z.object({ ended: z.string().optional() });
