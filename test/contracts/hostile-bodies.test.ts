import { describe, expect, it } from 'vitest';
import { clean } from '../../src/event/text.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { htmlText } from '../../src/sources/html.ts';
import { loaded } from '../../src/sources/registry.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';
import { part } from '../support/sweep.ts';

const everySource = await loaded();

/** A relay that leaves nothing out, and that looks after scale sets. */
function relayForAll(): Relay {
  const settings = everySource.map(({ name, extras }) => [
    name,
    { credentials: { secrets: [], tokens: [] }, include: Object.keys(extras), baseUrl: 'https://ci.example.com' },
  ]);
  return createRelay({
    receivers: [receiverAt('slack', 'http://127.0.0.1:1')],
    routes: [{ to: ['slack'] }],
    sources: Object.fromEntries(settings),
    drift: { check: () => async () => ({ outcome: 'busy' }) as never, touched: async () => {} } as never,
    ports: memoryPorts(),
  });
}

const HALF = '\ud800';

type Path = readonly (string | number)[];

/** Everywhere in a body. */
const pathsIn = (value: unknown, at: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => {
        const path = [...at, Array.isArray(value) ? Number(key) : key];
        return [path, ...pathsIn(each, path)];
      })
    : [];

function replaced(value: unknown, [key, ...rest]: Path, by: (old: unknown, key: string) => object): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const within = (name: string, each: unknown) =>
    name !== String(key) ? { [name]: each } : rest.length > 0 ? { [name]: replaced(each, rest, by) } : by(each, name);
  const parts = Object.entries(value).map(([name, each]) => within(name, each));
  return Array.isArray(value) ? parts.flatMap((part) => Object.values(part)) : Object.assign({}, ...parts);
}

describe('half of a character', () => {
  it.each(everySource.map(({ name }) => name))(
    'in any text and in any name of a body of %s is no bug',
    async (name) => {
      const relay = relayForAll();
      const seen = new Set<string>();
      for (const { body, headers } of fixturesOf(name)) {
        for (const path of pathsIn(body)) {
          const place = path.map((key) => (typeof key === 'number' ? '' : key)).join('.');
          if (seen.has(place)) continue;
          seen.add(place);
          const bodies = [
            () => replaced(body, path, (_, key) => ({ [key]: HALF })),
            () => replaced(body, path, (each, key) => ({ [key]: each, [HALF]: 'x' })),
          ];
          for (const each of part(bodies, seen.size, 2))
            expect([200, 202, 422]).toContain((await answerTo(relay, post(each(), name, headers))).status);
        }
      }
      expect(seen.size).toBeGreaterThan(5);
    },
  );
});

describe('an object that cannot be made into text', () => {
  const odd = { toString: 1 };

  it.each([
    ['a type', { eventType: odd }],
    ['an action', { action: odd, timestamp: 'x' }],
    ['an action in a list', { action: [odd], timestamp: 'x' }],
    ['a version', { version: odd, alerts: [] }],
    ['a status', { id: 'x', status: odd, siteName: 'x', hostName: 'x' }],
  ])('is no bug where the relay looks for whose body it is: %s', async (_what, body) => {
    expect([200, 202, 422]).toContain((await answerTo(relayForAll(), post(body))).status);
  });
});

const LONG = 400_000;
const fill = (text: string) => text.repeat(LONG / text.length);
const piled = `a${'\u0301'.repeat(LONG / 4)}${'\u0316'.repeat(LONG / 4)}`;
const common = (more: object) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: { essentials: { alertRule: 'r', ...more }, alertContext: {} },
});
const OPERATION = 'microsoft.compute/virtualmachinescalesets/';
const written = (data: object) => ({
  id: '1',
  eventType: 'Microsoft.Resources.ResourceWriteSuccess',
  subject: '/s',
  data,
});
const alerts = (more: object) => ({ version: '4', receiver: 'r', alerts: Array(1_000).fill({}), ...more });

const slow: readonly (readonly [what: string, source: string, body: object])[] = [
  ['accents upon accents', 'custom', { kind: 'custom', title: piled }],
  ['accents upon accents in a name', 'custom', { kind: 'custom', title: 'x', properties: { [piled]: 'x' } }],
  ['slashes in an id', 'azure-monitor', common({ alertTargetIDs: [`x${fill('/')}x`] })],
  [
    'slashes in ids of many events',
    'event-grid',
    Array(20).fill(written({ resourceUri: `x${'/'.repeat(LONG / 20)}x` })),
  ],
  ['slashes in an address', 'jenkins', { event: 'success', buildUrl: `https://ci.example.com${fill('/')}x` }],
  ['an operation of many parts', 'event-grid', written({ operationName: `${OPERATION}${fill('rollingupgrades/')}x` })],
  [
    'one address for a thousand alerts',
    'alertmanager',
    alerts({ commonAnnotations: { runbook: `https://a/${fill('\\')}` } }),
  ],
  ['one name for a thousand alerts', 'alertmanager', alerts({ commonLabels: { alertname: fill('ä') } })],
];

describe('a body that is made to take long', () => {
  it.each(slow)('is dealt with in time: %s', async (_what, source, body) => {
    const relay = relayForAll();
    // Of the processor, not of the clock, and some hundred times what it takes: what goes by the square takes minutes.
    const began = process.cpuUsage();

    expect([202, 422]).toContain((await answerTo(relay, post(body, source))).status);
    const { user, system } = process.cpuUsage(began);
    expect(user + system).toBeLessThan(20_000_000);
  });

  it.each([60, 100, 100_000])('is no bug where JSON in a string has %i levels', async (levels) => {
    const deep = '['.repeat(levels) + ']'.repeat(levels);
    const alert = `{"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{"alertRule":"r"},"alertContext":{},"customProperties":{"x":${deep}}}}`;

    expect([202, 422]).toContain((await answerTo(relayForAll(), post({ RequestBody: alert }, 'azure-monitor'))).status);
  });
});

describe('text', () => {
  it('keeps 30 accents on a letter, and no more', () => {
    expect(clean(`a${'\u0316'.repeat(1_000)}b`)).toBe(`a${'\u0316'.repeat(30)}b`);
    expect(clean('A\u030a क्षि ញ៉ាំ')).toBe('Å क्षि ញ៉ាំ');
  });

  it('of HTML has one kind of break and single blanks', () => {
    expect(htmlText('a \t b <br> \u00a0 <br/>\n c\u00a0d')).toBe('a b\nc\u00a0d');
  });
});
