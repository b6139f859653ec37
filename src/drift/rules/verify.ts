import { subscriptionOf } from './ids.ts';
import { type DriftState, isOpen, type SetState } from './state.ts';

/** A set that a weak or cheap reading calls drifted. */
export interface Candidate {
  /** Lower-cased ARM id. */
  readonly id: string;
  readonly behind: number;
  /** Where the model was read as well. */
  readonly modelHash?: string;
}

/**
 * The sets that must be read strongly before anything is said of them, most urgent first: drift that is new, or whose
 * count or model changed; drift that may be over; and what is due to be told again or judged anew. Drift that is known
 * and unchanged is not read. `covered`: the subscriptions that the candidates are complete for.
 */
export function strongReads(
  candidates: readonly Candidate[],
  state: DriftState | undefined,
  covered: ReadonlySet<string>,
  now: number,
): readonly string[] {
  const sets = new Map(Object.entries(state?.sets ?? {}));
  const named = new Set(candidates.map(({ id }) => id));
  const fresh = candidates.filter(({ id }) => isNew(sets.get(id))).map(({ id }) => id);
  const changed = candidates.filter((each) => hasChanged(each, sets.get(each.id))).map(({ id }) => id);
  const over = [...sets].filter(([id, set]) => mayBeOver(set) && !named.has(id) && covered.has(subscriptionOf(id)));
  const due = [...sets].filter(([, { dueAt }]) => dueAt !== undefined && Date.parse(dueAt) <= now);
  return [...new Set([...fresh, ...changed, ...over.map(([id]) => id), ...due.map(([id]) => id)])];
}

const isNew = (known: SetState | undefined): boolean => known === undefined || known.behind === 0;

const hasChanged = ({ behind, modelHash }: Candidate, known: SetState | undefined): boolean =>
  known !== undefined && (known.behind !== behind || (modelHash !== undefined && known.modelHash !== modelHash));

/** Old images are no candidates: they are looked for once a day. */
const mayBeOver = (set: SetState): boolean => isOpen(set) && set.verdict !== 'hidden';
