import { compiled } from '../../src/config/compile.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { receiversFor } from '../../src/routing/routes.ts';
import { examples } from '../support/examples.ts';
import { figure, median } from './median.ts';

const ROUTES = 200;
const EVENTS = 20_000;
const LINTS = 15;

/** Conditions as people write them, of every form; none of them takes the events below. */
const CONDITIONS = [
  (at: number) => `{ environment: "prod-${at}*", phase: [failed, waiting] }`,
  (at: number) => `{ resource: "team-${at}-*", severity: ">=warning" }`,
  (at: number) => `{ group: team-${at}, kind: [scale, drift] }`,
  (at: number) => `{ kind: deployment, subject: "app-${at}", environment: ["!dev", "!test"] }`,
  (at: number) => `{ id: "/subscriptions/*/resourceGroups/team-${at}/*" }`,
];

const HEAD = `receivers:
  ops-slack: { type: slack, url: https://hooks.slack.com/services/T/B/x }
  ops-teams: { type: teams, url: https://x.environment.api.powerplatform.com/y }
routes:
`;

/** A file of so many routes, three lines each, of which the last takes everything. */
export function fileOf(routes: number): string {
  const some = Array.from({ length: routes - 1 }, (_, at) => {
    const condition = CONDITIONS[at % CONDITIONS.length]?.(at) ?? '{}';
    return `  - match: ${condition}\n    to: [ops-slack]\n    continue: ${at % 3 === 0}\n`;
  });
  return `${HEAD}${some.join('')}  - to: [ops-teams]\n`;
}

const id = '/subscriptions/0b1ad0bb/resourceGroups/shop-prod/providers/Microsoft.Compute/virtualMachineScaleSets/web';

/** Events of every kind, each another object, which every route has to be asked about. */
const events: readonly RelayEvent[] = Array.from({ length: EVENTS }, (_, at) => {
  const all = Object.values(examples);
  const event = all[at % all.length] ?? examples.scale;
  return { ...event, id: `${at}`, severity: 'info', resource: { ...event.resource, id, name: `web-${at}` } };
});

/** Routing with 200 routes, and the check of a file of 1,000 lines. */
export async function routingFigures(): Promise<string> {
  const { routes } = compiled(await parseConfigFile(fileOf(ROUTES), {}), { locale: 'en', timeZone: 'UTC' });
  const took = events.map((event) => {
    const began = performance.now();
    const [last] = receiversFor(event, routes);
    const microseconds = (performance.now() - began) * 1000;
    if (last !== 'ops-teams') throw new Error('the routes do not fit');
    return microseconds;
  });
  const text = fileOf(333);
  const lints: number[] = [];
  for (let run = 0; run < LINTS; run += 1) {
    const began = performance.now();
    await parseConfigFile(text, {});
    lints.push(performance.now() - began);
  }
  return [
    `routing with ${ROUTES} routes, all of them asked (median of ${EVENTS} events)`,
    `  relay                 ${figure(median(took.slice(EVENTS / 4)), 'µs')} (aim: at most 20 µs)`,
    `checking a file of ${text.split('\n').length - 1} lines, in process (first, then median of ${LINTS})`,
    `  relay                 ${figure(lints[0] ?? Number.NaN, 'ms')}, ${figure(median(lints), 'ms')}`,
  ].join('\n');
}
