import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

const set = (name: string, more: object = {}) => ({
  id: `/subscriptions/s/resourcegroups/rg-shop/providers/microsoft.compute/virtualmachinescalesets/${name}`,
  ...{ name, group: 'rg-shop', subscriptionId: 's', verdict: 'pending', told: true, behind: 6, total: 10 },
  ...{ since: '2026-11-16T12:00:00.000Z', sinceAtLeast: false },
  ...more,
});

const FLEET = {
  on: true,
  ranAt: '2026-11-20T12:00:00.000Z',
  sets: [
    set('shop-web', { environment: 'prod', sinceAtLeast: true, since: '2026-11-16T16:00:00.000Z' }),
    set('shop-api', { environment: 'dev', verdict: 'canary', behind: 2 }),
    set('shop-new', { verdict: 'waiting', told: false }),
    set('shop-mended', { verdict: 'rolling', told: true }),
    set('shop-held', {
      ...{ verdict: 'awaitingApproval', told: true, behind: 0 },
      approval: { until: '2026-11-20T14:00:00.000Z', otherwise: 'Approve' },
    }),
    set('shop-dark', { verdict: 'unread', told: true, behind: undefined, total: undefined, why: 'Conflict' }),
  ],
};

const relayWith = (answer: object) => fakeRelay({ 'GET /api/fleet': { json: answer } });

describe('fleet', () => {
  it('names every set with its verdict, counts and age, and counts as the messages do', async () => {
    await using relay = await relayWith(FLEET);

    const { status, stdout } = await cli(['fleet', '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/shop-web +pending +6 \/ 10 +≥ 3 d +prod +rg-shop +s\n/);
    expect(stdout).toMatch(/shop-held +awaitingApproval until 2026-11-20 14:00:00 UTC, then Approve +0 /);
    expect(stdout).toMatch(/shop-dark +unread Conflict +\? /);
    expect(stdout).toContain('3 scale sets drifted.\n2 more may still settle');
    expect(stdout).toContain('1 scale set could not be read.\nChecked 2026-11-20 12:00:00 UTC.\n');
  });

  it('narrows by name and by fields: one of each field has to fit', async () => {
    await using relay = await relayWith(FLEET);
    const names = async (...match: readonly string[]) => {
      const { stdout } = await cli([
        'fleet',
        '--json',
        ...match.flatMap((each) => ['--match', each]),
        '--url',
        relay.url,
      ]);
      return (json(stdout) as typeof FLEET).sets.map(({ name }) => name);
    };

    expect(await names('*-web')).toStrictEqual(['shop-web']);
    expect(await names('environment=prod*', 'environment=dev')).toStrictEqual(['shop-web', 'shop-api']);
    expect(await names('environment=prod', 'verdict=canary')).toStrictEqual([]);
    expect(await names('verdict=canary*')).toStrictEqual(['shop-api']);
    expect((await cli(['fleet', '--match', 'colour=red', '--url', relay.url])).stderr).toContain('no field colour');
  });

  it('takes no verdict that there is not: nothing would fit, and that reads like an all-clear', async () => {
    await using relay = await relayWith(FLEET);

    const { status, stdout, stderr } = await cli(['fleet', '--match', 'verdict=pendnig', '--url', relay.url]);

    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('there is no such verdict; did you mean `pending`?');
    expect(stderr).toContain('There are pending, stalled,');
    expect(stderr).toContain('unread.');
  });

  it('says what the last check could not read, and since when nothing could be', async () => {
    const since = '2026-11-20T11:00:00.000Z';
    const unseen = [{ id: 's', name: 'Prod-EU', why: 'NoAnswer', since }];
    const broken = { id: 't', name: 'Dev', why: 'Conflict', since, part: true };
    await using partly = await relayWith({ ...FLEET, unseen: [...unseen, broken] });
    await using blind = await relayWith({ ...FLEET, unseen, blindSince: since });
    await using empty = await relayWith({ ...FLEET, sets: [], unseen, blindSince: since });

    const some = await cli(['fleet', '--url', partly.url]);
    expect(some.status).toBe(0);
    expect(some.stdout).toContain('Prod-EU could not be read since 2026-11-20 11:00:00 UTC: NoAnswer.\n');
    expect(some.stdout).toContain('Dev could not be read to its end since 2026-11-20 11:00:00 UTC: Conflict.\nChecked');

    const none = await cli(['fleet', '--url', blind.url]);
    expect(none.status).toBe(1);
    expect(none.stdout).toContain(
      'Nothing could be read since 2026-11-20 11:00:00 UTC: NoAnswer.\nWhat is listed was known before.\n3 scale',
    );
    expect(none.stdout).not.toContain('Checked');
    expect((await cli(['fleet', '--url', empty.url])).stdout).not.toContain('No scale set has drifted');
    const asJson = json((await cli(['fleet', '--json', '--url', blind.url])).stdout);
    expect(asJson).toMatchObject({ blindSince: since, unseen });
  });

  it('says that nothing has drifted, that nobody looked yet, and that the report is off', async () => {
    await using clean = await relayWith({ ...FLEET, sets: [] });
    await using fresh = await relayWith({ on: true, sets: [] });
    await using off = await relayWith({ on: false, sets: [] });

    expect((await cli(['fleet', '--url', clean.url])).stdout).toContain('No scale set has drifted.');
    expect((await cli(['fleet', '--url', fresh.url])).stdout).toContain('There was no drift check yet');
    expect(await cli(['fleet', '--url', off.url])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is off'),
    });
  });

  it('shows it again once it has changed, for as long as it is watched, also where the relay was away meanwhile', async () => {
    let asked = 0;
    await using relay = await fakeRelay({
      'GET /api/fleet': () => {
        asked += 1;
        if (asked === 2 || asked === 3) return { status: 503 };
        if (asked < 5) return { json: FLEET };
        return { json: asked === 5 ? { ...FLEET, sets: FLEET.sets.slice(0, 1) } : { on: false, sets: [] } };
      },
    });

    const { status, stdout, stderr } = await cli(['fleet', '--watch', '1', '--url', relay.url]);

    expect(status).toBe(1);
    expect(stderr.match(/cannot do it now/g)).toHaveLength(1);
    expect(stderr).toMatch(/cannot do it now.* Asked again until it is back\.\n.*is off/s);
    expect(stdout.match(/Checked/g)).toHaveLength(2);
    expect(stdout).toContain('1 scale set drifted.');
  });
});
