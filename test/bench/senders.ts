import { sources } from '../../src/sources/registry.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { read } from '../support/normalize.ts';
import { figure, median } from './median.ts';

const ROUNDS = 400;

/** Microseconds to detect and normalize one parsed body, over the fixtures of every sender. */
export async function senderFigures(): Promise<string> {
  const bodies = sources.flatMap(({ name }) => fixturesOf(name).map(({ body, headers }) => ({ name, body, headers })));
  const requests = bodies.map(({ body, headers }) => ({ payload: body, headers: new Headers(headers) }));
  const times = requests.map(() => [] as number[]);
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    for (const [index, request] of requests.entries()) {
      const began = performance.now();
      read(request);
      if (round >= ROUNDS) times[index]?.push((performance.now() - began) * 1000);
    }
  }
  const medians = times.map(median);
  const slowest = medians.indexOf(Math.max(...medians));
  return [
    `detect + normalize (${bodies.length} bodies of ${sources.length} senders, ${ROUNDS} rounds after warming up)`,
    `  median of all bodies  ${figure(median(medians), 'µs')} (aim: at most 60 µs)`,
    `  slowest body          ${figure(medians[slowest] ?? Number.NaN, 'µs')}, of ${bodies[slowest]?.name}`,
  ].join('\n');
}
