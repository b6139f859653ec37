import type * as z from 'zod';
import { answers, parsedAnswer } from './answers.ts';
import { relayAt } from './client.ts';
import type { Work } from './shell.ts';
import { safeLine, second } from './text.ts';

export interface SendersOptions {
  readonly url?: string;
}

export async function runSenders({ url }: SendersOptions, { screen, shell }: Work): Promise<void> {
  const client = relayAt(url, shell.env);
  const found = parsedAnswer(answers.senders, await client.call({ method: 'GET', path: '/api/senders' }), client);
  if (screen.json) return screen.document(found);
  if (found.senders.length === 0) return screen.print('Nobody has sent anything yet.');
  await screen.table(['SOURCE', 'LAST (UTC)', '24 H', 'DUE (UTC)', 'REFUSED'], found.senders.map(lineOf), [4]);
}

type Sender = z.infer<typeof answers.senders>['senders'][number];

const lineOf = ({ source, last, count24h, refusals, expected }: Sender): readonly string[] => [
  safeLine(source),
  last === undefined ? 'never' : second(last),
  `${count24h ?? ''}`,
  expected === undefined
    ? ''
    : expected.silentSince === undefined
      ? second(expected.due)
      : `silent since ${second(expected.silentSince)}`,
  refusals
    .map(({ reason, status, count, at }) => `${count}× ${status} ${safeLine(reason)} (last ${second(at)})`)
    .join('; '),
];
