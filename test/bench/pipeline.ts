import { messages } from '../../src/destinations/messages.ts';
import type { DestinationName } from '../../src/destinations/registry.ts';
import { locales } from '../../src/locales/registry.ts';
import type { Voice } from '../../src/message/slots.ts';
import { receiversFor } from '../../src/routing/routes.ts';
import { normalize } from '../support/normalize.ts';
import { autoscaleBody } from './body.ts';
import { figure, median } from './median.ts';

const WARM_UP = 5_000;
const EVENTS = 20_000;

const headers = new Headers();
const routes = [{ to: ['slack', 'teams'] }];
const voice: Voice = { say: locales.en, timeZone: 'UTC' };

/** One parsed body to both messages; returns their number so that nothing is optimized away. */
function pipeline(payload: unknown): number {
  const written = normalize({ payload, headers }).flatMap((event) =>
    receiversFor(event, routes).map((name) => messages[name as DestinationName].format(event, voice)),
  );
  if (written.length !== 2) throw new Error('the routes do not fit');
  return written.length;
}

/** Reading and writing the same body as JSON: what any program that passes it on must spend. */
const bare = (text: string): number => JSON.stringify(JSON.parse(text)).length;

function microseconds<Body>(work: (body: Body) => number, bodyOf: (step: number) => Body): number {
  const bodies = Array.from({ length: WARM_UP + EVENTS }, (_, step) => bodyOf(step));
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
  const text = (step: number) => JSON.stringify(autoscaleBody(step));
  const base = microseconds(bare, text);
  const whole = microseconds(pipeline, (step) => JSON.parse(text(step)) as unknown);
  return [
    `normalize + route + format for Slack and Teams (median of ${EVENTS} events)`,
    `  the body as JSON, in and out  ${figure(base, 'µs')}`,
    `  relay                 ${figure(whole, 'µs')}  = ${(whole / base).toFixed(1)} × bare (aim: at most 100 µs)`,
  ].join('\n');
}
