import type { RelayEvent } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import { storyOf } from '../../event/story.ts';
import { isTest } from '../../event/test-mark.ts';

/** What an event does there: it opens, takes over or closes an alert, or is a change, which calls nobody. */
export type Action = 'trigger' | 'acknowledge' | 'resolve' | 'change';

/** From which severity on an event of a kind is an alert. What is told of a deployment or a scaling that is no failure calls nobody. */
const FROM: Readonly<Partial<Record<RelayEvent['kind'], (typeof severities)[number]>>> = {
  alert: 'info',
  drift: 'warning',
  custom: 'warning',
  notice: 'warning',
  digest: 'warning',
};

/** `over`: what it tells had ended by the time at which it is told (ISO, UTC). */
export function actionOf(event: RelayEvent, over?: string): Action {
  // Nobody is called for a test.
  if (isTest(event)) return 'change';
  if (event.kind === 'act') return event.action === 'acknowledged' ? 'acknowledge' : 'change';
  // An alert that its own sender has forgotten: nobody knows whether it is well, and nobody has to get up for it.
  if (event.kind === 'alert' && event.still?.closed) return 'change';
  if (over !== undefined || hasEnded(event)) return CLOSES.has(event.kind) ? 'resolve' : 'change';
  if (event.kind === 'alert' && /^ack(?:nowledged)?$/i.test(event.word ?? '')) return 'acknowledge';
  const from = severities.indexOf(FROM[event.kind] ?? 'error');
  return severities.indexOf(event.severity) >= from ? 'trigger' : 'change';
}

/** Whether it is an end, also one that nobody has seen, as of a series that has vanished. */
const hasEnded = (event: RelayEvent): boolean =>
  isOver(toBrief(event)) ||
  (event.kind === 'alert' && event.state === 'resolved') ||
  (event.kind === 'drift' && event.change === 'resolved');

/** Kinds whose end is the end of an alert of theirs: the next deployment or scaling is another story. */
const CLOSES: ReadonlySet<string> = new Set(['alert', 'drift', 'notice']);

/** What the notices that belong together tell of. */
const TOPICS: Readonly<Record<string, string>> = { receiverBack: 'receiverBroken', driftReadable: 'driftUnreadable' };

/**
 * The key by which PagerDuty joins events: that of the story, else of the event alone. 32 hex digits, of 255 characters that it takes: a
 * story is a sender's own word, which may be longer, and is not looked through for secrets.
 */
export function dedupKeyOf(event: RelayEvent): string {
  const { kind, source, id, story } = event;
  if (kind === 'act') return event.pager;
  if (kind === 'notice') return identity('pagerduty', kind, TOPICS[event.topic] ?? event.topic, event.about);
  if (kind === 'drift') return identity('pagerduty', kind, story ?? event.resource.id ?? event.resource.name);
  return identity('pagerduty', source, storyOf(event) ?? `event ${id}`);
}
