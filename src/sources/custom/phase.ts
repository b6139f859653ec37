import { nearest } from '../../problems/spelling.ts';

type Given = Readonly<Record<string, unknown>>;

const SAID = new Set(['status', 'state', 'result', 'conclusion']);

/** What people call how a deployment or a scaling stands; of a scaling, whose phases are fewer, the rest is unknown. */
const PHASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    succeeded: 'succeeded success successful ok done complete completed passed finished',
    failed: 'failed fail failure failing error errored broken unsuccessful timeout timed_out timedout',
    started: 'started start running in_progress inprogress deploying',
    cancelled: 'cancelled canceled aborted',
    waiting: 'waiting pending',
  }).flatMap(([phase, words]) => words.split(' ').map((word) => [word, phase] as const)),
);

/**
 * How an event of one's own stands that has no `phase`. Nothing that somebody wrote of it is told as a success: another key
 * that says it is read, and what only a failure has, or what looks like one, makes none.
 */
export function phaseOf(given: Given): { readonly phase?: string; readonly word?: string } {
  const isDeployment = given['kind'] === 'deployment';
  if (!isDeployment && given['kind'] !== 'scale') return {};
  if (given['word'] !== undefined) return { phase: 'unknown' };
  const said = wordIn(given);
  if (said !== undefined) {
    const phase = PHASES.get(said.toLowerCase().replace(/[\s-]+/g, '_'));
    const isIts = phase !== undefined && (isDeployment || !['cancelled', 'waiting'].includes(phase));
    return isIts ? { phase } : { phase: 'unknown', word: said };
  }
  if (given['failedStep'] || given['errorCode']) return { phase: 'failed' };
  return { phase: given['severity'] === 'error' || given['severity'] === 'critical' ? 'unknown' : 'succeeded' };
}

/** The word under another key than `phase`, where one is meant by it. */
function wordIn(given: Given): string | undefined {
  if (given['phase'] !== undefined) return undefined;
  // Not among any number of keys: to look for what was meant takes its time.
  const found = Object.entries(given)
    .slice(0, 50)
    .find(([key, value]) => typeof value === 'string' && value.trim() !== '' && meansPhase(key));
  return typeof found?.[1] === 'string' ? found[1].trim() : undefined;
}

const meansPhase = (key: string): boolean => SAID.has(key.toLowerCase()) || nearest(key, ['phase']) === 'phase';
