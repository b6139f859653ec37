import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';
import { deliveryOf, fakeRelay } from './support/fake-relay.ts';

const answer = {
  deliveries: [
    deliveryOf(),
    deliveryOf({ state: 'sent', receiver: 'ops-teams', reason: undefined }),
    deliveryOf(
      { fallback: 'ops-mail' },
      { id: 'build 7', told: 'started', subject: 'tabs\tand \u001b[2J', figure: undefined },
    ),
  ],
};

describe.each([
  ['deliveries', 'GET /api/deliveries'],
  ['dead-letters', 'GET /api/dead-letters'],
])('%s', (command, call) => {
  it('lists what a relay tells, one to a line', async () => {
    await using relay = await fakeRelay({ [call]: { json: answer } });

    const { status, stdout } = await cli([command, '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toStrictEqual([
      'UPDATED (UTC) | STATE | RECEIVER | EVENT | TRIES | WHY | ID',
      '2026-11-20 14:05:11 | dead | ops-slack | Scaling failed: shop-web 3 / 6 | 1 | no_service | 9f3c1ab2d4e5',
      '2026-11-20 14:05:11 | sent | ops-teams | Scaling failed: shop-web 3 / 6 | 1 | 9f3c1ab2d4e5',
      '2026-11-20 14:05:11 | dead | ops-slack | started: tabs and [2J | 1 | no_service; went to ops-mail | build 7',
      '',
    ]);
  });

  it('says of what waits when it leaves', async () => {
    const deliveries = [
      deliveryOf({ state: 'parked', reason: undefined, attempts: [], dueAt: '2026-11-20T14:06:00.000Z' }),
      deliveryOf({ state: 'waiting', dueAt: '2026-11-20T14:07:00.000Z' }),
    ];
    await using relay = await fakeRelay({ [call]: { json: { deliveries } } });

    const { stdout } = await cli([command, '--url', relay.url]);

    expect(stdout).toMatch(/parked .* {2}leaves at 2026-11-20 14:06:00 UTC/);
    expect(stdout).toMatch(/waiting .*; next try at 2026-11-20 14:07:00 UTC/);
  });

  it('shows the answer as it came with --json', async () => {
    await using relay = await fakeRelay({ [call]: { json: answer } });

    const { stdout, stderr } = await cli([command, '--json', '--url', relay.url]);

    expect(json(stdout)).toStrictEqual(JSON.parse(JSON.stringify(answer)));
    expect(stderr).toBe('');
  });

  it('says that there is none, or none of what is wanted', async () => {
    await using relay = await fakeRelay({ [call]: { json: { deliveries: [] } } });

    const [all, some] = await Promise.all([
      cli([command, '--url', relay.url]),
      cli([command, '--since', '1h', '--url', relay.url]),
    ]);

    expect(all).toMatchObject({ status: 0, stdout: expect.stringMatching(/^No (dead letters|deliveries yet)\.$/m) });
    expect(some).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^There are no (dead letters|deliveries) for --since 1h\.$/m),
    });
  });

  it('says which receivers there are where one of another name got nothing', async () => {
    await using relay = await fakeRelay({
      [call]: { json: { deliveries: [] } },
      'GET /api/health': { json: { status: 'ok', receivers: ['ops-slack', 'ops-teams'] } },
    });
    const of = (name: string) => cli([command, '--receiver', name, '--url', relay.url]);

    const [unknown, misspelt, known] = await Promise.all([of('nobody'), of('ops-slak'), of('ops-slack')]);

    expect(unknown).toStrictEqual({
      status: 2,
      stdout: '',
      stderr: 'error  There is no receiver nobody.\nThere are ops-slack, ops-teams.\n',
    });
    expect(misspelt?.stderr).toContain('There is no receiver ops-slak; did you mean `ops-slack`?');
    expect(known).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^There are no (dead letters|deliveries) for --receiver ops-slack\.$/m),
    });
  });

  it('asks the relay for what is wanted', async () => {
    await using relay = await fakeRelay({ [call]: { json: answer } });

    const when = ['--since', '1h', '--until', '5m'];
    await cli([command, ...when, '--receiver', 'ops-slack', '--most', '3', '--url', relay.url]);

    expect(relay.asked.map(({ query }) => query)).toStrictEqual([
      { since: '1h', until: '5m', receiver: 'ops-slack', most: '3' },
    ]);
  });
});

it('dead-letters says how they are sent again', async () => {
  await using relay = await fakeRelay({ 'GET /api/dead-letters': { json: answer } });

  const { stderr } = await cli(['dead-letters', '--url', relay.url]);

  expect(stderr).toBe(
    'Send one again: npm run relay -- replay <id> (its beginning is enough). All of them: npm run relay -- replay\n',
  );
});

it('dead-letters says how to see what came before, where there is more', async () => {
  const json = { ...answer, more: true, next: '2026-11-20T14:05:11.000Z' };
  await using relay = await fakeRelay({ 'GET /api/dead-letters': { json } });

  const { stderr } = await cli(['dead-letters', '--url', relay.url]);

  expect(stderr).toContain('3 are shown; --until 2026-11-20T14:05:11.000Z shows those before them.\n');
});

it('says how to see what came before, where there may be more', async () => {
  await using relay = await fakeRelay({ 'GET /api/deliveries': { json: answer } });

  const { stderr } = await cli(['deliveries', '--most', '3', '--url', relay.url]);

  expect(stderr).toBe('3 are shown; --until 2026-11-20T14:05:11.000Z shows those before them.\n');
});

it.each([
  ['failed', 'dead'],
  ['waiting', 'waiting'],
])('deliveries --state %s asks for what is %s', async (given, state) => {
  await using relay = await fakeRelay({ 'GET /api/deliveries': { json: answer } });

  await cli(['deliveries', '--state', given, '--since', '2026-11-20T14:00:00Z', '--url', relay.url]);

  expect(relay.asked.map(({ query }) => query)).toStrictEqual([{ state, since: '2026-11-20T14:00:00Z', most: '100' }]);
});
