import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instance, Rollout, ScaleSet } from '../../../src/drift/rules/azure.ts';
import { decide } from '../../../src/drift/rules/decide.ts';
import {
  type RunReading,
  type ScopeReading,
  type SetReading,
  summarize,
  totalOf,
} from '../../../src/drift/rules/reading.ts';
import { type DriftState, parseState } from '../../../src/drift/rules/state.ts';
import { event, type RelayEvent } from '../../../src/event/event.ts';
import { share } from '../../support/sweep.ts';
import { applied, differing, PASSWORD, profile, SUBSCRIPTION, scaleSet, withProfile } from '../support/models.ts';
import { behind, MINUTE, SETTINGS, START } from '../support/runs.ts';

const NAMES = ['a', 'b'];

const rollout: fc.Arbitrary<Rollout> = fc.record({
  code: fc.constantFrom('RollingForward' as const, 'Cancelled' as const, 'Completed' as const, 'Faulted' as const),
  done: fc.nat({ max: 3 }),
  failed: fc.nat({ max: 1 }),
  inProgress: fc.constant(0),
  pending: fc.nat({ max: 1 }),
});

const setReading: fc.Arbitrary<SetReading> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    mode: fc.constantFrom('Manual' as const, 'Automatic' as const, 'Rolling' as const),
    changedMinutesAgo: fc.option(fc.constantFrom(0, 20, 600, 6_000), { nil: undefined }),
    drifted: fc.constantFrom(0, 0, 0, 1, 3, 4, 5, 10, 10, 250),
    held: fc.boolean(),
    from: fc.constantFrom(0, 5, 500),
    unknown: fc.constantFrom(0, 0, 2),
    rollout: fc.option(rollout, { nil: undefined }),
    tags: fc.constantFrom({}, { 'drift-ignore': 'true' }, { 'drift-canary-until': '2026-12-24' }),
    newest: fc.option(fc.constantFrom('1.0.0', '1.1.0'), { nil: undefined }),
  })
  .map(({ name, mode, changedMinutesAgo, drifted, held, from, newest, tags, rollout, unknown }) => {
    const { modelCreatedAt: _, ...rest } = scaleSet({ name, mode, tags });
    const changed =
      changedMinutesAgo === undefined ? undefined : new Date(START - changedMinutesAgo * MINUTE).toISOString();
    return {
      set: { ...rest, ...(changed === undefined ? {} : { modelCreatedAt: changed }) },
      total: Math.max(10, drifted),
      drifted: behind(drifted, { held }, from),
      unknown,
      ...(rollout === undefined ? {} : { rollout }),
      ...(newest === undefined
        ? {}
        : {
            newestImages: { key: 'k', versions: [{ version: newest, publishedAt: '2026-01-01T00:00:00Z' }] },
            inUse: [{ version: '1.0.0', count: 4 }],
          }),
    };
  });

const scopes: fc.Arbitrary<readonly ScopeReading[]> = fc.constantFrom(
  ...(['full', 'full', 'full', 'full', 'full', 'full', 'part', 'none'] as const).map((read) => [
    { subscriptionId: SUBSCRIPTION, read },
  ]),
  ...(['failed', 'failed', 'putOff'] as const).map((unseen) => [
    { subscriptionId: SUBSCRIPTION, read: 'part' as const, unseen },
  ]),
  [],
);

const runReading: fc.Arbitrary<RunReading> = fc.record({
  scopes,
  sets: fc.uniqueArray(setReading, { maxLength: 3, selector: ({ set }) => set.name }),
  gone: fc.subarray(
    NAMES.map((name) => scaleSet({ name }).id.toLowerCase()),
    { maxLength: 1 },
  ),
});

/** Readings with the minutes since the one before. */
const history = fc.array(fc.tuple(fc.constantFrom(1, 30, 45, 130, 1_500, 20_000), runReading), {
  minLength: 1,
  maxLength: 12,
});

interface Step {
  readonly now: number;
  readonly reading: RunReading;
  readonly state: DriftState;
  readonly events: readonly RelayEvent[];
}

function played(runs: readonly (readonly [number, RunReading])[]): readonly Step[] {
  let [state, now]: [DriftState | undefined, number] = [undefined, START];
  return runs.map(([minutes, reading]) => {
    now += minutes * MINUTE;
    const decision = decide(state, reading, now, SETTINGS);
    state = decision.state;
    return { now, reading, ...decision };
  });
}

