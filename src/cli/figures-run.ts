import type * as z from 'zod';
import { csvOf } from '../history/csv.ts';
import type { DayCount, Spread, Thing } from '../history/rules/day-count.ts';
import { answers, parsedAnswer } from './answers.ts';
import { relayAt } from './client.ts';
import type { Screen, Work } from './shell.ts';
import { safeLine, second } from './text.ts';

export interface FiguresOptions {
  readonly url?: string;
  readonly since: string;
  readonly until?: string;
  readonly of: Thing;
  readonly name?: string;
  readonly environment?: string;
  readonly csv?: boolean;
}

export async function runFigures({ url, csv, ...query }: FiguresOptions, { screen, shell }: Work): Promise<void> {
  const client = relayAt(url, shell.env);
  const answer = await client.call({ method: 'GET', path: '/api/figures', query });
  const found = parsedAnswer(answers.figures, answer, client);
  if (csv) return void shell.stdout.write(csvOf(found.days));
  if (screen.json) return screen.document(found);
  await show(found, query.of, screen);
}

async function show({ countedUntil, days }: z.infer<typeof answers.figures>, of: Thing, screen: Screen) {
  if (countedUntil === undefined)
    return screen.print('Nothing has been counted yet: the relay counts every three hours.');
  if (days.length > 0) await screen.table(HEAD, days.map(lineOf), of === 'all' ? [] : [1]);
  screen.print(
    ...(days.length === 0 ? ['There is nothing of these days.'] : []),
    screen.paint('dim', `Counted until ${second(countedUntil)} UTC. --csv and --json have more.`),
  );
}

const HEAD = [
  'DAY',
  'OF',
  'EVENTS',
  'SCALED',
  'DEPLOYED',
  'FAILED',
  'FIRED',
  'MTTA',
  'MTTR',
  'FLAPS',
  'DRIFT',
  'SENT',
  'BUNDLED',
  'HELD',
];

const lineOf = ({ day, name, environment, events, scale, deployments, alerts, drift, messages }: DayCount) => [
  day,
  safeLine([name, environment === name ? undefined : environment].filter(Boolean).join(' · ')),
  ...[
    events,
    scale && scale.out + scale.in,
    deployments?.succeeded,
    deployments?.failed,
    alerts?.fired,
    mean(alerts?.acknowledge),
    mean(alerts?.resolve),
    alerts?.flaps,
    drift && `${drift.minutes} min`,
    messages?.sent,
    messages?.bundled,
    messages?.held,
  ].map((cell) => `${cell ?? ''}`),
];

/** "12 min"; nothing where it happened to none. */
function mean(spread: Spread | undefined): string | undefined {
  if (spread === undefined || spread.count === 0) return undefined;
  const seconds = spread.seconds / spread.count;
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
