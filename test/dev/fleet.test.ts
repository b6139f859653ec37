import { describe, expect, it } from 'vitest';
import { Fleet } from '../../dev/host/fleet.ts';
import type { FleetView, SetView } from '../../src/drift/rules/view.ts';
import { driftReasons, driftVerdicts } from '../../src/event/drift.ts';

interface Answer {
  readonly on: boolean;
  readonly ended: number;
  readonly running?: { readonly step?: unknown };
  readonly last?: { readonly report?: unknown; readonly failure?: string };
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly view?: { readonly sets: readonly { readonly advice?: string; readonly command?: string }[] };
}

const ask = async (fleet: Fleet, path: string): Promise<Answer> =>
  (await fleet.answer(`GET /fleet/${path}`))?.jsonBody as Answer;

const SINCE = '2026-11-20T08:00:00.000Z';

const set = (verdict: SetView['verdict'], more: Partial<SetView> = {}): SetView => ({
  id: '/subscriptions/s/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
  name: 'shop-web',
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'rg-shop',
  location: 'westeurope',
  orchestration: 'Uniform',
  mode: 'Manual',
  total: 10,
  verdict,
  behind: 2,
  unknown: 0,
  since: SINCE,
  instances: [
    { id: '3', since: SINCE, held: false, state: 'ok', reasons: [{ kind: 'vmSize', from: 'a', to: 'b' }] },
    { id: '4', since: SINCE, held: true, state: 'failed', reasons: [{ kind: 'secrets' }] },
  ],
  ...more,
});

const view = (...sets: readonly SetView[]): FleetView => ({
  version: 1,
  ranAt: SINCE,
  subscriptions: [{ id: 's', name: 'Prod', read: 'full' }],
  sets: [...sets],
});

const fleetOf = (text: string | undefined): Fleet => {
  const fleet = new Fleet();
  fleet.reads(async () => text, 'https://management.azure.com');
  return fleet;
};

const silent = { log: () => undefined };

describe('the fleet of the local run', () => {
  it('says that the report is off, and that it was never run', async () => {
    expect(await ask(new Fleet(), 'runs')).toStrictEqual({ on: false, ended: 0 });
    expect(await ask(new Fleet(), 'view')).not.toHaveProperty('view');
    expect(await ask(fleetOf(undefined), 'view')).toMatchObject({ on: true, ended: 0 });
  });

  it('answers nothing else', async () => {
    for (const call of ['GET /fleet', 'GET /fleet/view/more', 'POST /fleet/view', 'DELETE /fleet/runs', 'GET /']) {
      expect(await new Fleet().answer(call), call).toBeUndefined();
    }
  });

  it('has a word for every verdict and reason that can be told', async () => {
    const { words } = await ask(new Fleet(), 'view');

    const silentOnes = ['managed', 'clean', 'waiting', 'rolling', 'unread'];
    expect(Object.keys(words['verdict'] ?? {}).sort()).toStrictEqual([...driftVerdicts, ...silentOnes].sort());
    expect(Object.keys(words['reason'] ?? {})).toStrictEqual([...driftReasons]);
    expect(Object.values(words['verdict'] ?? {}).filter((word) => !word)).toStrictEqual([]);
  });

  it.each([
    ['http://127.0.0.1:7080', 'Is `npm run fake-azure` running?'],
    ['https://management.azure.com', 'Can this machine reach management.azure.com?'],
  ])('says what to do where %s did not answer, and where there is no token', async (armEndpoint, advice) => {
    const fleet = new Fleet();
    fleet.reads(async () => undefined, armEndpoint);

    const { words } = await ask(fleet, 'view');

    expect(words['unread']).toMatchObject({ NoAnswer: advice, NoToken: 'Sign in with `az login`.' });
  });

  it('shows the command that the run left with a set', async () => {
    const treated = set('pending', { advice: 'update', command: 'az vmss update-instances …' });
    const { view: shown } = await ask(fleetOf(JSON.stringify(view(treated, set('held')))), 'view');

    expect(shown?.sets[0]).toMatchObject({ advice: 'update', command: 'az vmss update-instances …' });
    expect(shown?.sets[1]).not.toHaveProperty('command');
  });

  it.each(['', 'null', '{', '{"version":2}', '[]'])('takes an overview of %j for none', async (text) => {
    expect(await ask(fleetOf(text), 'view')).not.toHaveProperty('view');
  });

  it('follows a run from its steps to its report', async () => {
    const fleet = fleetOf(undefined);
    const { promise, resolve } = Promise.withResolvers<void>();
    const lines: unknown[] = [];
    const timer = fleet.following({
      async handler(_: unknown, { log }: { log(message: string, ...details: unknown[]): void }) {
        log('drift', '{"step":"reading","subscriptions":2}');
        await promise;
        log('drift', '{"outcome":"done","sets":4}');
      },
    });

    const run = timer.handler({}, { log: (...line) => lines.push(line) });
    expect(await ask(fleet, 'runs')).toMatchObject({
      ended: 0,
      running: { step: { step: 'reading', subscriptions: 2 } },
    });
    resolve();
    await run;

    expect(await ask(fleet, 'runs')).toStrictEqual({
      on: true,
      ended: 1,
      last: { report: { outcome: 'done', sets: 4 } },
    });
    expect(lines).toHaveLength(2);
  });

  it('keeps a run under way while a second one finds it at work', async () => {
    const fleet = fleetOf(undefined);
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = fleet.following({ handler: () => promise }).handler({}, silent);
    const busy = async (_: unknown, { log }: { log(...line: unknown[]): void }) => log('drift', '{"outcome":"busy"}');

    await fleet.following({ handler: busy }).handler({}, silent);
    expect(await ask(fleet, 'runs')).toMatchObject({ ended: 0, running: {} });
    resolve();
    await first;

    expect(await ask(fleet, 'runs')).toStrictEqual({ on: true, ended: 1 });
  });

  it('tells why a run failed, and lets the failure through', async () => {
    const fleet = fleetOf(undefined);
    const timer = fleet.following({ handler: () => Promise.reject(new Error('storage is away')) });

    await expect(timer.handler({}, silent)).rejects.toThrow('storage is away');

    expect(await ask(fleet, 'runs')).toStrictEqual({ on: true, ended: 1, last: { failure: 'storage is away' } });
  });
});
