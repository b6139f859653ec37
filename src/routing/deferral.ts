import * as z from 'zod';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { timestamp } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { line } from '../event/text.ts';
import { iso } from '../event/time/units.ts';
import type { Matching } from './conditions.ts';
import { duration } from './duration.ts';
import { SHARED, sharedValues } from './in-common.ts';
import { type Field, type Match, matcher, type Patterns } from './match.ts';

export const deferralOf = (match: Matching) =>
  z.strictObject({
    during: match
      .optional()
      .describe(
        'Which deployments; without it, all. Only those count whose sender proved itself, by credentials under `sources`, or whose `source` is named here.',
      ),
    hold: match.optional().describe('What waits meanwhile; without it, scale and drift events.'),
    same: z
      .array(z.enum(SHARED))
      .min(1)
      .optional()
      .describe('What the deployment and the event must have in common; without it, `[resource]`.'),
    atMost: duration.optional().describe('How long at most, should its end never be told; without it, 2h.'),
  });

/** What waits while a deployment is under way. */
export interface Deferral {
  readonly during: Match;
  /** Sources, in lower case, whose deployments count without proof: the rule names them. */
  readonly named: readonly string[];
  readonly hold: Match;
  readonly same: readonly Field[];
  /** Milliseconds. */
  readonly atMost: number;
}

const NOISE = { kind: ['scale', 'drift'] };
const TWO_HOURS = 7_200_000;

export const compileDeferral = (given: z.infer<ReturnType<typeof deferralOf>>): Deferral => ({
  during: matcher(given.during ?? {}),
  named: namesIn(given.during?.source),
  hold: matcher(given.hold ?? NOISE),
  same: given.same ?? ['resource'],
  atMost: given.atMost ?? TWO_HOURS,
});

/** Of patterns, those that are names. */
const namesIn = (given: Patterns = []): readonly string[] =>
  [given].flat().flatMap((each) => (/^!|[*?]/.test(each) ? [] : each.toLowerCase()));

/** What is known of one deployment. Times are ISO, in UTC, by the sender's clock. */
const deployment = z.object({
  /** 32 hex digits. */
  id: z.string(),
  /** Whose it is; of the release before, which did not say it, anybody's. */
  source: z.string().optional(),
  what: line(200).min(1),
  startedAt: timestamp.optional(),
  endedAt: timestamp.optional(),
  until: timestamp.optional(),
});

type Deployment = z.infer<typeof deployment>;

/** What is known of the deployments under one key: what they and the events that wait for them have in common. */
export const underWay = z.object({
  /** 32 hex digits. */
  key: z.string(),
  deployments: z.array(deployment).min(1),
});

export type UnderWay = z.infer<typeof underWay>;

function keyFor(event: RelayEvent, { same }: Pick<Deferral, 'same'>): string | undefined {
  const values = sharedValues(event, same);
  return values && identity('inhibition', ...same, ...values);
}

type Phase = EventOf<'deployment'>['phase'];

const END: ReadonlySet<Phase> = new Set([
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
  // Whether it is an end, nobody knows; held back, what waits for it would be silent for longer than it must.
  'unknown',
]);

/** An event; `proven`: its source proved itself. */
interface Told {
  readonly event: RelayEvent;
  readonly proven: boolean;
}

/**
 * What a deployment's event tells of it under the key of each rule that it is for: that it begins or that it ends. Whoever
 * has not proved who it is must not hold anything back, unless the rule names its source.
 */
export function stepsOf({ event, proven }: Told, rules: readonly Deferral[]): readonly UnderWay[] {
  if (event.kind !== 'deployment' || event.check) return [];
  const { phase, source, subject, step = '', environment = '', story = subject, occurredAt } = event;
  if (phase !== 'started' && !END.has(phase)) return [];
  const steps = new Map<string, UnderWay>();
  for (const rule of rules) {
    const counts = proven || rule.named.includes(source.toLowerCase());
    const key = counts && rule.during(event) ? keyFor(event, rule) : undefined;
    // Of two rules with the same key the first decides.
    if (key === undefined || steps.has(key)) continue;
    const until = iso(Date.parse(occurredAt) + rule.atMost);
    const told = phase === 'started' ? { startedAt: occurredAt, until } : { endedAt: occurredAt };
    steps.set(key, {
      key,
      deployments: [{ id: identity('deployment', story, step, environment), source, what: subject, ...told }],
    });
  }
  return [...steps.values()];
}

/** So many deployments of one thing are remembered; those that are over go first. */
const MOST = 30;

/** What is known under a key after one more step. Whichever comes first, the later one by the sender's clock holds. */
export function advanced(known: UnderWay | undefined, step: UnderWay): UnderWay {
  const all = step.deployments.reduce<readonly Deployment[]>(
    (so, each) => [
      ...so.filter((one) => !isSame(one, each)),
      so.filter((one) => isSame(one, each)).reduce(later, each),
    ],
    known?.deployments ?? [],
  );
  const overFirst = [...all.filter(hasEnded), ...all.filter((each) => !hasEnded(each))];
  return { key: step.key, deployments: overFirst.slice(-MOST) };
}

const isSame = (one: Deployment, other: Deployment): boolean =>
  one.id === other.id && (one.source ?? other.source) === other.source;

const hasEnded = ({ startedAt = '', endedAt = '' }: Deployment): boolean => endedAt !== '' && endedAt >= startedAt;

function later(one: Deployment, other: Deployment): Deployment {
  const [startedAt, endedAt, until] = (['startedAt', 'endedAt', 'until'] as const).map((key) =>
    (one[key] ?? '') > (other[key] ?? '') ? one[key] : other[key],
  );
  return { ...one, ...(startedAt && { startedAt }), ...(endedAt && { endedAt }), ...(until && { until }) };
}

/** The deployment under a key that events wait for, if there is one. `now` in milliseconds. */
export const current = ({ deployments }: UnderWay, now: number): Deployment | undefined =>
  deployments.find(
    ({ startedAt, endedAt, until }) =>
      startedAt !== undefined &&
      until !== undefined &&
      now < Date.parse(until) &&
      (endedAt === undefined || endedAt < startedAt),
  );

/** Whether events wait for a deployment under a key. `now` in milliseconds. */
export const isUnderWay = (known: UnderWay, now: number): boolean => current(known, now) !== undefined;

/** The keys of the deployments that an event would wait for. */
export const keysHolding = (event: RelayEvent, rules: readonly Deferral[]): readonly string[] => [
  ...new Set(rules.flatMap((rule) => (rule.hold(event) ? (keyFor(event, rule) ?? []) : []))),
];
