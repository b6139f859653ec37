import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/config/compile.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import type { EventOf } from '../../src/event/event.ts';
import { stepsOf } from '../../src/routing/deferral.ts';
import { ledTo } from '../../src/routing/routes.ts';
import { phasesAllTheSame, telling, tells, whyLeftOut } from '../../src/routing/tell.ts';
import { examples } from '../support/examples.ts';

const RECEIVERS = '{ ops: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }';

/** The receivers that routes lead to, as relay.yaml writes them. */
async function routing(routes?: string) {
  const text = `receivers: ${RECEIVERS}\n${routes === undefined ? '' : `routes: ${routes}`}`;
  const rules = compiled(await parseConfigFile(text, {}, 'relay.yaml'), { locale: 'en', timeZone: 'UTC' });
  return {
    deployment: (phase: EventOf<'deployment'>['phase']) => ledTo({ ...examples.deployment, phase }, rules.routes),
    scale: (phase: EventOf<'scale'>['phase']) => ledTo({ ...examples.scale, phase }, rules.routes),
  };
}

const told = { receivers: ['ops'], untold: [] };
const untold = { receivers: [], untold: ['ops'] };

describe('what a route tells', () => {
  it.each([undefined, '[{ to: [ops] }]'])(
    'is both ends of scalings and the ends of deployments: %s',
    async (routes) => {
      const { deployment, scale } = await routing(routes);

      expect([scale('started'), scale('succeeded'), deployment('succeeded')]).toStrictEqual([told, told, told]);
      expect([deployment('requested'), deployment('started')]).toStrictEqual([untold, untold]);
    },
  );

  it.each(['begins', 'ends', 'both'])('is always what failed, what waits and what was decided: %s', async (tell) => {
    const { deployment, scale } = await routing(`[{ to: [ops], tell: ${tell} }]`);
    const news = (['failed', 'cancelled', 'waiting', 'approved', 'rejected'] as const).map(deployment);

    expect([...news, scale('failed'), scale('held')]).toStrictEqual(Array(7).fill(told));
  });

  it.each([
    ['begins', told, untold],
    ['ends', untold, told],
    ['both', told, told],
  ])('may be said: %s', async (tell, begin, end) => {
    const { deployment, scale } = await routing(`[{ to: [ops], tell: ${tell} }]`);

    expect([deployment('started'), scale('started')]).toStrictEqual([begin, begin]);
    expect([deployment('succeeded'), scale('succeeded')]).toStrictEqual([end, end]);
  });

  it('is what the route around it says, unless it says another thing itself', async () => {
    const inner = async (own: string) =>
      (await routing(`[{ tell: both, to: [ops], routes: [{ match: { kind: deployment }${own} }] }]`)).deployment;

    expect((await inner(''))('started')).toStrictEqual(told);
    expect((await inner(', tell: ends'))('started')).toStrictEqual(untold);
  });

  it.each([
    ['[{ match: { phase: started }, to: [ops] }]', told],
    ['[{ match: { phase: [failed, started] }, tell: ends, to: [ops] }]', told],
    ['[{ match: { phase: start* }, to: [ops], routes: [{ match: { kind: deployment } }] }]', told],
    ['[{ match: { phase: "!failed" }, to: [ops] }]', untold],
  ])('is a phase that its match names, in any case: %s', async (routes, expected) => {
    expect((await routing(routes)).deployment('started')).toStrictEqual(expected);
  });

  it('does not lead on to later routes, and is made up for by one that tells more', async () => {
    expect(
      (await routing('[{ to: [ops], continue: true }, { tell: both, to: [ops] }]')).deployment('started'),
    ).toStrictEqual(told);
    expect((await routing('[{ to: [ops] }, { tell: both, to: [ops] }]')).deployment('started')).toStrictEqual(untold);
  });

  it('makes no difference to what waits for a deployment: its beginning is noticed', () => {
    const rule = { during: () => true, named: [], hold: () => true, same: ['resource'], atMost: 1 } as const;

    const event = { ...examples.deployment, phase: 'started' as const };

    expect(stepsOf({ event, proven: true }, [rule])).toHaveLength(1);
  });
});

it.each([
  [{ ...examples.deployment, phase: 'started' as const }, 'it tells no beginnings of deployments (tell: both would)'],
  [{ ...examples.scale, phase: 'succeeded' as const }, 'it tells no ends of scalings (tell: both would)'],
])('says what a route leaves out, and what would change that', (event, why) => {
  expect(whyLeftOut(event)).toBe(why);
});

it.each([
  [undefined, 'started', []],
  ['both', 'started', []],
  ['ends', undefined, []],
  ['ends', 'started', ['started']],
  ['ends', ['failed', '!started'], []],
  ['ends', ['re*', 'succeeded'], ['requested']],
  ['begins', '*', ['succeeded']],
] as const)('names the phases that tell %s leaves out and match %j asks for all the same', (tell, phases, told) => {
  expect(phasesAllTheSame(tell, phases)).toStrictEqual(told);
});

it.each([undefined, ...tells])('is, with tell %s, every event that is no beginning and no end of anything', (tell) => {
  const { scale: _, deployment: __, ...others } = examples;
  const told = telling({ tell, phases: [] });

  expect(Object.values(others).filter((event) => !told(event))).toStrictEqual([]);
});
