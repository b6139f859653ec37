import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { sampleMonitor } from '../../dev/fake-azure/monitor.ts';
import { examples } from '../support/examples.ts';
import { listen } from '../support/server.ts';
import { inShell } from '../support/shell.ts';
import { cli, folderWith } from './support/cli.ts';
import { deliveryOf, fakeRelay } from './support/fake-relay.ts';

const PAGE = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
const COMMANDS = [
  'lint',
  'preview',
  'rehearse',
  'send',
  'deliveries',
  'show',
  'dead-letters',
  'replay',
  'silence',
  'silence add',
  'drift',
  'fleet',
  'figures',
  'review',
  'senders',
  'health',
  'connect',
];

const SILENCE = { id: '3f2a9c1d', match: { resource: 'shop-web' }, endsAt: '2026-11-20T14:10:00.000Z' };

const BODY = JSON.stringify({
  ...{ kind: 'alert', state: 'fired', rule: 'CPU', severity: 'error', resource: { name: 'web' } },
});

let receiver: Awaited<ReturnType<typeof listen>>;
let relay: Awaited<ReturnType<typeof fakeRelay>>;
let azure: Awaited<ReturnType<typeof createFakeAzure>>;
let folder: Awaited<ReturnType<typeof folderWith>>;

beforeAll(async () => {
  receiver = await listen(({ path }) => (path === '/teams' ? { status: 202 } : { status: 200, body: 'ok' }));
  const whole = { deliveries: [{ receiver: 'ops-slack', event: examples.scale }] };
  const deliveries = { json: { deliveries: [deliveryOf()] } };
  const { id: eventId } = deliveryOf().event;
  relay = await fakeRelay({
    'GET /api/health': { json: { status: 'ok', receivers: ['ops-slack'], drift: 'on' } },
    'GET /api/deliveries': ({ query }) => (query['events'] === 'whole' ? { json: whole } : deliveries),
    'GET /api/dead-letters': deliveries,
    'GET /api/show': { json: { events: [{ short: '9f3c1ab2', event: examples.scale, deliveries: [], without: [] }] } },
    'POST /api/replay': { json: { replayed: [{ receiver: 'ops-slack', eventId, outcome: 'queued' }] } },
    'GET /api/silences': { json: { silences: [SILENCE] } },
    'POST /api/silences': { status: 201, json: { silence: SILENCE } },
    'DELETE /api/silences/3f2a9c1d': { json: { silence: SILENCE } },
    'POST /api/drift': { status: 202, json: { on: true, queued: true } },
    'GET /api/review': { json: { countedUntil: '2026-11-20T12:40:00.000Z', ...examples.review } },
    'GET /api/senders': { json: { senders: [] } },
    'GET /api/figures': { json: { countedUntil: '2026-11-20T12:40:00.000Z', days: [] } },
    'GET /api/fleet': { json: { on: true, ranAt: '2026-11-20T14:07:00.000Z', sets: [] } },
  });
  const fleet = generateFleet({ sets: 1 });
  azure = await createFakeAzure({ fleet, monitor: sampleMonitor(fleet) });
  const file = (slack: string, teams: string) =>
    `receivers:\n  ops-slack: { type: slack, url: "${slack}" }\n  ops-teams: { type: teams, url: "${teams}" }\n`;
  folder = await folderWith({
    'relay.yaml': file(receiver.url, `${receiver.url}/teams`),
    'other.yaml': file('https://hooks.slack.com/services/T/B/X', 'https://prod.logic.azure.com/workflows/x?sig=x'),
    'alert.json': BODY,
    'scale.json': BODY,
    'new.yaml': file('https://hooks.slack.com/services/T/B/X', 'https://prod.logic.azure.com/workflows/x?sig=x'),
  });
  await mkdir(join(folder.path, 'bodies'));
  await writeFile(join(folder.path, 'bodies/alert.json'), BODY);
});

afterAll(async () => {
  for (const each of [receiver, relay, azure, folder]) await each[Symbol.asyncDispose]();
});

const inFolder = (line: string) =>
  inShell(line.replace('https://relay.example.net', relay.url), {
    ...{ cwd: folder.path, url: relay.url },
    env: { ARM_ENDPOINT: azure.url },
  });

const linesIn = (text: string): readonly string[] => text.match(/^ *npm run relay -- [a-z].*$/gm) ?? [];

describe('the examples of docs/command-line.md', () => {
  it('show every command', () => {
    const shown = linesIn(PAGE);

    expect(
      COMMANDS.filter((name) => !shown.some((line) => line.includes(` -- ${name} `) || line.endsWith(` -- ${name}`))),
    ).toStrictEqual([]);
  });

  it.each(linesIn(PAGE))('%s', async (line) => {
    expect(await inFolder(line)).toMatchObject({ status: 0 });
  });
});

describe('the examples of --help', () => {
  it.each(COMMANDS)('of %s work', async (name) => {
    const { stdout } = await cli([...name.split(' '), '--help']);
    const lines = linesIn(stdout);

    const ended = await Promise.all(lines.map(async (line) => ({ line, ...(await inFolder(line)) })));

    expect(lines.length).toBeGreaterThan(0);
    expect(ended.filter(({ status }) => status !== 0)).toStrictEqual([]);
  });
});
