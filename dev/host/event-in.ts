import * as z from 'zod';
import { shortId } from '../../src/event/identity.ts';

const marked = z.string().regex(/^event-/);
const slackId = z.object({ blocks: z.tuple([z.object({ block_id: marked })], z.unknown()) });
const teamsId = z.object({
  attachments: z.tuple([z.object({ content: z.object({ body: z.tuple([z.object({ id: marked })], z.unknown()) }) })]),
});

const cloudEvent = z.object({ specversion: z.string(), data: z.object({ id: z.string() }) });

/**
 * The short id of the event that a message tells: the formatters put it into the first block and the first element;
 * a webhook has the event itself.
 */
export function eventIn(payload: unknown): string | undefined {
  const id =
    slackId.safeParse(payload).data?.blocks[0].block_id ??
    teamsId.safeParse(payload).data?.attachments[0].content.body[0].id;
  if (id !== undefined) return id.slice('event-'.length);
  const whole = cloudEvent.safeParse(payload).data;
  return whole && shortId(whole.data.id);
}
