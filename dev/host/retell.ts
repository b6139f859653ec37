import * as z from 'zod';
import { localeName } from '../../src/config/settings.ts';
import { isLate } from '../../src/delivery/rules/order.ts';
import { messages } from '../../src/destinations/messages.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import { timeZone } from '../../src/routing/time-zone.ts';
import type { InboxMessage } from './inbox-message.ts';
import { sizeOf } from './message-size.ts';

type Kept = Pick<InboxMessage, 'destination' | 'receivedAt' | 'locale' | 'timeZone'> & {
  readonly about?: RelayEvent | undefined;
};

/**
 * A message of the inbox in another language or time zone: the same event, written again by the same formatter. What
 * the query does not name stays as it was sent. 400 for a query that names anything else, 404 where there is no event.
 */
export function retell(message: Kept | undefined, query: URLSearchParams): HttpAnswer {
  const event = message?.about;
  if (message === undefined || event === undefined) {
    return problem(404, 'Not Found', 'there is no such message, or its event is not known here');
  }
  const asked = z
    .strictObject({ locale: localeName.default(known(message.locale)), timeZone: timeZone.default(message.timeZone) })
    .safeParse(Object.fromEntries(query));
  if (!asked.success) {
    const [first] = asked.error.issues;
    return problem(400, 'Bad Request', `${first?.path.join('.') || 'the query'}: ${first?.message}`);
  }
  const { destination, receivedAt } = message;
  const payload = messages[destination].format(
    event,
    { say: locales[asked.data.locale], timeZone: asked.data.timeZone },
    { now: receivedAt, late: isLate(event, Date.parse(receivedAt)) },
  );
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  return { status: 200, jsonBody: { ...asked.data, bytes, size: sizeOf(destination, payload), payload } };
}

/** A language that this version still has. */
const known = (locale: string) => localeName.safeParse(locale).data ?? 'en';

const problem = (status: number, title: string, detail: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  jsonBody: { type: 'about:blank', title, status, detail },
});
