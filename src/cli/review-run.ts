import { reviewEvent } from '../history/reviews.ts';
import { en } from '../locales/en/en.ts';
import { readEvent } from '../message/reading.ts';
import { trim } from '../message/trim.ts';
import { answers, parsedAnswer } from './answers.ts';
import { relayAt } from './client.ts';
import { readingText } from './reading-text.ts';
import type { Work } from './shell.ts';
import { second } from './text.ts';

export interface ReviewOptions {
  readonly url?: string;
  readonly until?: string;
  readonly environment?: string;
}

export async function runReview({ url, ...query }: ReviewOptions, { screen, shell }: Work): Promise<void> {
  const client = relayAt(url, shell.env);
  const answer = await client.call({ method: 'GET', path: '/api/review', query });
  const { countedUntil, ...review } = parsedAnswer(answers.review, answer, client);
  if (screen.json) return screen.document(answer);
  if (countedUntil === undefined)
    return screen.print('Nothing has been counted yet: the relay counts every three hours.');
  const reading = readEvent(reviewEvent(review, review.until), { say: en, timeZone: 'UTC' });
  screen.print(
    ...readingText(trim(reading), screen),
    screen.paint('dim', `Counted until ${second(countedUntil)} UTC. --json has more.`),
  );
}
