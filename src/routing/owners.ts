import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { severities } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { line } from '../event/text.ts';
import type { Mention } from '../formatters/slots.ts';
import type { Matching } from './conditions.ts';
import { type Match, matcher } from './match.ts';

/** Everybody in the channel of Slack: who is active there, or all. */
export const EVERYBODY = ['@here', '@channel'] as const;

const person = z
  .strictObject({
    user: z.string().min(1).optional().describe('Slack: a member id, U… or W…. Teams: a sign-in name or an object id.'),
    group: z.string().min(1).optional().describe('Slack only: the id of a user group, S….'),
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
        'Whom to call, by the name of the receiver: somebody, or in Slack `"@here"` (who is active in the channel) or `"@channel"` (everybody in it).',
      ),
  });

/** Who is called for some events. */
export interface Owner {
  /** Names it in digests: of whom it calls, so that another file with the same people has the same. */
  readonly key: string;
  readonly match: Match;
  /** By the name of the receiver. */
  readonly mentions: Readonly<Record<string, Mention>>;
}

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

/** The keys of the owners that an event fits, in their order: a digest remembers them, as it does not hold its events. */
export const keysFor = (event: RelayEvent, owners: readonly Owner[]): readonly string[] =>
  event.kind === 'digest'
    ? (event.calls?.flat() ?? [])
    : owners.filter(({ match }) => match(event)).map(({ key }) => key);

// More names at once are a crowd in which nobody feels called.
const MOST_CALLED = 5;

/** Whom an event calls at a receiver: the first owner that it fits and who can be called there; a digest, those of all in it. */
export function mentionsFor(event: RelayEvent, receiver: string, owners: readonly Owner[]): readonly Mention[] {
  const there = owners.filter(({ mentions }) => Object.hasOwn(mentions, receiver));
  const first = (fits: (owner: Owner) => boolean) => there.find(fits)?.mentions[receiver] ?? [];
  const own = [first(({ match }) => match(event))].flat();
  if (event.kind !== 'digest' || event.calls === undefined) return own;
  const called = event.calls.flatMap((keys) => first(({ key }) => keys.includes(key)));
  return [...new Set(called.length > 0 ? called : own)].slice(0, MOST_CALLED);
}
