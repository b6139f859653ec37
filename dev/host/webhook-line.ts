import * as z from 'zod';
import { shortId } from '../../src/event/identity.ts';
import { clean, cut } from '../../src/event/text.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import type { Receipt } from '../../src/relay/receipt.ts';
import { ignoredText } from '../../src/sources/ignored.ts';

/** What the log of the local run says of an accepted webhook; undefined where the line about the request says it all. */
export function webhookLine(receipt: Receipt): string | undefined {
  if (receipt.outcome !== 'accepted' || receipt.events.length === 0) return undefined;
  const { events, ignored } = receipt;
  const count = events.length;
  const [{ id = '', source = '' } = {}] = events;
  const receivers = [...new Set(events.flatMap((event) => event.receivers))].sort();
  const unrouted = events.filter((event) => event.receivers.length === 0).length;
  const what = count === 1 ? `event ${shortId(id)}` : `${count} events`;
  const whom = receivers.length > 0 ? `for ${receivers.join(', ')}` : '';
  const nobody = unrouted > 0 ? `no route takes ${unrouted === count ? 'it' : `${unrouted} of them`}` : '';
  const left = ignored.length > 0 ? `ignored ${ignored.map(ignoredText).join(', ')}` : '';
  return ['accepted ', source, what, whom, nobody, left].filter((part) => part !== '').join('  ');
}

const problem = z.object({ detail: z.string() });

const MOST = 300;

/** Why a request was refused, on one line; empty where it was not. */
export function refusalOf({ status, jsonBody, reason }: HttpAnswer): string {
  if (status < 400) return '';
  const told = reason ?? problem.safeParse(jsonBody).data?.detail ?? '';
  return cut(clean(told.replace(' cannot read this body: ', ': ')).replace(/\s+/g, ' '), MOST);
}
