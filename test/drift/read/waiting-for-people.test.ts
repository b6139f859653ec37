import { describe, expect, it } from 'vitest';
import type { HookState } from '../../../dev/fake-azure/scale-set.ts';
import { fleetList } from '../../../src/drift/rules/fleet-list.ts';
import { azRequest } from '../../support/az-command.ts';
import { brief, DAY, type FleetRun, fleetRun, MINUTE } from '../read-support/fleet-run.ts';

const batch: HookState = { type: 'UpgradeAutoOSRollingBatchStarting', state: 'Active', defaultAction: 'Approve' };

/** One hook that was answered, and one that waits. */
const waits = (over: Partial<HookState> = {}): readonly HookState[] => [
  { ...batch, type: 'UpgradeAutoOSScheduling', state: 'Completed', actionState: 'Approved' },
  { ...batch, waitUntil: '2026-11-20T10:17:55.6844555+00:00', ...over },
];

/** A fleet of one set that has been looked at once, with nothing wrong. */
async function one(source: string, state: Parameters<FleetRun['fleet']['setPolicy']>[1] = {}): Promise<FleetRun> {
  const run = await fleetRun({ fleet: { sets: 0 }, env: { DRIFT_SOURCE: source }, azure: { writes: true } });
  run.fleet.addSet({ name: 'web', instances: 10, state: { autoOsUpgrade: true, hooks: [], ...state } });
  expect(await run.after(0)).toStrictEqual([]);
  return run;
}

const listed = (run: FleetRun) =>
  fleetList(run.state).sets.map(({ verdict, behind, approval }) => ({ verdict, behind, approval }));

