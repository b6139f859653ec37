import { reasonText } from '../delivery/rules/reason-text.ts';
import type { ShownDelivery } from './answers.ts';
import { eventText } from './event-text.ts';
import { type Colour, type Screen, safeLine } from './screen.ts';
import { second, shortened } from './told.ts';

export const COLOURS: Readonly<Record<string, Colour>> = {
  sent: 'green',
  dead: 'red',
  sending: 'cyan',
  waiting: 'yellow',
  parked: 'yellow',
};

/** Deliveries for people, one to a line. */
export const deliveryTable = (deliveries: readonly ShownDelivery[], screen: Screen): Promise<void> =>
  screen.table(
    ['UPDATED (UTC)', 'STATE', 'RECEIVER', 'EVENT', 'TRIES', 'WHY', 'ID'],
    deliveries.map((each) => [
      second(each.updatedAt),
      screen.paint(COLOURS[each.state] ?? 'dim', safeLine(each.state)),
      safeLine(each.receiver),
      eventOf(each),
      `${each.attempts.length}`,
      why(each),
      each.event.short ?? shortened(each.event.id),
    ]),
    [3, 5],
  );

const eventOf = ({ event: { told: state, ...event } }: ShownDelivery): string => eventText({ ...event, state });

function why({ reason, fallback, digest, attempts, state, dueAt }: ShownDelivery): string {
  const why = reason ?? (state === 'sent' ? undefined : attempts.at(-1)?.reason);
  const parts = [
    why && reasonText(why),
    dueText(state, dueAt),
    fallback === undefined ? undefined : `went to ${fallback}`,
    digest === undefined ? undefined : `in digest ${shortened(digest)}`,
  ];
  return safeLine(parts.filter(Boolean).join('; '));
}

/** "leaves at 2026-11-20 14:05:09 UTC", of what waits; what waits with others leaves with them. */
export function dueText(state: string, dueAt: string | undefined): string | undefined {
  if (dueAt === undefined || (state !== 'waiting' && state !== 'parked')) return undefined;
  return `${state === 'parked' ? 'leaves' : 'next try'} at ${second(dueAt)} UTC`;
}
