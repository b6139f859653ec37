import type { RelayEvent } from '../event/event.ts';
import { glob } from './glob.ts';
import type { Patterns } from './match.ts';

/** Which of a thing's two ends a route tells. */
export const tells = ['begins', 'ends', 'both'] as const;

export type Tell = (typeof tells)[number];

// What went as it should can be left out. A failure, an approval that is missing or was given, and what was held back or
// broken off are news by themselves.
const STEPS: Readonly<Record<string, Exclude<Tell, 'both'>>> = {
  requested: 'begins',
  started: 'begins',
  succeeded: 'ends',
};

/** A scaling is over in minutes and may fail meanwhile; that a deployment began is rarely news to who waits for its end. */
const DEFAULTS = { scale: 'both', deployment: 'ends' } as const satisfies Record<string, Tell>;

/** Whether an event is the beginning or the end of something; undefined where it is told in any case. */
const stepOf = (event: RelayEvent): Exclude<Tell, 'both'> | undefined =>
  event.kind === 'scale' || event.kind === 'deployment' ? STEPS[event.phase] : undefined;

/** Why a route that takes an event tells nobody of it, and what would change that. */
export const whyLeftOut = (event: RelayEvent): string =>
  `it tells no ${stepOf(event) === 'begins' ? 'beginnings' : 'ends'} of ${event.kind === 'scale' ? 'scalings' : 'deployments'} (tell: both would)`;

/** What a route says of that: the nearest `tell` of it and the routes around it, and every `phase` that these match. */
export interface Telling {
  readonly tell: Tell | undefined;
  readonly phases: readonly Patterns[];
}

export const NO_TELLING: Telling = { tell: undefined, phases: [] };

/** Whether a route tells an event that it takes. A phase that `match` names is wanted, whatever `tell` says. */
export function telling({ tell, phases }: Telling): (event: RelayEvent) => boolean {
  const named = phases
    .flat()
    .filter((pattern) => !pattern.startsWith('!'))
    .map(glob);
  return (event) => {
    const step = stepOf(event);
    if (step === undefined || (event.kind !== 'scale' && event.kind !== 'deployment')) return true;
    const wanted = tell ?? DEFAULTS[event.kind];
    return wanted === 'both' || wanted === step || named.some((fits) => fits(event.phase));
  };
}

/** Phases that a route tells although its `tell` leaves them out, because its `match` names them. */
export const phasesAllTheSame = (tell: Tell | undefined, phases: Patterns = []): readonly string[] =>
  tell === undefined || tell === 'both'
    ? []
    : Object.keys(STEPS).filter(
        (phase) => STEPS[phase] !== tell && [phases].flat().some((each) => !each.startsWith('!') && glob(each)(phase)),
      );

/** What a route tells that says nothing of it. */
export const tellsByDefault = telling(NO_TELLING);
