import { reasonText } from '../delivery/rules/reason-text.ts';
import { answers, parsedAnswer, type ShownDelivery } from './answers.ts';
import { type Client, relayAt } from './client.ts';
import { eventText } from './event-text.ts';
import { noReceiver } from './settings.ts';
import type { Colour, Screen, Work } from './shell.ts';
import { safeLine, second, shortened } from './text.ts';

/** What deliveries are asked for: each wish by the name of its option. */
export type Wish = Readonly<Record<string, string | undefined>>;

/** How a kind of delivery is called: where there is none at all, and where there are some. */
interface Words {
  readonly none: string;
  readonly many: string;
}

export const DELIVERIES: Words = { none: 'No deliveries yet.', many: 'deliveries' };
export const DEAD_LETTERS: Words = { none: 'No dead letters.', many: 'dead letters' };

/** Which list is asked for, where, and how. */
interface List {
  readonly url: string | undefined;
  readonly path: string;
  readonly wish: Wish;
  readonly query: Readonly<Record<string, string | number | undefined>> & { readonly most: number };
  readonly words: Words;
}

/** Lists deliveries, the newest first; whether there was one to show. */
export async function listDeliveries(
  { url, path, wish, query, words }: List,
  { shell, screen }: Work,
): Promise<boolean> {
  const client = relayAt(url, shell.env);
  const answer = await client.call({ method: 'GET', path, query });
  const { deliveries, next } = parsedAnswer(answers.deliveries, answer, client);
  if (screen.json) screen.document(answer);
  else if (deliveries.length === 0) screen.print(await nothingFound(wish, client, words));
  else await deliveryTable(deliveries, screen);
  // A relay of before does not say that there are more.
  const before = next ?? (deliveries.length >= query.most ? deliveries.at(-1)?.updatedAt : undefined);
  if (before !== undefined) screen.remark(`${deliveries.length} are shown; --until ${before} shows those before them.`);
  return deliveries.length > 0;
}

/** Throws where a relay has no receiver of the name that nothing was found for. One that was removed is known by what it got. */
export async function knownReceiver(name: string | undefined, client: Client): Promise<void> {
  if (name === undefined) return;
  const { receivers } = parsedAnswer(answers.health, await client.call({ method: 'GET', path: '/api/health' }), client);
  if (!receivers.includes(name)) throw noReceiver(name, receivers);
}

/** What is said where a list is empty: that there is none at all, or none of what was asked for, and what that was. */
export async function nothingFound(wish: Wish, client: Client, { none, many }: Words): Promise<string> {
  await knownReceiver(wish['receiver'], client);
  const asked = Object.entries(wish).flatMap(([name, value]) =>
    value === undefined ? [] : [name === 'id' ? `id ${value}` : `--${name} ${value}`],
  );
  return asked.length > 0 ? safeLine(`There are no ${many} for ${asked.join(' ')}.`) : none;
}

export const COLOURS: Readonly<Record<string, Colour>> = {
  sent: 'green',
  dead: 'red',
  sending: 'cyan',
  waiting: 'yellow',
  parked: 'yellow',
};

/** Deliveries for people, one to a line. */
const deliveryTable = (deliveries: readonly ShownDelivery[], screen: Screen): Promise<void> =>
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