describe('any history of runs', () => {
  it('has nothing more to tell, and nothing else to know, when a reading is decided on again', () => {
    fc.assert(
      fc.property(history, (runs) => {
        for (const { now, reading, state } of played(runs)) {
          const again = decide(state, reading, now, SETTINGS);

          expect(again.events).toStrictEqual([]);
          expect(again.state).toStrictEqual(state);
        }
      }),
      { numRuns: share(300) },
    );
  });

  it('gives events that fit their schema, each with an id of its own', () => {
    let told = 0;
    fc.assert(
      fc.property(history, (runs) => {
        const events = played(runs).flatMap((step) => step.events);
        told += events.length;

        expect(events.map((each) => event.parse(each))).toStrictEqual(events);
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      }),
      { numRuns: share(300) },
    );

    expect(told).toBeGreaterThan(share(300));
  });

  it('resolves only what was told, and only what was read to its end', () => {
    let resolved = 0;
    fc.assert(
      fc.property(history, (runs) => {
        const open = new Set<string>();
        for (const { events, reading, state } of played(runs)) {
          for (const each of events) {
            if (each.kind !== 'drift' || each.story === undefined) continue;
            if (each.change !== 'resolved') open.add(each.story);
            if (each.change !== 'resolved') continue;
            resolved += 1;
            expect(reading.sets.map(({ set }) => set.id.toLowerCase())).toContain(each.story);
            expect(open.delete(each.story)).toBe(true);
          }
          // A digest tells of several at once; whoever is told of is known.
          for (const [key, { told }] of Object.entries(state.sets)) if (told !== undefined) open.add(key);
        }
      }),
      { numRuns: share(300) },
    );

    expect(resolved).toBeGreaterThan(share(10));
  });

  it('is remembered in a state that storage gives back', () => {
    fc.assert(
      fc.property(history, (runs) => {
        const { state } = played(runs).at(-1) ?? {};

        expect(parseState(JSON.stringify(state))).toStrictEqual(JSON.parse(JSON.stringify(state)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a password in the settings of an extension', () => {
  const [script] = profile.extensionProfile.extensions;
  const secret = (value: string) => ({
    extensionProfile: {
      extensions: [
        {
          ...script,
          properties: { ...script.properties, settings: { commandToExecute: value, nested: { password: value } } },
        },
      ],
    },
    osProfile: {
      customData: value,
      adminPassword: value,
      windowsConfiguration: { additionalUnattendContent: [{ content: value }] },
    },
    userData: value,
  });
  const model = withProfile(secret(`new ${PASSWORD}`));
  const old = withProfile(secret(PASSWORD));

  const read = (set: ScaleSet, instances: readonly Instance[], over: Partial<SetReading> = {}): RunReading => {
    const seen = summarize(set, instances, 'key');
    return {
      scopes: [{ subscriptionId: SUBSCRIPTION, read: 'full' }],
      sets: [{ set, total: totalOf(set, seen), drifted: seen.drifted, unknown: seen.unknown, ...over }],
      gone: [],
    };
  };

  it('is in no event, no state and no fingerprint, whatever becomes of the set', () => {
    const behindIt = [applied(old), differing(old, { osProfile: { adminUsername: PASSWORD } })];
    const failed = { code: 'Faulted', done: 0, failed: 2, inProgress: 0, pending: 0 } as const;
    const readings = [
      read(model, []),
      read(model, behindIt),
      read(model, behindIt),
      read({ ...model, mode: 'Rolling' }, behindIt, { rollout: failed }),
      read({ ...model, mode: 'Automatic' }, behindIt, { change: { at: '2026-11-20T00:00:00.000Z', paths: [] } }),
      read(model, []),
    ];
    const steps = played(readings.map((reading) => [31, reading] as const));

    expect(steps.flatMap(({ events }) => events.map(({ kind }) => kind))).toStrictEqual([
      'drift',
      'drift',
      'drift',
      'drift',
    ]);
    expect(JSON.stringify(readings)).toContain(PASSWORD);
    expect(JSON.stringify(steps.map(({ events, state }) => [events, state]))).not.toContain(PASSWORD);
    expect(JSON.stringify(steps.map(({ events }) => events))).toContain('CustomScript: commandToExecute, nested');
    for (const { reading } of steps) {
      expect(JSON.stringify(reading.sets.map(({ drifted }) => drifted))).not.toContain(PASSWORD);
    }
  });
});
