import { describe, expect, it } from 'vitest';
import { type MachinesSeen, machinesEvent, machinesOf, scalingIn } from '../../../src/delivery/rules/machines.ts';
import { scalingStepOf } from '../../../src/delivery/rules/scaling.ts';
import type { Machine } from '../../../src/delivery/rules/sight.ts';
import { event as eventSchema } from '../../../src/event/event.ts';
import { examples } from '../../support/examples.ts';

const START = Date.parse('2026-11-20T14:05:09.000Z');
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const machine = (name: string, change: Partial<Machine> = {}): Machine => ({
  name,
  state: 'running',
  createdAt: at(-86_400),
  ...change,
});

const old = ['vm-1', 'vm-2', 'vm-3'].map((name) => machine(name));
const fresh = ['vm-4', 'vm-5'].map((name) => machine(name, { createdAt: at(2), since: at(90) }));
const out = { direction: 'out', from: 3, to: 5, at: at(0) } as const;

const looked = (machines: readonly Machine[], change: Partial<MachinesSeen> = {}) =>
  machinesOf({ scaling: out, sight: { capacity: 5, machines, unread: 0 }, last: false, ...change });

const untimed = (machines: readonly Machine[]) => machines.map(({ createdAt: _, ...rest }) => rest);
const named = ['vm-4', 'vm-5'].map((name) => ({ name }));

describe('what Azure does not say, or says wrongly', () => {
  const untold = (machines: readonly Machine[], last: boolean) =>
    machinesOf({ scaling: out, sight: { machines, unread: 0 }, last });

  it('is a capacity that nobody knows: what is there is counted, and nothing is said of what is wanted', () => {
    expect(untold([...old, ...fresh], false)).toStrictEqual({ named: [], count: 2 });
    expect(untold(old, false)).toBeUndefined();
    expect(untold(old, true)).toStrictEqual({ named: [], count: 0, waiting: 2 });
  });

  it.each(['2099-12-31T23:59:59.000Z', '2001-01-01T00:00:00.000Z', 'soon', ''])(
    'is when one was running: %s',
    (since) => {
      const odd = fresh.map((each) => ({ ...each, since }));
      const found = looked([...old, ...odd]);

      expect(found).toStrictEqual({ named, count: 2 });
      const event = machinesEvent(examples.scale, found ?? { named: [], count: 0 }, at(200));
      expect(eventSchema.safeParse(event).success).toBe(true);
    },
  );
});

