import { mapped } from '../../src/sources/mapped/mapped.ts';
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
  const mapping = mappedFigure();
  const medians = times.map(median);
  const slowest = medians.indexOf(Math.max(...medians));
  return [
    `detect + normalize (${bodies.length} bodies of ${sources.length} senders, ${ROUNDS} rounds after warming up)`,
    `  median of all bodies  ${figure(median(medians), 'µs')} (aim: at most 60 µs)`,
    `  by a mapping          ${mapping} (aim: at most twice the median)`,
    `  slowest body          ${figure(medians[slowest] ?? Number.NaN, 'µs')}, of ${bodies[slowest]?.name}`,
  ].join('\n');
}

/** The same of a body of PagerDuty by its mapping. */
function mappedFigure(): string {
  const words = { of: 'event.data.urgency', words: { high: 'error' }, else: 'warning' };
  const map = {
    kind: 'alert',
    rule: 'event.data.title',
    state: "'fired'",
    severity: words,
    resource: 'event.data.service.summary',
    id: 'event.id',
  };
  const source = mapped('pagerduty', { like: { 'event.event_type': 'incident.*' }, map });
  const data = { title: 'The tide tables do not answer', urgency: 'high', service: { summary: 'tide-tables' } };
  const body = { event: { id: '01EVENT0TIDE', event_type: 'incident.triggered', data } };
  const context = { headers: new Headers(), receivedAt: '2026-11-20T14:05:10.000Z', includes: () => false };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const began = performance.now();
    if (source.detects(body, context.headers)) source.read(body, context);
    if (round >= ROUNDS) times.push((performance.now() - began) * 1000);
  }
  return figure(median(times), 'µs');
}
