import type { Brief } from '../event/brief.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { shownId } from '../event/identity.ts';
import { toBrief } from '../event/importance.ts';
import { type Dispatch, iso } from './dispatch.ts';
import { noticeOf } from './rules/notice.ts';
import { mayNotice, type ReceiverState } from './rules/receiver-state.ts';

/** What is to be told of a receiver. Times are milliseconds. */
export interface News {
  readonly topic: EventOf<'notice'>['topic'];
  readonly about: string;
  readonly now: number;
  /** When what is told of began. */
  readonly began: number;
  readonly reason?: string;
  readonly fallback?: string;
  readonly count?: number;
  /** The events concerned, or the worst of them. */
  readonly events?: readonly Brief[];
}

/**
 * Tells those who look after the relay about a receiver: once, and one notice of each kind in an hour. Resolves with the
 * receiver's state that remembers it. Queued before it is remembered: a notice that is told twice has the same id.
 */
export async function notify(dispatch: Dispatch, state: ReceiverState, news: News): Promise<ReceiverState> {
  const { topic, about, now, began, ...more } = news;
  const receivers = listeners(dispatch, news);
  if (receivers.length === 0 || !mayNotice(state, topic, began, now)) return state;
  const event = noticeOf(topic, about, iso(now), { ...more, began: iso(began) });
  await dispatch.ports.deliveries.send({ version: 1, event, receivers, attempt: 0, acceptedAt: iso(now) });
  return { ...state, noticed: { ...state.noticed, [topic]: now } };
}

/** The events that a notice names: what the relay has to say of itself is none, because it would speak of itself for ever. */
export function concerning(events: readonly RelayEvent[]): Pick<News, 'events' | 'count'> {
  const others = events.filter(({ kind }) => kind !== 'notice').map(named);
  return others.length === 0 ? {} : { events: others, count: others.length };
}

/** An event in brief, with the id that commands take: a notice is for whoever has to find out. */
export const named = (event: RelayEvent): Brief => ({ ...toBrief(event), short: shownId(event) });

/** Nobody can be told by the very receiver that is in trouble. */
function listeners({ notices, receiver }: Dispatch, { topic, about }: News): string[] {
  const able = notices.filter((name) => name !== about || topic === 'receiverBack');
  const fallback = receiver(about)?.fallback;
  return able.length > 0 || fallback === undefined ? [...able] : [fallback];
}
