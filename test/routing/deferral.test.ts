import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { conditions } from '../../src/routing/conditions.ts';
import {
  advanced,
  compileDeferral,
  type Deferral,
  deferralOf,
  isUnderWay,
  keysHolding,
  stepsOf as stepsTold,
  type UnderWay,
  underWay,
} from '../../src/routing/deferral.ts';
import { sources } from '../../src/sources/registry.ts';
import { examples } from '../support/examples.ts';

const START = Date.parse('2026-11-20T14:00:00.000Z');
const HOUR = 3_600_000;
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
const rule = (given: object = {}) => compileDeferral(deferralOf(conditions).parse(given));

const stepsOf = (event: RelayEvent, rules: readonly Deferral[], proven = true) => stepsTold({ event, proven }, rules);

type Phase = EventOf<'deployment'>['phase'];

const resource = { name: 'shop-web', group: 'shop' };
const { step: _, environment: __, ...bare } = examples.deployment;
const deployment = (phase: Phase, minutes = 0, more: object = {}): EventOf<'deployment'> => ({
  ...bare,
  ...{ resource, phase, occurredAt: at(minutes), subject: 'shop', story: 'run-1', ...more },
});
const scale = { ...examples.scale, resource: { ...resource, name: 'Shop-Web' } };

const knownAfter = (...events: EventOf<'deployment'>[]): UnderWay | undefined =>
  events
    .flatMap((event) => stepsOf(event, [rule()]))
    .reduce<UnderWay | undefined>((known, step) => advanced(known, step), undefined);
const holds = (known: UnderWay | undefined, minutes: number) =>
  known !== undefined && isUnderWay(known, START + minutes * 60_000);

describe('a deployment', () => {
  it('is under way from its start to its end', () => {
    expect(holds(knownAfter(deployment('started')), 1)).toBe(true);
    expect(holds(knownAfter(deployment('started'), deployment('succeeded', 5)), 6)).toBe(false);
  });

  it.each(['succeeded', 'failed', 'cancelled', 'rejected'] as const)('ends with %s', (phase) => {
    expect(holds(knownAfter(deployment('started'), deployment(phase, 5)), 6)).toBe(false);
  });

  it.each(['requested', 'waiting', 'approved'] as const)('neither begins nor ends with %s', (phase) => {
    expect(stepsOf(deployment(phase), [rule()])).toStrictEqual([]);
  });

  it('is not what only tries a change', () => {
    expect(stepsOf(deployment('started', 0, { check: true }), [rule()])).toStrictEqual([]);
  });

  it('is no longer under way after so long at most, should its end never be told', () => {
    const [step] = stepsOf(deployment('started'), [rule({ atMost: '30m' })]);

    expect(holds(step, 29)).toBe(true);
    expect(holds(step, 30)).toBe(false);
  });

  it('has ended whichever event comes first', () => {
    expect(holds(knownAfter(deployment('succeeded', 5), deployment('started')), 6)).toBe(false);
  });

  it('can begin again', () => {
    const known = knownAfter(deployment('started'), deployment('failed', 5), deployment('started', 10));

    expect(holds(known, 11)).toBe(true);
  });

  it('does not end with another one of the same resource', () => {
    const other = { story: 'run-2' };
    const known = knownAfter(deployment('started'), deployment('started', 1, other), deployment('succeeded', 2, other));

    expect(holds(known, 3)).toBe(true);
    expect(holds(known && advanced(known, stepsOf(deployment('succeeded', 4), [rule()])[0] ?? known), 5)).toBe(false);
  });

  it('does not end with one of its stages', () => {
    const stage = { step: 'test' };
    const known = knownAfter(deployment('started'), deployment('started', 1, stage), deployment('succeeded', 2, stage));

    expect(holds(known, 3)).toBe(true);
  });

  it('does not end with the same one in another environment', () => {
    const known = knownAfter(
      deployment('started', 0, { environment: 'prod' }),
      deployment('started', 0, { environment: 'test' }),
      deployment('succeeded', 2, { environment: 'test' }),
    );

    expect(holds(known, 3)).toBe(true);
  });

  it('is not forgotten because many others begin and end', () => {
    const others = Array.from({ length: 40 }, (_value, index) => ({ story: `other-${index}` }));
    const known = knownAfter(
      deployment('started'),
      ...others.flatMap((other) => [deployment('started', 1, other), deployment('succeeded', 2, other)]),
    );

    expect(holds(known, 3)).toBe(true);
    expect(known?.deployments.length).toBeLessThan(40);
  });

  it('is told by its own events only, and where the rule is for it', () => {
    expect(stepsOf(scale, [rule()])).toStrictEqual([]);
    expect(stepsOf(deployment('started'), [rule({ during: { environment: 'prod' } })])).toStrictEqual([]);
  });

  it('counts where its source proved itself, or the rule names it', () => {
    const counts = (during: object, proven: boolean) =>
      stepsOf(deployment('started', 0, { source: 'github' }), [rule({ during })], proven).length > 0;

    expect([counts({}, true), counts({}, false)]).toStrictEqual([true, false]);
    for (const source of ['github', ['GitHub', 'jenkins'], ['github', '!jenkins']]) {
      expect(counts({ source }, false)).toBe(true);
    }
    for (const source of ['git*', '!jenkins', ['jenkins', 'g?thub'], 'jenkins']) {
      expect(counts({ source }, false)).toBe(false);
    }
    expect(counts({ source: 'jenkins' }, true)).toBe(false);
  });

  it('neither begins nor ends with one of the same name by another source', () => {
    const rules = [rule()];
    const known = (...events: EventOf<'deployment'>[]) =>
      events
        .flatMap((event) => stepsOf(event, rules))
        .reduce<UnderWay | undefined>((known, step) => advanced(known, step), undefined);
    for (const { name: source } of sources) {
      for (const { name: other } of sources.filter(({ name }) => name !== source)) {
        const begun = deployment('started', 0, { source });

        expect(holds(known(begun, deployment('failed', 5, { source: other })), 6)).toBe(true);
        expect(
          holds(known(begun, deployment('failed', 5, { source }), deployment('failed', 1, { source: other })), 6),
        ).toBe(false);
      }
    }
  });

  it('of the release before, which does not say whose it is, ends as it would have', () => {
    const [begun] = knownAfter(deployment('started'))?.deployments ?? [];
    const { source: ____, ...before } = begun ?? { id: '', what: '' };
    const [end] = stepsOf(deployment('succeeded', 5), [rule()]);
    if (end === undefined) throw new Error('expected a step');
    const after = advanced({ key: end.key, deployments: [before] }, end);

    expect(holds({ key: end.key, deployments: [before] }, 6)).toBe(true);
    expect(holds(after, 6)).toBe(false);
    expect(after.deployments).toMatchObject([{ source: examples.deployment.source }]);
  });

  it('is known the same after storage', () => {
    const known = knownAfter(deployment('started'), deployment('succeeded', 5));

    expect(underWay.parse(JSON.parse(JSON.stringify(known)))).toStrictEqual(known);
  });

  it('comes to the same end in whatever order and how often its events come', () => {
    const events = [
      deployment('started'),
      deployment('failed', 5),
      deployment('started', 10),
      deployment('succeeded', 20),
    ];
    const minutes = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 8 }), minutes, (order, later) => {
        expect(holds(knownAfter(...order), later)).toBe(holds(knownAfter(...events), later));
      }),
    );
  });

  it('is never under way for longer than allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom<Phase>('started', 'failed'), fc.nat(500))), (told) => {
        const known = knownAfter(...told.map(([phase, minutes]) => deployment(phase, minutes)));
        const last = Math.max(0, ...told.map(([, minutes]) => minutes));

        expect(known !== undefined && isUnderWay(known, START + last * 60_000 + 2 * HOUR)).toBe(false);
      }),
    );
  });
});

