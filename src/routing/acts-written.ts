import * as z from 'zod';
import { permissions } from './acts.ts';

const LEAST = 32;

const key = z
  .string()
  .min(LEAST, { error: `expected a key of at least ${LEAST} characters; \`openssl rand -base64 32\` makes one` });

const ids = z.union([z.literal('anyone'), z.array(z.string().trim().min(1).max(100)).min(1).max(200)]);

/** The buttons of messages, as they are written. */
export const actionsOf = z.strictObject({
  key: z
    .union([key, z.array(key).min(1).max(2)])
    .describe('**Needed**. What the buttons are signed with; two while one is rotated, the newest first.'),
  url: z
    .url({ protocol: /^https$/, error: 'expected an https: URL' })
    .optional()
    .describe('Where people reach this relay; without it, the address that Azure has for the app.'),
  morning: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day, such as 07:00')
    .optional()
    .describe('When a silence until morning ends, by the clock of the receiver; without it, 07:00.'),
  links: z
    .boolean()
    .optional()
    .describe('Whether chats whose buttons only open pages get signed links; without it, they do.'),
  may: z
    .strictObject(
      Object.fromEntries(permissions.map((name) => [name, ids.optional()])) as Record<
        (typeof permissions)[number],
        z.ZodOptional<typeof ids>
      >,
    )
    .optional()
    .describe(
      'Who may do what: ids of users in Slack or of Entra ID in Teams, or `anyone`, as without it. Whoever opens a link has none.',
    ),
});
