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
