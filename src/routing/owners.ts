import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { severities } from '../event/fields.ts';
import { line } from '../event/text.ts';
import type { Mention } from '../formatters/slots.ts';
import type { Matching } from './conditions.ts';
import { type Match, matcher } from './match.ts';

const mention = z
  .strictObject({
    user: z.string().min(1).optional().describe('Slack: a member id, U… or W…. Teams: a sign-in name or an object id.'),
    group: z.string().min(1).optional().describe('Slack only: the id of a user group, S….'),
    name: line(80).min(1).describe('As people read it.'),
  })
  .refine(
    ({ user, group }) => (user === undefined) !== (group === undefined),
    'expected a user or a group, one of them',
  );

export const ownerOf = (match: Matching) =>
  z.strictObject({
    match: match.optional().describe('Which events; of severity error and critical, unless it names a severity.'),
    mention: z.record(z.string(), mention).describe('Whom to call, by the name of the receiver.'),
  });

/** Who is called for some events. */
export interface Owner {
  readonly match: Match;
  /** By the name of the receiver. */
  readonly mentions: Readonly<Record<string, Mention>>;
}

// People are called for what somebody must act on.
const ESCALATES: Match = ({ severity }) => severities.indexOf(severity) >= severities.indexOf('error');

export function compileOwner({ match = {}, mention }: z.infer<ReturnType<typeof ownerOf>>): Owner {
  const fits = matcher(match);
  return {
    match: match.severity === undefined ? (event) => ESCALATES(event) && fits(event) : fits,
    mentions: Object.fromEntries(
      Object.entries(mention).map(([receiver, { user, group, name }]) => [
        receiver,
        user === undefined ? { type: 'group', id: group ?? '', name } : { type: 'user', id: user, name },
      ]),
    ),
  };
}

/** Whom an event calls at a receiver: the first owner that it fits and who can be called there. */
export const mentionFor = (event: RelayEvent, receiver: string, owners: readonly Owner[]): Mention | undefined =>
  owners.find(({ match, mentions }) => Object.hasOwn(mentions, receiver) && match(event))?.mentions[receiver];
