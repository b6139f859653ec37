import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { losses, rehearsal } from '../../src/relay/rehearsal.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { anyEvent } from '../support/any-event.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { requestOf } from '../support/relay.ts';
import { cli, folderWith, json } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/secret-in-the-path';
const FILE = (rest: string) => `
receivers:
  ops: { type: slack, url: "${SLACK}" }
  team: { type: slack, url: "${SLACK}" }
  audit: { type: webhook, url: "https://audit.example.com/x", secret: whsec_${Buffer.from('a-secret-of-its-own-of-24').toString('base64')} }
environments: [{ name: prod, match: { resource: "shop-*" } }]
${rest}`;
const BROAD = FILE('routes: [{ to: [ops, team, audit] }]');
const NARROW = FILE(
  'routes: [{ match: { severity: ">=critical" }, to: [ops] }, { match: { kind: scale }, to: [team] }]',
);
const NIGHT = FILE(
  'routes: [{ to: [ops, audit] }]\nquiet: { breakThrough: critical, windows: [{ name: n, from: "00:00", to: "18:00", receivers: [ops, audit] }] }',
);

const at = (id: string, event: RelayEvent): RelayEvent => ({ ...event, id });
const EVENTS = [
  at('1', examples.scale),
  at('2', { ...examples.alert, severity: 'error' }),
  at('3', { ...examples.alert, severity: 'critical', level: 'Sev0' }),
  at('4', examples.custom),
];

const rulesOf = (file: string) => readConfig({}, file);

describe('a rehearsal', () => {
  it('by the same file changes nothing, whatever happened', async () => {
    for (const file of [BROAD, NARROW, NIGHT]) {
      const rules = await rulesOf(file);
      fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
          const { changes, before, after } = rehearsal(events, rules, rules);
          expect(changes).toStrictEqual([]);
          expect(after).toStrictEqual(before);
        }),
      );
    }
  });

  it('counts messages by receiver, and says which of what is bad would be lost, the worst first', async () => {
    const found = rehearsal(EVENTS, await rulesOf(BROAD), await rulesOf(NARROW));

    expect(found).toMatchObject({
      events: 4,
      before: { messages: { ops: 4, team: 4, audit: 4 }, held: 0, untold: 0 },
      after: { messages: { ops: 1, team: 1 }, held: 0, untold: 2 },
    });
    expect(found.changes.map(({ event }) => event.id)).toStrictEqual(['1', '2', '3', '4']);
    expect(losses(found.changes).map(({ event, before, after }) => [event.id, before, after])).toStrictEqual([
      ['2', ['ops', 'team', 'audit'], []],
    ]);
  });

  it('makes one message of what a window holds for a chat, and one each for a program', async () => {
    const found = rehearsal(EVENTS, await rulesOf(FILE('routes: [{ to: [ops, audit] }]')), await rulesOf(NIGHT));

    expect(found.after).toStrictEqual({ messages: { ops: 2, audit: 4 }, held: 6, untold: 0 });
    // The critical one breaks through; the error would come in the evening.
    expect(losses(found.changes).map(({ event }) => event.id)).toStrictEqual(['2']);
  });

  it('gives an environment anew that the rules in force gave, and keeps what a sender named', async () => {
    const staged = BROAD.replace('name: prod, match', 'name: staging, match').replace(
      'routes: [{ to',
      'routes: [{ match: { environment: prod }, to: [ops] }, { match: { environment: staging }, to: [team] }, { to',
    );
    const { environment: _, ...bare } = examples.scale;
    const told = { ...bare, environment: 'prod' };

    const { changes } = rehearsal([told], await rulesOf(BROAD), await rulesOf(staged));
    const named = rehearsal([{ ...told, environment: 'dev' }], await rulesOf(BROAD), await rulesOf(staged));

    expect(changes).toMatchObject([{ after: ['team'] }]);
    expect(named.changes).toStrictEqual([]);
  });
});

