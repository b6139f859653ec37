import * as z from 'zod';

const accepted = z.object({
  outcome: z.literal('accepted'),
  source: z.string().optional(),
  count: z.number(),
  ids: z.array(z.string()),
  receivers: z.array(z.string()),
  unrouted: z.number(),
});

/** What the log of the local run says of an accepted webhook; undefined where the line about the request says it all. */
export function webhookLine(facts: string): string | undefined {
  const { data } = accepted.safeParse(JSON.parse(facts));
  if (data === undefined || data.count === 0) return undefined;
  const { source = '', count, ids, receivers, unrouted } = data;
  const what = count === 1 ? `event ${(ids[0] ?? '').slice(0, 12)}` : `${count} events`;
  const whom = receivers.length > 0 ? `for ${receivers.join(', ')}` : '';
  const nobody = unrouted > 0 ? `no route takes ${unrouted === count ? 'it' : `${unrouted} of them`}` : '';
  return ['accepted ', source, what, whom, nobody].filter((part) => part !== '').join('  ');
}