describe('the machines of a scale-out', () => {
  it('are those that were made since it began, by autoscale’s clock and a minute before', () => {
    expect(looked([...old, ...fresh])).toStrictEqual({ named, count: 2, seconds: 90 });
    const early = fresh.map((each) => ({ ...each, createdAt: at(-59) }));
    expect(looked([...old, ...early])).toMatchObject({ named });
  });

  it('are waited for while fewer run than are wanted, or more are there than are wanted', () => {
    const [first] = fresh;
    expect(looked([...old, ...(first ? [first] : [])])).toBeUndefined();
    expect(looked([...old, ...fresh, machine('vm-6', { createdAt: at(2) })])).toBeUndefined();
  });

  it('have no names where Azure does not say when they were made, and nobody saw them come', () => {
    const sight = { capacity: 5, machines: untimed([...old, ...fresh]), unread: 0 };

    expect(machinesOf({ scaling: out, sight, last: true })).toStrictEqual({ named: [], count: 2 });
    const first = sight.machines.map(({ name, state }) => ({ name, state }));
    expect(machinesOf({ scaling: out, sight, first, last: true })).toStrictEqual({ named: [], count: 2 });
  });

  it('have names without such times where an earlier look saw them under way, or not at all', () => {
    const sight = { capacity: 5, machines: untimed([...old, ...fresh]), unread: 0 };
    const before = old.map(({ name, state }) => ({ name, state }));

    for (const first of [before, [...before, { name: 'vm-4', state: 'underWay' as const }]]) {
      expect(machinesOf({ scaling: out, sight, first, last: false })).toMatchObject({ named, count: 2 });
    }
  });

  it('have no names where part of the list was not understood', () => {
    const sight = { capacity: 5, machines: [...old, ...fresh], unread: 1 };

    expect(machinesOf({ scaling: out, sight, last: false })).toStrictEqual({ named: [], count: 2 });
  });

  it('are waited for while Azure still shows the count from before', () => {
    const sight = { capacity: 3, machines: old, unread: 0 };

    expect(machinesOf({ scaling: out, sight, last: false })).toBeUndefined();
    expect(machinesOf({ scaling: out, sight, last: true })).toStrictEqual({
      named: [],
      count: 0,
      capacity: 3,
      unmoved: true,
    });
  });

  it('and that another has taken away again are not said never to have come', () => {
    const sight = { capacity: 3, machines: old, unread: 0 };

    expect(machinesOf({ scaling: out, sight, first: [...old, ...fresh], last: true })).toStrictEqual({
      named: [],
      count: 0,
      capacity: 3,
    });
  });

  it('of which some are gone again by another scaling are not said to be late', () => {
    const scaling = { ...out, until: at(120) };
    const sight = { capacity: 4, machines: [...old, ...fresh.slice(0, 1)], unread: 0 };

    expect(machinesOf({ scaling, sight, last: true })).toStrictEqual({
      named: [{ name: 'vm-4' }],
      count: 1,
      seconds: 90,
    });
  });

  describe('of which a standby pool has some', () => {
    const pool = ['vm-8', 'vm-9'].map((name) => machine(name, { isPooled: true }));
    const taken = pool.map(({ isPooled: _, ...rest }) => rest);
    const refill = ['vm-10', 'vm-11'].map((name) => machine(name, { createdAt: at(3), isPooled: true }));
    const sight = { capacity: 5, machines: [...old, ...taken, ...refill], unread: 0 };

    it('are those that were taken from it, and not those that fill it again', () => {
      const come = machinesOf({ scaling: out, sight, first: [...old, ...pool], last: false });

      expect(come).toStrictEqual({ named: [{ name: 'vm-8' }, { name: 'vm-9' }], count: 2 });
    });

    it('have no names where they were taken before anybody looked, and are not said to be late', () => {
      expect(machinesOf({ scaling: out, sight, last: true })).toStrictEqual({ named: [], count: 2 });
    });

    it('have no names where two scalings may have taken them', () => {
      const scaling = { ...out, until: at(120) };

      expect(machinesOf({ scaling, sight, first: [...old, ...pool], last: false })).toStrictEqual({
        named: [],
        count: 2,
      });
    });

    it('have gone once they are back in it', () => {
      const scaling = { direction: 'in', from: 5, to: 3, at: at(0) } as const;
      const back = { capacity: 3, machines: [...old, ...pool], unread: 0 };

      expect(machinesOf({ scaling, sight: back, first: [...old, ...taken, ...refill], last: false })).toStrictEqual({
        named: [{ name: 'vm-8' }, { name: 'vm-9' }],
        count: 2,
      });
    });
  });

  it('come in the order of their numbers', () => {
    const machines = ['vm_10', 'vm_9'].map((name) => machine(name, { createdAt: at(0) }));

    expect(looked([...old, ...machines])?.named).toStrictEqual([{ name: 'vm_9' }, { name: 'vm_10' }]);
  });
});

describe('a scaling', () => {
  const { scale } = examples;

  it('can be followed where Azure’s senders say that it begins, and from where to where', () => {
    expect(scalingIn(scale)).toStrictEqual({ direction: 'out', from: 3, to: 6, at: scale.occurredAt });
    const { from: _, ...unknown } = scale;
    for (const other of [
      { ...scale, phase: 'succeeded' as const },
      { ...scale, source: 'custom' },
      { ...scale, to: 3 },
      { ...scale, direction: 'in' as const },
      unknown,
    ]) {
      expect(scalingIn(other)).toBeUndefined();
    }
  });

  it('is followed by an event of the same story that neither ends nor begins one', () => {
    const event = machinesEvent(scale, { named: [], count: 3 }, at(180));

    expect(event).toMatchObject({ story: scale.story, phase: 'succeeded', occurredAt: at(180) });
    expect(event.id).not.toBe(scale.id);
    expect(scalingStepOf(event, true)).toBeUndefined();
    expect(scalingIn(event)).toBeUndefined();
  });
});

