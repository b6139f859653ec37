import type { Brief } from '../../event/brief.ts';
import type { EventOf } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { byImportance, worstOf } from '../../event/importance.ts';

type Notice = EventOf<'notice'>;

const SEVERITY: Record<Notice['topic'], Notice['severity']> = {
  receiverBroken: 'error',
  receiverBack: 'info',
  signIn: 'error',
  deadLetters: 'warning',
  storage: 'error',
  configuration: 'error',
  driftUnreadable: 'warning',
  driftReadable: 'info',
  cut: 'warning',
  tooLarge: 'warning',
  silent: 'error',
  heard: 'info',
  drill: 'error',
  test: 'info',
};

/**
 * What the relay says of itself. `at` is ISO; `began`, a time or whatever tells it from the next, is what a notice is
 * named by: one that is given twice is one message. `reason`, `count` and the like as the event has them. `events` are those concerned: as bad as the worst of them, and as
 * its topic at least.
 */
export const noticeOf = (
  topic: Notice['topic'],
  about: string,
  at: string,
  {
    began = at,
    events = [],
    ...more
  }: Pick<Partial<Notice>, 'reason' | 'reasons' | 'count' | 'lasted' | 'fallback'> & {
    readonly began?: string;
    readonly events?: readonly Brief[];
  } = {},
): Notice => ({
  kind: 'notice',
  id: identity('notice', topic, about, began),
  source: 'relay',
  severity: worse(SEVERITY[topic], worstOf(events)),
  occurredAt: at,
  resource: { name: about },
  links: [],
  topic,
  about,
  ...more,
  ...(events.length > 0 && { events: events.toSorted(byImportance).slice(0, MOST_EVENTS) }),
});

const MOST_EVENTS = 5;

const worse = (a: Notice['severity'], b: Notice['severity']): Notice['severity'] =>
  severities.indexOf(a) > severities.indexOf(b) ? a : b;
