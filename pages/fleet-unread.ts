import type { FleetView, Words } from './fleet-data.ts';

const MOST_NAMED = 3;

/**
 * That nothing of Azure was read, why, and what to do; undefined where something was. Commands are in backticks. A set
 * that was met has the time of the run; what is there from before has that of its own.
 */
export function unreadText({ ranAt, subscriptions, sets }: FleetView, words: Words): string | undefined {
  const isUnread = subscriptions.length > 0 && subscriptions.every(({ read }) => read !== 'full');
  if (!isUnread || sets.some(({ readAt }) => readAt === ranAt)) return undefined;
  const whys = [...new Set(subscriptions.flatMap(({ why }) => why ?? []))].slice(0, MOST_NAMED);
  const advice = new Set(whys.flatMap((why) => (Object.hasOwn(words.unread, why) ? (words.unread[why] ?? []) : [])));
  return [`Azure was not read${whys.length === 0 ? '' : `: ${whys.join(', ')}`}.`, ...advice].join(' ');
}
