import type { RelayEvent } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import type { Lane } from './rate.ts';
import { byTime, subjectOf, type Waiting } from './stories.ts';

const URGENT = severities.indexOf('error');

/** Critical events and errors go before all else, and what somebody did about them; what tells that one is over does not. */
export const laneOf = (event: RelayEvent): Lane =>
  event.kind === 'act' || (severities.indexOf(event.severity) >= URGENT && !isOver(toBrief(event)))
    ? 'urgent'
    : 'usual';

/** Events that leave together, as one message. */
export interface Unit<T> {
  readonly lane: Lane;
  readonly members: readonly T[];
}

/** How a receiver is told of what waits for it. */
interface Telling {
  /** Whether the usual events leave as one message, and those of one story too. */
  readonly together: boolean;
  /** So many stories that are urgent are told each by itself. */
  readonly mostAlone: number;
  /** By which message that lives on each is told; undefined where it has none. */
  readonly goesOnIn?: ReadonlyMap<string, string>;
}

/**
 * The messages that events leave in, in the order in which they leave: each urgent story alone, the worst first, then the
 * oldest; then the rest; last, what was tried twice in vain. What is urgent and has ended meanwhile is told with its end.
 */
export function unitsOf<T extends Waiting & { readonly tries: number }>(
  waiting: readonly T[],
  { together, mostAlone, goesOnIn = new Map() }: Telling,
): readonly Unit<T>[] {
  // What goes on in a message of its own is told there: no digest can say it in its place.
  const [going, others] = halved(waiting, ({ event }) => goesOnIn.has(event.id));
  const inPlace = stepsOf(going, goesOnIn);
  // What was refused before keeps nobody waiting who was not.
  const all = others.toSorted((a, b) => (together ? 0 : a.tries - b.tries) || byTime(a.event, b.event));
  const ended = together ? endedIn(all) : new Set();
  const isUrgent = (each: T) => laneOf(each.event) === 'urgent' && !ended.has(subjectOf(each));
  const { urgent = [], usual = [] } = Object.groupBy(all, (each) => (isUrgent(each) ? 'urgent' : 'usual'));
  const stories = groups(urgent, together ? subjectOf : undefined);
  const alone = together && stories.length > mostAlone ? [urgent] : stories.toSorted((a, b) => worst(b) - worst(a));
  const units = [
    ...alone.map((members) => ({ lane: 'urgent' as const, members })),
    ...inPlace,
    ...groups(usual, together ? besideOthers : undefined).map((members) => ({ lane: 'usual' as const, members })),
  ].toSorted((a, b) => Number(a.lane === 'usual') - Number(b.lane === 'usual'));
  return units.toSorted((a, b) => Number(isRefused(a)) - Number(isRefused(b)));
}

/** A review is worth a message of its own; all else leaves as one. */
const besideOthers = ({ event }: Waiting): string => (event.kind === 'review' ? event.id : '');

// A receiver that is away takes no other either; one that is there and refuses this alone shows it by what comes first.
const REFUSALS = 2;

/** Whether a message was tried so often in vain that the others come first: of whatever lane, it keeps none of them waiting. */
const isRefused = ({ members }: Unit<{ readonly tries: number }>): boolean =>
  members.every(({ tries }) => tries >= REFUSALS);

/** Of one message, so many steps are told each by itself; of more, the newest speaks for those before it. */
const STEPS = 3;

function stepsOf<T extends Waiting & { readonly tries: number }>(
  going: readonly T[],
  goesOnIn: ReadonlyMap<string, string>,
): readonly Unit<T>[] {
  const byMessage = Map.groupBy(
    going.toSorted((a, b) => byTime(a.event, b.event)),
    ({ event }) => goesOnIn.get(event.id),
  );
  return [...byMessage.values()].flatMap((steps) => {
    const lane = steps.some(({ event }) => laneOf(event) === 'urgent') ? 'urgent' : 'usual';
    const stories = steps.length > STEPS ? [...groups(steps, subjectOf)] : steps.map((step) => [step]);
    return stories.map((members) => ({ lane, members }) as const);
  });
}

const halved = <T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(isFirst),
  all.filter((each) => !isFirst(each)),
];

/** What stories tell of whose newest event says that they are over. */
const endedIn = (all: readonly Waiting[]): ReadonlySet<unknown> =>
  new Set(
    [...new Map(all.map((each) => [subjectOf(each), each.event]))]
      .filter(([, newest]) => isOver(toBrief(newest)))
      .map(([subject]) => subject),
  );

const groups = <T>(all: readonly T[], by: ((each: T) => string) | undefined): readonly (readonly T[])[] =>
  by === undefined ? all.map((each) => [each]) : [...Map.groupBy(all, by).values()];

const worst = (members: readonly { readonly event: RelayEvent }[]): number =>
  Math.max(...members.map(({ event }) => severities.indexOf(event.severity)));
