import { deployedName } from './deployed.ts';
import type { EventKind, EventOf, RelayEvent } from './event.ts';
import { whereBehind } from './place.ts';

/** The state that an event tells, in its kind's own words: what a message says first, and what a digest counts. */
export interface States {
  /** Under way, done, and what came of it; `failed` and `held` alone are in digests of older releases. */
  readonly scale:
    | 'scalingOut'
    | 'scalingIn'
    | 'out'
    | 'in'
    | 'failedOut'
    | 'failedIn'
    | 'heldOut'
    | 'heldIn'
    | 'unknownOut'
    | 'unknownIn'
    /** What became of its machines, looked up afterwards: all came or went; not all in the time; others could not be made. */
    | 'added'
    | 'removed'
    | 'notAdded'
    | 'notRemoved'
    | 'partOut'
    | 'failed'
    | 'held';
  readonly deployment:
    | EventOf<'deployment'>['phase']
    | NonNullable<EventOf<'deployment'>['outcome']>
    | (typeof CHECKS)[keyof typeof CHECKS]
    | 'checkWarnings';
  readonly artifact: EventOf<'artifact'>['action'];
  readonly alert:
    | EventOf<'alert'>['state']
    | NonNullable<EventOf<'alert'>['phase']>
    | (typeof LACKS)[NonNullable<EventOf<'alert'>['lack']>]
    /** Its sender's word for how it stands is one that nobody here knows. */
    | 'unknown'
    /** Told again by the relay itself: it fires, or nobody knows any more. */
    | 'still'
    | 'closed';
  readonly drift: EventOf<'drift'>['verdict'] | 'resolved' | 'unseen' | 'managed';
  readonly custom: EventOf<'custom'>['severity'];
  readonly notice: EventOf<'notice'>['topic'];
  readonly digest: EventOf<'digest'>['cause'];
  readonly act: EventOf<'act'>['action'];
  /** A week, and one in which no sender told anything. */
  readonly review: 'week' | 'empty';
}

/** An event in brief, the same in every language: what state, of what, where, and the number that matters. */
export interface Outline<Kind extends EventKind = EventKind> {
  readonly state: States[Kind];
  readonly subject: string;
  /** Its place, as it follows the subject: " (prod)"; " → prod" where something is brought there. */
  readonly where: string;
  readonly figure?: string | undefined;
}

const LACKS = { data: 'noData', answer: 'noAnswer', series: 'noSeries' } as const;

/** The outline of an event, by its kind. A new kind does not compile until it has one. */
const OUTLINES: { readonly [Kind in EventKind]: (event: EventOf<Kind>) => Omit<Outline<Kind>, 'where'> } = {
  scale: (event) => ({ state: scaleState(event), subject: event.resource.name, figure: scaleFigure(event) }),
  deployment: (event) => ({
    state: deploymentState(event),
    subject: deployedName(event),
    figure: short(event.version),
  }),
  artifact: ({ action, name, version }) => ({ state: action, subject: name, figure: short(version) }),
  alert: (event) => ({ state: alertState(event), subject: event.rule, figure: event.level }),
  drift: ({ change, verdict, resource, behind, total, unseen }) => ({
    state: change !== 'resolved' ? verdict : unseen ? 'unseen' : 'resolved',
    subject: resource.name,
    figure: behind === 0 && change !== 'resolved' ? undefined : `${behind} / ${total}`,
  }),
  custom: ({ severity, title }) => ({ state: severity, subject: title }),
  notice: ({ topic, about }) => ({ state: topic, subject: about }),
  digest: ({ cause, resource, total }) => ({ state: cause, subject: resource.name, figure: `${total}` }),
  act: ({ action, of }) => ({ state: action, subject: of.subject }),
  review: ({ events, from, until }) => ({ state: events.now === 0 ? 'empty' : 'week', subject: daysOf(from, until) }),
};