describe('an event', () => {
  const keyOf = (given: object) => stepsOf(deployment('started', 0, { environment: 'prod' }), [rule(given)])[0]?.key;

  it('waits for a deployment of the same resource, in whatever case', () => {
    expect(keysHolding(scale, [rule()])).toStrictEqual([keyOf({})]);
    expect(keysHolding({ ...scale, resource: { name: 'other' } }, [rule()])).not.toContain(keyOf({}));
  });

  it('waits for what has all of several things in common', () => {
    const given = { same: ['group', 'environment'] };

    expect(keysHolding({ ...scale, environment: 'prod' }, [rule(given)])).toStrictEqual([keyOf(given)]);
    expect(keysHolding({ ...scale, environment: 'test' }, [rule(given)])).not.toContain(keyOf(given));
  });

  it('has nothing in common with a deployment where both say nothing', () => {
    const given = { same: ['region'] };

    expect(keyOf(given)).toBeUndefined();
    expect(keysHolding({ ...scale, resource }, [rule(given)])).toStrictEqual([]);
  });

  it('waits only where it is of the kind that is held', () => {
    expect(keysHolding({ ...examples.alert, resource }, [rule()])).toStrictEqual([]);
    expect(keysHolding({ ...examples.drift, resource }, [rule()])).toHaveLength(1);
    expect(keysHolding({ ...examples.alert, resource }, [rule({ hold: { kind: 'alert' } })])).toHaveLength(1);
  });

  it('waits once where two rules say the same', () => {
    expect(keysHolding(scale, [rule(), rule({ atMost: '1h' })])).toHaveLength(1);
    expect(stepsOf(deployment('started'), [rule(), rule({ atMost: '1h' })])).toHaveLength(1);
  });
});
