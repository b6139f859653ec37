/** What people and other systems call what we have another word for. Where two fit, the first that can stand there is meant. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
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
  known.find((word) => Object.hasOwn(OTHERS, word) && OTHERS[word]?.includes(wanted));
