interface Ranked {
  readonly word: string;
  /** The smaller, the nearer. */
  readonly away: number;
}

/** The known word that was most likely meant, without regard to case; undefined where none is near. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  // One letter is as near to every other one.
  const words = wanted.length < 2 ? [] : known.filter((word) => word.length > 1);
  // One slip in three letters; more of them make another word.
  const most = Math.max(1, Math.floor(wanted.length / 3));
  // What differs more in length alone is not looked at: a distance takes the product of both lengths.
  const near = words.filter((word) => Math.abs(word.length - wanted.length) <= most);
  // Where all are as near, as `Sev0` to `Sev4` are to `Sev5`, none of them was meant more than another.
  const ranked = near.map((word) => ({ word, away: distance(wanted, word.toLowerCase()) }));
  if (words.length > 2 && near.length === words.length && new Set(ranked.map(({ away }) => away)).size === 1) {
    return undefined;
  }
  const slipped = first(ranked);
  if (slipped !== undefined && slipped.away <= most) return slipped.word;
  return first(words.flatMap((word) => otherwiseEnded(wanted, word)))?.word ?? inOtherWords(wanted, known);
}

const first = (ranked: readonly Ranked[]): Ranked | undefined =>
  ranked.reduce<Ranked | undefined>((a, b) => (a !== undefined && a.away <= b.away ? a : b), undefined);

/** The same word in another form: "fail" for "failed", "scaling" for "scale". One of the two ends where they part, or a letter later. */
function otherwiseEnded(wanted: string, word: string): readonly Ranked[] {
  const other = word.toLowerCase();
  const at = [...wanted].findIndex((letter, index) => letter !== other[index]);
  const shared = at < 0 ? wanted.length : at;
  const longer = Math.max(wanted.length, other.length);
  const isSame = shared >= 3 && shared * 2 >= longer && Math.min(wanted.length, other.length) - shared <= 1;
  return isSame ? [{ word, away: longer - shared }] : [];
}

/** The end of a message about a misspelt word; empty where nothing is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const word = nearest(given, known);
  return word === undefined || word === given ? '' : `; did you mean \`${word}\`?`;
}

/** How many letters are missing, extra, wrong or changed places: Damerau and Levenshtein's, each place touched once. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next.push(
        Math.min(
          (last[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (last[at - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

/** What people and other systems call what we have another word for. Where two fit, the first that can stand there is meant. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  // Keys of events. What names an event comes before what it is about.
  title: ['name', 'subject', 'summary', 'headline', 'heading', 'label', 'rule', 'alertname'],
  subject: ['name', 'title', 'app', 'application', 'service', 'pipeline', 'job'],
  rule: ['name', 'title', 'alert', 'alertname', 'subject'],
  text: ['message', 'msg', 'description', 'body', 'content', 'details', 'detail', 'note'],
  description: ['message', 'msg', 'text', 'body', 'details'],
  output: ['message', 'log', 'error', 'text', 'description'],
  reason: ['message', 'text', 'description', 'why', 'cause'],
  phase: ['status', 'state', 'result'],
  state: ['status', 'phase'],
  action: ['status', 'state', 'phase'],
  severity: ['status', 'state', 'level', 'priority', 'urgency', 'importance', 'prio'],
  environment: ['env', 'stage'],
  links: ['link', 'url', 'urls', 'href'],
  occurredAt: ['time', 'timestamp', 'date', 'when', 'at', 'occurred', 'created_at', 'createdat'],
  properties: ['tags', 'labels', 'fields', 'metadata', 'meta', 'attributes', 'extra'],
  actor: ['user', 'author', 'by', 'who'],
  resource: ['name', 'title', 'host', 'hostname', 'server', 'service', 'target', 'instance'],
  kind: ['type', 'category'],
  critical: ['fatal', 'emergency', 'emerg', 'panic', 'urgent', 'blocker', 'disaster', 'page'],
  error: ['high', 'major', 'severe', 'failure', 'bad'],
  warning: ['medium', 'moderate', 'minor', 'average'],
  info: ['low', 'notice', 'debug', 'trace', 'verbose', 'normal', 'none', 'ok'],
  succeeded: ['finished', 'done', 'completed', 'passed', 'ok', 'green'],
  failed: ['broken', 'error', 'errored', 'red'],
  cancelled: ['aborted', 'stopped', 'skipped'],
  started: ['running', 'begun', 'in_progress', 'inprogress'],
  waiting: ['pending', 'blocked'],
  rejected: ['denied', 'declined'],
  fired: ['active', 'open', 'triggered', 'alerting', 'problem', 'alarm'],
  resolved: ['ok', 'closed', 'recovered', 'inactive', 'normal', 'cleared', 'recovery'],
  out: ['up', 'increase', 'grow'],
  in: ['down', 'decrease', 'shrink'],
  pushed: ['created', 'published', 'uploaded'],
  deleted: ['removed'],
};

/** The known word that says the same as the given one, in small letters; undefined where none does. */
export const inOtherWords = (wanted: string, known: readonly string[]): string | undefined =>
  Object.keys(OTHERS).find((word) => known.includes(word) && OTHERS[word]?.includes(wanted));