describe.each(['arm', 'auto'])('an upgrade that a lifecycle hook holds, looked for by way of %s,', (source) => {
  it('is told at once with until when and what happens then, and is no stalled upgrade', async () => {
    await using run = await one(source);
    run.fleet.changeModel('web', 'imageVersion');
    run.fleet.startRollout('web');
    run.fleet.setPolicy('web', { hooks: waits() });
    const events = [...(await run.after(5)), ...(await run.after(100))];

    const approval = { until: '2026-11-20T10:17:55.684Z', otherwise: 'Approve' };
    expect(brief(events)).toStrictEqual(['opened awaitingApproval 10/10']);
    expect(events[0]).toMatchObject({ severity: 'info', approval, advice: 'approval' });
    expect(listed(run)).toStrictEqual([{ verdict: 'awaitingApproval', behind: 10, approval }]);
  });

  it('is told before anything is behind, with each end, and is over when it goes on', async () => {
    await using run = await one(source);
    run.fleet.setPolicy('web', { hooks: waits({ type: 'UpgradeAutoOSScheduling', defaultAction: 'Reject' }) });
    const first = await run.after(30);
    expect(brief(first)).toStrictEqual(['opened awaitingApproval 0/10']);
    expect(first).toMatchObject([{ severity: 'warning', approval: { otherwise: 'Reject' } }]);
    expect(await run.after(30)).toStrictEqual([]);

    run.fleet.setPolicy('web', { hooks: waits({ waitUntil: '2026-11-20T13:00:00Z' }) });
    expect(await run.after(30)).toMatchObject([{ change: 'changed', approval: { until: '2026-11-20T13:00:00.000Z' } }]);
    expect(listed(run)).toHaveLength(1);
    run.fleet.setPolicy('web', { hooks: waits({ state: 'Completed', actionState: 'Approved' }) });
    expect(brief(await run.after(30))).toStrictEqual(['resolved awaitingApproval 0/10']);
    expect(await run.after(30)).toStrictEqual([]);
    expect(listed(run)).toStrictEqual([]);
  });

  it.each<[string, Partial<HookState>, object]>([
    ['no end', {}, { otherwise: 'Approve' }],
    ['null', { waitUntil: null, defaultAction: null }, {}],
    ['an end that is none', { waitUntil: 'soon' }, { otherwise: 'Approve' }],
    ['a default of tomorrow', { defaultAction: 'Postpone' as never }, {}],
  ])('is told with what is known where it has %s', async (_what, over, approval) => {
    await using run = await one(source);
    run.fleet.setPolicy('web', { hooks: [{ ...batch, ...over }] });

    expect(await run.after(30)).toMatchObject([{ verdict: 'awaitingApproval', approval }]);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it.each([403, 404])('is not known, and no other is, where Azure answers %i', async (status) => {
    await using run = await one(source);
    run.fleet.setPolicy('web', { hooks: waits() });
    run.fake.fault({ on: { kind: 'hookEvents' }, times: Number.POSITIVE_INFINITY, wrong: { kind: 'status', status } });
    run.fleet.changeModel('web', 'vmSize');

    expect(brief([...(await run.after(40)), ...(await run.after(30))])).toStrictEqual(['opened pending 10/10']);
  });

  it('costs nothing where there are no hooks, and a read where there are', async () => {
    await using run = await fleetRun({ fleet: { sets: 5 }, env: { DRIFT_SOURCE: source } });
    await run.done();
    expect(run.fake.calls).toMatchObject({ hookEvents: 0, setView: 0 });
    const [first] = run.fleet.sets;
    if (first !== undefined) run.fleet.setPolicy(first, { hooks: [] });
    await run.done(30);
    expect(run.fake.calls).toMatchObject({ hookEvents: 1, setView: 0 });
  });
});

it('a deferred upgrade waits for approval once it is late, and its command approves by name', async () => {
  await using run = await one('arm', { defersOsUpgrade: true });
  run.fleet.changeModel('web', 'imageVersion');
  run.fleet.startRollout('web');
  expect(await run.after(20)).toStrictEqual([]);
  const [told, ...more] = [...(await run.after(40)), ...(await run.after(100))];

  expect(more).toStrictEqual([]);
  expect(told).toMatchObject({ verdict: 'awaitingApproval', severity: 'warning', approval: {}, advice: 'approve' });
  const { command = '' } = told?.kind === 'drift' ? told : {};
  expect(azRequest(command)).toMatchObject({ body: { instanceIds: ['0', '1'] } });
});

describe('suspended repairs', () => {
  const hour = (run: FleetRun) => run.after(60);

  it.each(['arm', 'auto'])('are told within a day, once, and that they are resumed (%s)', async (source) => {
    await using run = await one(source, { repairs: 'Running' });
    run.fleet.setPolicy('web', { repairs: 'Suspended' });
    const events = [];
    for (let hours = 0; hours < 24; hours += 1) events.push(...(await hour(run)));

    expect(brief(events)).toStrictEqual(['opened repairsSuspended 0/10']);
    expect(events[0]).toMatchObject({ severity: 'warning', repairsSuspended: true, advice: 'inspect', reasons: [] });
    expect(listed(run)).toMatchObject([{ verdict: 'repairsSuspended', behind: 0 }]);
    run.fleet.setPolicy('web', { repairs: 'Running' });
    expect(brief(await hour(run))).toStrictEqual(['resolved repairsSuspended 0/10']);
    expect(await hour(run)).toStrictEqual([]);
  });

  it('and drift are one message, and are not over before both are', async () => {
    await using run = await one('arm', { repairs: 'Suspended', autoOsUpgrade: false });
    run.fleet.changeModel('web', 'vmSize');
    const events = [...(await run.after(10)), ...(await run.after(30)), ...(await run.after(30))];

    expect(brief(events)).toStrictEqual(['opened pending 10/10']);
    expect(events).toMatchObject([{ repairsSuspended: true }]);
    run.fleet.update('web');
    expect(brief(await run.after(30))).toStrictEqual(['changed repairsSuspended 0/10']);
    expect(await run.after(30)).toStrictEqual([]);
    run.fleet.setPolicy('web', { repairs: 'Running' });
    expect(brief(await run.after(30))).toStrictEqual(['resolved repairsSuspended 0/10']);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('that come after drift was told are told as well, once', async () => {
    await using run = await one('arm', { repairs: 'Running', autoOsUpgrade: false });
    run.fleet.changeModel('web', 'vmSize');
    expect(brief([...(await run.after(40)), ...(await run.after(30))])).toStrictEqual(['opened pending 10/10']);
    run.fleet.setPolicy('web', { repairs: 'Suspended' });
    const events = await run.after(30);

    expect(events).toMatchObject([{ change: 'changed', verdict: 'pending', repairsSuspended: true }]);
    expect(await run.after(30)).toStrictEqual([]);
    run.fleet.setPolicy('web', { repairs: 'Running' });
    run.fleet.update('web');
    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
  });

  it('can be resumed by the command that a week later is told', async () => {
    await using run = await one('arm', { repairs: 'Suspended' });
    const events = [];
    for (let hours = 0; hours < 24; hours += 1) events.push(...(await hour(run)));
    for (let days = 0; days < 8; days += 1) events.push(...(await run.after(DAY / MINUTE)));
    const told = events.find((event) => event.kind === 'drift' && event.change === 'reminder');
    const { advice, command = '' } = told?.kind === 'drift' ? told : {};

    expect(advice).toBe('repair');
    const { path, body } = azRequest(command);
    const url = `${run.fake.url}${path}?api-version=2026-04-01`;
    expect(await fetch(url, { method: 'POST', body: JSON.stringify(body) })).toMatchObject({ status: 200 });
    expect(brief(await hour(run))).toStrictEqual(['resolved repairsSuspended 0/10']);
  });
});

it('a machine that Azure moves to another zone makes no canary of a set that has drifted', async () => {
  await using run = await one('arm', { autoOsUpgrade: false, rebalancesZones: true });
  run.fleet.changeModel('web', 'vmSize');
  const events = [...(await run.after(40)), ...(await run.after(30))];
  run.fleet.surge('web', ['3']);
  events.push(...(await run.after(40)), ...(await run.after(12 * 60)));
  run.fleet.surge('web', ['4']);
  events.push(...(await run.after(40)), ...(await run.after(DAY / MINUTE)));

  expect(brief(events)).toStrictEqual(['opened pending 10/10']);
});

describe.each(['arm', 'auto'])('a set that is being deleted (%s)', (source) => {
  it('is no news, whether it had drifted or not', async () => {
    await using run = await one(source, { autoOsUpgrade: false });
    run.fleet.addSet({ name: 'other', instances: 2 });
    run.fleet.changeModel('web', 'vmSize');
    expect(brief([...(await run.after(40)), ...(await run.after(30))])).toStrictEqual(['opened pending 10/10']);
    run.fleet.setPolicy('web', { provisioning: 'Deleting' });
    run.fleet.setPolicy('other', { provisioning: 'Deleting' });
    run.fleet.changeModel('other', 'vmSize');

    expect([...(await run.after(40)), ...(await run.after(40)), ...(await run.after(DAY / MINUTE))]).toStrictEqual([]);
    expect(listed(run)).toStrictEqual([]);
  });

  it('by the time that its command is pasted answers so, and nothing else is touched', async () => {
    await using run = await one(source, { autoOsUpgrade: false });
    run.fleet.addSet({ name: 'other', instances: 2 });
    run.fleet.changeModel('web', 'vmSize');
    const [told] = [...(await run.after(40)), ...(await run.after(30))];
    run.fleet.deleteSet('web');
    const { path, body } = azRequest(told?.kind === 'drift' ? ((told.command ?? '').split('\n')[0] ?? '') : '');
    const answer = await fetch(`${run.fake.url}${path}?api-version=2026-04-01`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'ResourceNotFound' } });
    expect(run.fake.writes).toStrictEqual([]);
  });
});

it.each(['Uniform', 'Flexible'] as const)('machines of a standby pool are not counted (%s)', async (orchestration) => {
  await using run = await fleetRun({ fleet: { sets: 0 } });
  const { name } = run.fleet.addSet({ name: 'web', orchestration, instances: 10 });
  await run.done();
  const ids = run.fleet.set(name).state.instances.map(({ id }) => id);
  run.fleet.pool(name, ids.slice(0, 4));
  run.fleet.changeModel(name, 'vmSize');
  const events = [...(await run.after(40)), ...(await run.after(30))];

  expect(events).toMatchObject([{ behind: 6 }]);
  run.fleet.update(name, ids.slice(4));
  expect(await run.after(30)).toMatchObject([{ change: 'resolved' }]);
});

it('instances in every state are read, and those that go are neither behind nor up to date', async () => {
  await using run = await one('arm', { autoOsUpgrade: false });
  run.fleet.changeModel('web', 'vmSize');
  for (const [id, state] of ['Creating', 'Updating', 'Deleting', 'Migrating', 'Failed'].entries()) {
    run.fleet.fail('web', [`${id}`], state as 'Creating');
  }
  const events = [...(await run.after(40)), ...(await run.after(30))];

  expect(events).toMatchObject([{ verdict: 'pending', behind: 9, failedIds: ['4'] }]);
  const { command = '' } = events[0]?.kind === 'drift' ? events[0] : {};
  expect(azRequest(command.split('\n')[0] ?? '').ids).toStrictEqual(['4', '5']);
});