export function outline<Kind extends EventKind>(event: EventOf<Kind>): Outline<Kind> {
  // The compiler does not see that an event's own kind picks the function for it.
  const own = (OUTLINES[event.kind as Kind] as (event: RelayEvent) => Omit<Outline<Kind>, 'where'>)(event);
  return { ...own, where: follows(event, own.subject) };
}

const DAY = 86_400_000;

/** "2026-11-23 – 2026-11-29": the first and the last day of a time that ends as the next one begins. */
const daysOf = (from: string, until: string): string =>
  `${from.slice(0, 10)} – ${new Date(Date.parse(until) - DAY).toISOString().slice(0, 10)}`;

/** "shop-web (prod)", "shop → production". */
export const titled = ({ subject, where }: Pick<Outline, 'subject' | 'where'>): string => subject + where;

function follows(event: RelayEvent, subject: string): string {
  // As what it was done with is named.
  if (event.kind === 'act') return event.of.place ? ` (${event.of.place})` : '';
  const where = whereBehind(event, subject);
  if (where === undefined) return '';
  return event.kind === 'deployment' && event.environment ? ` → ${where}` : ` (${where})`;
}

/** Of what is only tried: "Deployment failed" would be wrong, and frighten. It waits, is approved and rejected as a deployment is. */
const CHECKS = {
  started: 'checkStarted',
  succeeded: 'checkSucceeded',
  failed: 'checkFailed',
  cancelled: 'checkCancelled',
  unknown: 'checkUnknown',
} as const;

function deploymentState({ check, outcome, phase }: EventOf<'deployment'>): States['deployment'] {
  if (!check) return outcome ?? phase;
  const states: Partial<Record<typeof phase, States['deployment']>> = CHECKS;
  return outcome === undefined ? (states[phase] ?? phase) : 'checkWarnings';
}

function alertState({ state, phase, lack, word, still }: EventOf<'alert'>): States['alert'] {
  if (still !== undefined) return still.closed ? 'closed' : 'still';
  if (phase !== undefined) return phase;
  if (lack !== undefined) return LACKS[lack];
  return state === 'fired' && word !== undefined ? 'unknown' : state;
}

const SCALE_STATES = {
  started: { out: 'scalingOut', in: 'scalingIn' },
  succeeded: { out: 'out', in: 'in' },
  failed: { out: 'failedOut', in: 'failedIn' },
  held: { out: 'heldOut', in: 'heldIn' },
  unknown: { out: 'unknownOut', in: 'unknownIn' },
} as const satisfies Record<EventOf<'scale'>['phase'], Record<EventOf<'scale'>['direction'], States['scale']>>;

/** Of the machines in words of their own: the activity log tells the same scaling's end, and two ends read as two scalings. */
const MACHINE_STATES = {
  started: { out: 'notAdded', in: 'notRemoved' },
  succeeded: { out: 'added', in: 'removed' },
} as const satisfies Partial<Record<EventOf<'scale'>['phase'], object>>;

function scaleState({ phase, direction, machines }: EventOf<'scale'>): States['scale'] {
  if (machines === undefined) return SCALE_STATES[phase][direction];
  if (phase === 'started' && direction === 'out' && machines.failed) return 'partOut';
  const isTold = phase === 'succeeded' || (phase === 'started' && machines.waiting);
  return isTold ? MACHINE_STATES[phase][direction] : SCALE_STATES[phase][direction];
}

/** "3 → 6" for what changed, "3 ⇥ 6" for what stopped at 3, which each language has words for. */
function scaleFigure({ from, to, phase }: EventOf<'scale'>): string {
  // Where nobody knows how it ended, nobody knows where it stopped.
  const stopped = phase !== 'started' && phase !== 'succeeded' && phase !== 'unknown';
  if (from === undefined || (phase !== 'started' && phase !== 'succeeded' && from === to)) return `${to}`;
  return stopped ? `${from} ⇥ ${to}` : `${from} → ${to}`;
}

// The figure stands in a narrow column; a longer version is a fact.
const FIGURE = 12;

const short = (version: string | undefined): string | undefined =>
  version !== undefined && version.length <= FIGURE ? version || undefined : undefined;
