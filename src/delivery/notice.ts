import type { EventOf } from '../event/event.ts';
import { identity } from '../event/identity.ts';

type Notice = EventOf<'notice'>;

const SEVERITY: Record<Notice['topic'], Notice['severity']> = {
  receiverBroken: 'error',
  receiverBack: 'info',
  deadLetters: 'warning',
  storage: 'error',
  configuration: 'error',
  driftUnreadable: 'warning',
  driftReadable: 'info',
  drill: 'error',
  test: 'info',
};

/**
 * What the relay says of itself. `at` is ISO, and so is `began`, by which a notice is named: one that is given twice is
 * one message. `reason` and `count` as the event has them.
 */
export const noticeOf = (
  topic: Notice['topic'],
  about: string,
  at: string,
  { began = at, ...more }: Pick<Partial<Notice>, 'reason' | 'count'> & { readonly began?: string } = {},
): Notice => ({
  kind: 'notice',
  id: identity('notice', topic, about, began),
  source: 'relay',
  severity: SEVERITY[topic],
  occurredAt: at,
  resource: { name: about },
  links: [],
  topic,
  about,
  ...more,
});
