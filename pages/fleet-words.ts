import { spanOf } from './fleet-age.ts';
import type { Instance, SetView, Words } from './fleet-data.ts';

type Reason = Instance['reasons'][number];

/** Where Azure says that an instance differs, and shows nothing that does. */
const NO_REASON: Reason = { kind: 'unexplained' };

/** "image version 1.4.2 → 1.5.0". */
function reasonText({ kind, name, from, to }: Reason, words: Words): string {
  const change = [from, to].filter((part) => part !== undefined).join(' → ');
  const details = [name, change].filter((part) => part !== undefined && part !== '').join(', ');
  return `${words.reason[kind] ?? kind}${details && `: ${details}`}`;
}

export const reasonsOf = ({ reasons }: Instance, words: Words): readonly string[] =>
  (reasons.length === 0 ? [NO_REASON] : reasons).map((reason) => reasonText(reason, words));

/** Equal reasons together with whom they are of, the most frequent first. */
export function byReason(
  instances: readonly Instance[],
  words: Words,
): readonly { readonly text: string; readonly ids: readonly string[] }[] {
  const found = new Map<string, string[]>();
  for (const instance of instances) {
    for (const text of reasonsOf(instance, words)) {
      const ids = found.get(text);
      if (ids === undefined) found.set(text, [instance.id]);
      else ids.push(instance.id);
    }
  }
  return [...found].map(([text, ids]) => ({ text, ids })).sort((one, other) => other.ids.length - one.ids.length);
}

const STATE: Readonly<Record<Instance['state'], string | undefined>> = {
  ok: undefined,
  updating: 'updating now',
  failed: 'failed',
  unhealthy: 'unhealthy',
};

export const hasFailed = ({ state }: Instance): boolean => state === 'failed' || state === 'unhealthy';

/** What else there is to an instance: "failed", "skipped by upgrades". */
export const marksOf = (instance: Instance): readonly string[] =>
  [STATE[instance.state], instance.held ? 'skipped by upgrades' : undefined].filter((mark) => mark !== undefined);

export const verdictText = ({ verdict }: { readonly verdict: string }, words: Words): string =>
  words.verdict[verdict] ?? verdict;

/** "4 days", "at least 4 days"; empty where nothing is behind. */
export function ageText({ since, sinceAtLeast }: SetView, now: number): string {
  if (since === undefined) return '';
  return `${sinceAtLeast ? 'at least ' : ''}${spanOf(since, now)}`;
}

/** "3 of 10 behind"; of a set that was not read, what is known from before, if anything is. */
export function countsText({ verdict, behind, total }: Pick<SetView, 'verdict' | 'behind' | 'total'>): string {
  const of = `${behind} of ${total ?? 'an unknown number'}`;
  if (verdict === 'unread') return behind === 0 ? 'not read' : `${of} behind before`;
  return behind > 0 ? `${of} behind` : total === undefined ? 'none behind' : `all ${total}`;
}

const TONE: Readonly<Record<string, string>> = {
  ...{ clean: 'good', held: 'meant', managed: 'meant', canary: 'meant' },
  ...{ rolling: 'busy', waiting: 'busy', awaitingApproval: 'busy' },
  ...{ rolledBack: 'bad', faulted: 'bad', stalled: 'bad', autoFailed: 'bad', unread: 'unknown' },
};

/** How a verdict looks: colour and sign. Whatever is not named here wants somebody. */
export const toneOf = ({ verdict }: { readonly verdict: string }): string => TONE[verdict] ?? 'warning';
