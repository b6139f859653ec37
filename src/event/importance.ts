import { type Brief, PLACE, SUBJECT } from './brief.ts';
import type { EventOf, RelayEvent } from './event.ts';
import { type Severity, severities, worst } from './fields.ts';
import { outline, titled } from './outline.ts';
import { whereBehind } from './place.ts';
import { isTest } from './test-mark.ts';
import { cut } from './text.ts';

/** An event in brief. */
export function toBrief(event: RelayEvent): Brief {
  const { state, figure, ...named } = outline(event);
  // A deployment is named with what it is brought to: "shop → production".
  const isBrought = event.kind === 'deployment' && !!event.environment;
  const place = isBrought ? undefined : whereBehind(event, named.subject);
  const link = event.links.find(({ rel, url: { length } }) => rel !== 'runbook' && length <= 1_000)?.url;
  return {
    kind: event.kind,
    state,
    subject: cut(isBrought ? titled(named) : named.subject, SUBJECT),
    ...(figure !== undefined && { figure }),
    severity: event.severity,
    ...(place && { place: cut(place, PLACE) }),
    ...(link && { url: link }),
    ...(isTest(event) && { test: true }),
  };
}

// Nobody has to look at it any more. By kind and state, which also say it of what an older release wrote.
const OVER: ReadonlySet<string> = new Set([
  'alert resolved',
  'drift resolved',
  'drift managed',
  'deployment succeeded',
  'notice receiverBack',
  'notice driftReadable',
]);

type State = Pick<Brief, 'kind' | 'state' | 'test' | 'over'>;

// A test is nobody's to look at, however bad what it plays.
export const isOver = ({ kind, state, test = false, over }: State): boolean =>
  test || over !== undefined || OVER.has(`${kind} ${state}`);

/** Of several events, the one that leads comes first: the worst that is not over. What is over comes last. */
export const byImportance = (a: State & Pick<Brief, 'severity'>, b: State & Pick<Brief, 'severity'>): number =>
  Number(isOver(a)) - Number(isOver(b)) || rank(b) - rank(a);

const severityOf = ({ severity = 'info' }: Pick<Brief, 'severity'>): Severity => severity;

const rank = (brief: Pick<Brief, 'severity'>): number => severities.indexOf(severityOf(brief));

/** How bad several events are together: as the worst that is not over. */
export const worstOf = (events: readonly (State & Pick<Brief, 'severity'>)[]): Severity =>
  worst(events.filter((each) => !isOver(each)).map(severityOf));

/** Of several events, how many beside the one that leads are as severe as that, and not over; undefined where that is no trouble. */
export function asSevereOf(events: readonly (State & Pick<Brief, 'severity'>)[]): number | undefined {
  const [lead, ...others] = events.toSorted(byImportance);
  if (lead === undefined || others.length === 0 || isOver(lead) || rank(lead) < rank({ severity: 'warning' }))
    return undefined;
  return others.filter((each) => !isOver(each) && rank(each) >= rank(lead)).length;
}

/** The stories of a digest in the order in which they are told; an older release put what is over first at times. */
export const inOrder = (stories: EventOf<'digest'>['stories']): EventOf<'digest'>['stories'] =>
  stories.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)));