describe('the machines of a scale-in', () => {
  const scaling = { direction: 'in', from: 5, to: 3, at: at(0) } as const;
  const first = [...old, ...fresh];
  const wentOf = (machines: readonly Machine[], change: Partial<MachinesSeen> = {}) =>
    machinesOf({ scaling, first, sight: { capacity: 3, machines, unread: 0 }, last: false, ...change });

  it('are those that an earlier look saw and that are gone, each with its zone', () => {
    expect(wentOf(old)).toStrictEqual({ named, count: 2 });
    const zoned = first.map((each) => ({ ...each, zone: '2' }));
    expect(wentOf(old, { first: zoned })?.named).toStrictEqual(named.map((each) => ({ ...each, zone: '2' })));
  });

  it('are waited for until as many are gone as were to go, and then said to be late', () => {
    const rest = [...old, ...fresh.slice(0, 1)];

    expect(wentOf(rest)).toBeUndefined();
    expect(wentOf(rest, { last: true })).toStrictEqual({ named: [{ name: 'vm-5' }], count: 1, waiting: 1 });
  });

  it('are counted, and have no names, where nobody had looked before', () => {
    const unseen = { first: undefined };

    expect(wentOf(old, unseen)).toStrictEqual({ named: [], count: 2 });
    expect(wentOf([...old, ...fresh], unseen)).toBeUndefined();
    expect(wentOf([...old, ...fresh.slice(0, 1)], { ...unseen, last: true })).toStrictEqual({
      named: [],
      count: 1,
      waiting: 1,
    });
  });

  it('have no names where part of the list was not understood', () => {
    const sight = { capacity: 3, machines: old, unread: 1 };

    expect(wentOf(old, { sight })).toStrictEqual({ named: [], count: 2 });
  });

  it('are said never to have moved only where all are still there, and Azure wants as many as before', () => {
    const stands = { capacity: 5, machines: first, unread: 0 };

    expect(wentOf(first, { sight: stands, last: true })).toStrictEqual({
      named: [],
      count: 0,
      capacity: 5,
      unmoved: true,
    });
    const others = [...old, ...['vm-6', 'vm-7'].map((name) => machine(name))];
    expect(wentOf(others, { sight: { ...stands, machines: others }, last: true })).toStrictEqual({
      named: [],
      count: 0,
      capacity: 5,
    });
  });
});

describe('machines that cannot be made', () => {
  const broken = fresh.map((each) => ({ ...each, state: 'failed' as const }));
  const [one, other] = broken;

  it('are counted, with Azure’s words for why, each once, and no more of them than a message has room for', () => {
    const failed = ['Allocation', 'Allocation', 'Zonal', 'Boot', 'Script'].map((code, index) =>
      machine(`vm-${index + 10}`, { createdAt: at(2), state: 'failed', code }),
    );
    const scaling = { ...out, to: 8 };
    const sight = { capacity: 8, machines: [...old, ...failed], unread: 0 };

    expect(machinesOf({ scaling, sight, last: false })).toStrictEqual({
      named: [],
      count: 0,
      failed: 5,
      codes: ['Allocation', 'Zonal', 'Boot'],
    });
  });

  it('may fail for want of quota, or without a word', () => {
    if (one === undefined || other === undefined) throw new Error('expected two machines');

    expect(looked([...old, one, other])).toStrictEqual({ named: [], count: 0, failed: 2 });
    expect(looked([...old, { ...one, code: 'OverQuota', quota: true }, other])).toStrictEqual({
      named: [],
      count: 0,
      failed: 2,
      codes: ['OverQuota'],
      limit: 'quota',
    });
  });

  it('are waited for by nobody where the next scaling wants fewer, and nobody knows how many', () => {
    const scaling = { ...out, until: at(120) };
    const sight = { machines: [...old, ...fresh], unread: 0 };

    expect(machinesOf({ scaling, sight, last: true })).toMatchObject({ count: 2 });
    expect(machinesOf({ scaling, sight: { ...sight, machines: old }, last: true })).toMatchObject({ waiting: 2 });
  });
});

describe('the event of the machines', () => {
  const { scale } = examples;
  const told = (machines: Parameters<typeof machinesEvent>[1]) => {
    const { phase, severity, errorCode } = machinesEvent(scale, machines, at(180));
    return [phase, severity, errorCode];
  };
  const none = { named: [], count: 0 };

  it.each<[string, Parameters<typeof machinesEvent>[1], readonly unknown[]]>([
    ['all of them came', { ...none, count: 3 }, ['succeeded', 'info', undefined]],
    ['some are late', { ...none, count: 2, waiting: 1 }, ['started', 'warning', undefined]],
    ['some failed', { ...none, count: 2, failed: 1, codes: ['Zonal'] }, ['started', 'error', undefined]],
    ['none came, and all failed', { ...none, failed: 3, codes: ['Zonal', 'Boot'] }, ['failed', 'error', 'Zonal']],
    ['all failed without a word', { ...none, failed: 3 }, ['failed', 'error', undefined]],
    ['some failed, and some may come', { ...none, failed: 1, waiting: 2 }, ['started', 'error', undefined]],
    ['Azure wants another count', { ...none, capacity: 4 }, ['started', 'info', undefined]],
    ['nothing moved', { ...none, capacity: 3, unmoved: true }, ['started', 'warning', undefined]],
  ])('is as bad as what became of them: %s', (_what, machines, expected) => {
    expect(told(machines)).toStrictEqual(expected);
  });
});
