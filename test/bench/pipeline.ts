import { destinations } from '../../src/destinations.ts';
import { readEvent } from '../../src/formatters/reading.ts';
import { locales } from '../../src/locales/registry.ts';
import { receiversFor } from '../../src/routing/routes.ts';
import { normalize } from '../support/normalize.ts';
import { autoscaleBody } from './body.ts';
import { figure, median } from './median.ts';

const WARM_UP = 5_000;
const EVENTS = 20_000;

const headers = new Headers();
const routes = [{ to: ['slack', 'teams'] }];

/** One body from JSON to both messages' JSON; returns their length so that nothing is optimized away. */
function pipeline(text: string): number {
  const received = { payload: JSON.parse(text), headers, receivedAt: '2026-11-20T14:05:10.000Z' };
  let length = 0;
  for (const event of normalize(received)) {
    if (receiversFor(event, routes).length !== 2) throw new Error('the routes do not fit');
    for (const { format } of Object.values(destinations)) {
      length += JSON.stringify(format(readEvent(event, locales.en, 'UTC'))).length;
    }
  }
  return length;
}

/** Only JSON in and out: what any program that passes these bodies on must spend. */
const bare = (text: string): number => JSON.stringify(JSON.parse(text)).length;

function microseconds(work: (text: string) => number): number {
  const bodies = Array.from({ length: WARM_UP + EVENTS }, (_, step) => JSON.stringify(autoscaleBody(step)));
  for (const body of bodies.slice(0, WARM_UP)) work(body);
  return median(
    bodies.slice(WARM_UP).map((body) => {
      const began = performance.now();
      work(body);
      return (performance.now() - began) * 1000;
    }),
  );
}

/** Normalize, route and format for both chats, per event. */
export async function pipelineFigures(): Promise<string> {
  const [base, whole] = [microseconds(bare), microseconds(pipeline)];
  return [
    `normalize + route + format for Slack and Teams (median of ${EVENTS} events)`,
    `  JSON in and out only  ${figure(base, 'µs')}`,
    `  relay                 ${figure(whole, 'µs')}  = ${(whole / base).toFixed(1)} × bare (aim: at most 100 µs)`,
  ].join('\n');
}
