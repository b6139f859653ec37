import * as z from 'zod';
import { severities } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { line } from '../event/text.ts';
import type { Mention } from '../message/slots.ts';
import type { Matching } from './conditions.ts';
import { type Match, matcher } from './match.ts';
import type { Owner } from './owners.ts';

/** Everybody in the channel of Slack: who is active there, or all. */
export const EVERYBODY = ['@here', '@channel'] as const;

const person = z
  .strictObject({
    user: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Slack: a member id, U… or W…. Teams: a sign-in name or an object id. Mattermost: a user name. Google Chat: a numeric id.',
      ),
    group: z
      .string()
      .min(1)
      .optional()
      .describe('Slack: the id of a user group, S…. Mattermost: the name of a group. Not in Teams and Google Chat.'),
    name: line(80).min(1).describe('As people read it.'),
  })
  .refine(
    ({ user, group }) => (user === undefined) !== (group === undefined),
    'expected a user or a group, one of them',
  );

const mention = z.union([person, z.enum(EVERYBODY)]);

export const ownerOf = (match: Matching) =>
  z.strictObject({
    match: match.optional().describe('Which events; of severity error and critical, unless it names a severity.'),
    mention: z
      .record(z.string(), mention)
      .describe(
        'Whom to call, by the name of the receiver: somebody, or in Slack, Mattermost and Google Chat `"@here"` (who is active in the channel) or `"@channel"` (everybody in it), which are the same in Google Chat.',
      ),
  });

// People are called for what somebody must act on.
const ESCALATES: Match = ({ severity }) => severities.indexOf(severity) >= severities.indexOf('error');

export function compileOwner({ match = {}, mention }: z.infer<ReturnType<typeof ownerOf>>): Owner {
  const fits = matcher(match);
  return {
    key: identity('owner', JSON.stringify(mention)).slice(0, 12),
    match: match.severity === undefined ? (event) => ESCALATES(event) && fits(event) : fits,
    mentions: Object.fromEntries(Object.entries(mention).map(([receiver, whom]) => [receiver, mentionOf(whom)])),
  };
}

function mentionOf(whom: z.infer<typeof mention>): Mention {
  if (typeof whom === 'string') return { type: 'all', id: whom.slice(1), name: whom.slice(1) };
  const { user, group = '', name } = whom;
  return user === undefined ? { type: 'group', id: group, name } : { type: 'user', id: user, name };
}