describe('the command', () => {
  const files = { 'relay.yaml': BROAD, 'new.yaml': NARROW, 'broken.yaml': 'receivers: 7' };

  it.each([
    { of: 'this release', on: 'after', next: { after: 'ops/event:1' } },
    { of: 'the release before', on: 'until', next: { more: true, next: '2026-11-20T00:00:00.000Z' } },
  ])('reads the events of a relay of $of to the last page, but for what it says of itself', async ({ on, next }) => {
    await using place = await folderWith(files);
    const [first, ...rest] = EVENTS.map((event) => ({
      receiver: 'ops',
      state: 'sent',
      updatedAt: event.occurredAt,
      event,
    }));
    await using relay = await fakeRelay({
      'GET /api/deliveries': ({ query }) => ({
        json:
          query[on] === undefined
            ? {
                deliveries: [first, { ...first, receiver: 'team' }, { event: examples.notice }],
                ...next,
              }
            : { deliveries: rest },
      }),
    });

    const { status, stdout } = await cli(['rehearse', '--config', 'new.yaml', '--since', '3d', '--url', relay.url], {
      cwd: place.path,
    });

    expect(status).toBe(0);
    expect(stdout).toContain('4 events since 3d: 2 instead of 12 messages by new.yaml.');
    expect(stdout).toMatch(/^ops +4 +1$/m);
    expect(stdout).toContain('1 error would be told later, or to nobody:');
    expect(stdout).toMatch(/ {2}error {5}.*CPU .* {2}ops, team, audit {2}nobody$/m);
    expect(relay.asked.map(({ query }) => query)).toStrictEqual([
      { since: '3d', most: '1000', events: 'whole', order: 'storage' },
      { since: '3d', most: '1000', events: 'whole', order: 'storage', [on]: Object.values(next).at(-1) },
    ]);
  });

  it('reads bodies in folders, and names one that it cannot read', async () => {
    await using place = await folderWith(files);
    await mkdir(join(place.path, 'bodies', 'deep'), { recursive: true });
    const body = { kind: 'custom', id: 'a', title: 'Disk full', severity: 'error', resource: { name: 'db-1' } };
    for (const name of ['a', 'again'])
      await writeFile(join(place.path, `bodies/deep/${name}.json`), JSON.stringify(body));
    await writeFile(join(place.path, 'bodies/b.json'), '{');

    const { status, stdout, stderr } = await cli(['rehearse', 'bodies', '--config', 'new.yaml'], { cwd: place.path });

    expect(status).toBe(0);
    expect(stderr).toMatch(/Left out, bodies\/b\.json: (?!bodies)/);
    expect(stdout).toContain('1 event: 0 instead of 3 messages by new.yaml.');
    const { stdout: text } = await cli(['rehearse', 'bodies', '--config', 'new.yaml', '--json'], { cwd: place.path });
    expect(json(text)).toMatchObject({
      events: 1,
      after: { untold: 1 },
      losses: [{ before: ['ops', 'team', 'audit'] }],
    });
  });

  it.each([
    [['--config', 'none.yaml'], 2, 'none.yaml: '],
    [['--config', 'broken.yaml'], 1, 'receivers'],
    [['nowhere', '--config', 'new.yaml'], 2, 'nowhere: '],
    [['empty', '--config', 'new.yaml'], 2, 'There is no .json file in empty.'],
    [[], 2, '--config'],
  ])('says what is wrong with %j', async (args, expected, said) => {
    await using place = await folderWith(files);
    await mkdir(join(place.path, 'empty'));

    const { status, stderr } = await cli(['rehearse', ...args], { cwd: place.path });

    expect(status).toBe(expected);
    expect(stderr).toContain(said);
  });
});

it('gets from a relay whole events, those that no route takes among them', async () => {
  const ports = memoryPorts();
  const { receivers, routes } = await rulesOf(NARROW);
  const relay = createRelay({ receivers, routes, ports });
  const body = { kind: 'custom', title: 'Disk full', severity: 'error', resource: { name: 'db-1' } };
  await relay.accept(requestOf(JSON.stringify(body), { source: 'custom' }));
  await ports.deliveries.send(deliveryTo(['team'], { event: examples.scale }), 0);
  await drain(relay, ports, Date.parse('2026-11-20T14:06:00.000Z'));

  const { jsonBody } = await relay.deliveries(requestOf('', { method: 'GET', query: 'events=whole' }));

  expect(jsonBody).toMatchObject({
    deliveries: expect.arrayContaining([
      expect.objectContaining({ receiver: 'team', event: expect.objectContaining({ setting: 'shop-web-scale' }) }),
      { state: 'quiet', updatedAt: expect.any(String), event: expect.objectContaining({ title: 'Disk full' }) },
    ]),
  });
});
