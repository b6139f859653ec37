import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundle as bundled } from '../../../src/delivery/rules/bundle.ts';
import { machinesEvent } from '../../../src/delivery/rules/machines.ts';
import { type EventOf, event as eventSchema, type RelayEvent } from '../../../src/event/event.ts';
import { severities } from '../../../src/event/fields.ts';
import { outline } from '../../../src/event/outline.ts';
import { anyEvent } from '../../support/any-event.ts';
import { scaleOf } from '../../support/deliveries.ts';
import { examples } from '../../support/examples.ts';
import { share } from '../../support/sweep.ts';

const at = (seconds: number): string => new Date(Date.parse('2026-11-20T14:05:09.000Z') + seconds * 1000).toISOString();

const alertOf = (story: string, state: 'fired' | 'resolved', seconds: number): EventOf<'alert'> => ({
  ...examples.alert,
  id: `${story} ${state}`,
  story,
  rule: story,
  state,
  severity: state === 'fired' ? 'error' : 'info',
  occurredAt: at(seconds),
});

/** Of events whose sources have not proved themselves. */
const bundle = (events: readonly RelayEvent[], receiver: string, more?: Parameters<typeof bundled>[2]) =>
  bundled(
    events.map((event) => ({ event })),
    receiver,
    more,
  );

function digestOf(events: readonly RelayEvent[]): EventOf<'digest'> {
  const { event } = bundle(events, 'ops');
  if (event.kind !== 'digest') throw new Error(`expected a digest and got "${event.kind}"`);
  return event;
}

it('of nothing is no message, and a mistake of whoever asks for one', () => {
  expect(() => bundle([], 'ops')).toThrow(RangeError);
});

it('in which all is over is still about what leads it, and has its links', () => {
  const over = [alertOf('cpu', 'fired', 0), alertOf('cpu', 'resolved', 60)];
  const { event } = bundle(over, 'ops', { window: 'night' });

  expect(event).toMatchObject({
    kind: 'digest',
    total: 2,
    stories: [],
    resource: { name: examples.alert.resource.name },
  });
  expect(event.links).toStrictEqual(examples.alert.links);
});

describe('the machines of a scaling', () => {
  const begun = { ...examples.scale, occurredAt: at(0) };
  const machines = { named: [{ name: 'vm-7' }], count: 3 };
  const came = machinesEvent(begun, machines, at(180));
  const again = { ...begun, id: 'again', from: 6, to: 9, occurredAt: at(60) };

  it('are told in place of its beginning', () => {
    expect(bundle([begun, came], 'ops')).toMatchObject({ event: came, repeated: { count: 2 } });
  });

  it('do not speak for a scaling that began before they were looked up', () => {
    expect(bundle([begun, again, came], 'ops').event).toStrictEqual({ ...again, from: 3 });
  });

  it('are not those of several scalings', () => {
    const last = machinesEvent(again, machines, at(240));

    expect(bundle([begun, again, last], 'ops').event).not.toHaveProperty('machines');
    expect(bundle([begun, again, last], 'ops').event).toMatchObject({ from: 3, to: 9 });
  });
});

describe('one event', () => {
  it('leaves as it is', () => {
    for (const event of Object.values(examples)) expect(bundle([event], 'ops')).toStrictEqual({ event });
  });
});

describe('events of one story', () => {
  it('leave as the newest, which says how many it stands for and since when', () => {
    const [fired, resolved] = [alertOf('cpu', 'fired', 0), alertOf('cpu', 'resolved', 60)];

    expect(bundle([resolved, fired], 'ops')).toStrictEqual({
      event: resolved,
      repeated: { count: 2, since: fired.occurredAt },
    });
  });

  it('at the same moment leave as the end of the story, in whatever order they waited', () => {
    const [fired, resolved] = [alertOf('cpu', 'fired', 0), alertOf('cpu', 'resolved', 0)];
    const [started, failed] = (['started', 'failed'] as const).map((phase) => ({ ...examples.deployment, phase }));

    for (const [first, end] of [
      [fired, resolved],
      [started, failed],
    ] as const) {
      if (first === undefined || end === undefined) throw new Error('expected two events');
      expect(bundle([first, end], 'ops').event).toStrictEqual(end);
      expect(bundle([end, first], 'ops').event).toStrictEqual(end);
    }
  });

  it('that are steps of one scaling leave as the whole way: 3 to 6 to 9 is 3 to 9', () => {
    const steps = [scaleOf('web', 3, 6, 0), scaleOf('web', 6, 9, 60)];

    const { event, repeated } = bundle(steps, 'ops');

    expect(event).toMatchObject({ kind: 'scale', from: 3, to: 9, id: steps[1]?.id });
    expect(outline(event).figure).toBe('3 → 9');
    expect(repeated?.count).toBe(2);
  });

  it('of which the last has failed leave as the failure, with its own numbers', () => {
    const failed = { ...scaleOf('web', 6, 9, 60), phase: 'failed' as const };

    expect(bundle([scaleOf('web', 3, 6, 0), failed], 'ops').event).toStrictEqual(failed);
  });

  it('say how long the last took only where it stands for itself', () => {
    const done = { ...scaleOf('web', 6, 9, 300), phase: 'succeeded' as const, duration: 240 };

    expect(bundle([scaleOf('web', 6, 9, 60), done], 'ops').event).toMatchObject({ from: 6, duration: 240 });
    expect(bundle([scaleOf('web', 3, 6, 0), done], 'ops').event).not.toHaveProperty('duration');
  });

  it('may begin with a scaling that does not say from where', () => {
    const { from: _, ...first } = scaleOf('web', 3, 6, 0);

    expect(bundle([first, scaleOf('web', 6, 9, 60)], 'ops').event).toMatchObject({ from: 6, to: 9 });
  });

  it('are one story whatever case the sender writes the resource in', () => {
    const shouted = scaleOf('web', 6, 9, 60);
    const id = shouted.resource.id?.toUpperCase();

    const { event } = bundle(
      [scaleOf('web', 3, 6), { ...shouted, resource: { ...shouted.resource, ...(id && { id }) } }],
      'ops',
    );

    expect(event.kind).toBe('scale');
  });
});

describe('a digest', () => {
  const custom = (title: string, severity: 'info' | 'warning' | 'critical') =>
    ({ ...examples.custom, id: title, title, severity, resource: { name: title } }) as const;
  const sev = (story: string, severity: 'warning' | 'error') => ({ ...alertOf(story, 'fired', 1), severity });

  it('counts how many of the rest are as severe as what leads it, and not over', () => {
    const bad = ['a', 'b', 'c'].map((story) => sev(story, 'error'));
    const over = { ...alertOf('d', 'resolved', 1), severity: 'error' as const };

    expect(digestOf([...bad, over, sev('e', 'warning'), custom('note', 'info')])).toMatchObject({ asSevere: 2 });
    expect(digestOf([sev('a', 'error'), sev('e', 'warning')])).toMatchObject({ asSevere: 0 });
  });

  it('says nothing of the kind where what leads it is no trouble', () => {
    expect(digestOf([custom('a', 'info'), custom('b', 'info')])).not.toHaveProperty('asSevere');
    expect(digestOf([alertOf('a', 'resolved', 1), alertOf('b', 'resolved', 1)])).not.toHaveProperty('asSevere');
  });

  it('counts resources, and neither titles nor rules that stand in for one', () => {
    const rule = { ...alertOf('a', 'fired', 1), resource: { name: 'a' } };

    expect(digestOf([custom('one', 'info'), custom('two', 'info'), rule])).toMatchObject({ total: 3, resources: 0 });
    expect(digestOf([custom('one', 'info'), scaleOf('web', 1, 2), scaleOf('api', 1, 2)])).toMatchObject({
      resources: 2,
    });
    expect(digestOf([{ ...custom('one', 'info'), resource: { name: 'db-1' } }, rule])).toMatchObject({ resources: 1 });
  });
});

describe('events of many stories', () => {
  const storm = [
    ...Array.from({ length: 6 }, (_, step) => scaleOf('web-prod', 3 + step, 4 + step, step * 10)),
    ...Array.from({ length: 10 }, (_, index) => scaleOf(`set-${index}`, 1, 2, index)),
    alertOf('cpu', 'fired', 5),
  ];

  it('leave as a digest that counts every event, resource and story', () => {
    expect(digestOf(storm)).toMatchObject({
      cause: 'rate',
      total: 17,
      resources: 12,
      since: at(0),
      occurredAt: at(50),
      severity: 'error',
      tally: [
        { kind: 'scale', state: 'scalingOut', count: 16 },
        { kind: 'alert', state: 'fired', count: 1 },
      ],
      more: 7,
    });
  });

  it('tell the worst first, then what has most events', () => {
    const { stories } = digestOf(storm);
    const conversation = expect.stringMatching(/^[0-9a-f]{32}$/);

    expect(stories).toHaveLength(5);
    expect(stories.slice(0, 2)).toStrictEqual([
      {
        ...{
          kind: 'alert',
          state: 'fired',
          subject: 'cpu',
          figure: 'Sev1',
          count: 1,
          severity: 'error',
          place: 'shop-web, prod',
        },
        url: examples.alert.links[0]?.url,
        conversation,
      },
      {
        ...{
          kind: 'scale',
          state: 'scalingOut',
          subject: 'web-prod',
          figure: '3 → 9',
          count: 6,
          severity: 'info',
          place: 'prod',
        },
        url: examples.scale.links[0]?.url,
      },
    ]);
  });

  it('are led by the worst that is not over: what is over comes last and is not what it is as severe as', () => {
    const over = { ...alertOf('gone', 'resolved', 90), severity: 'critical' as const };
    const { stories, severity, links } = digestOf([over, alertOf('cpu', 'fired', 5), scaleOf('web', 3, 6)]);

    expect(stories.map(({ subject }) => subject)).toStrictEqual(['cpu', 'web', 'gone']);
    expect([severity, links]).toStrictEqual(['error', examples.alert.links]);
    expect(digestOf([over, { ...over, story: 'other', id: 'other' }]).severity).toBe('info');
  });

  it('remember whom they call, the first first, each once, and at most twenty', () => {
    const many = Array.from({ length: 30 }, (_, index) => scaleOf(`other-${index}`, 1, 2, index));
    const keysFor = ({ kind, resource }: RelayEvent) =>
      kind === 'alert' ? ['a', 'b'] : resource.name.startsWith('other') ? [resource.name] : [];
    const callsOf = (events: readonly RelayEvent[]) =>
      (bundle(events, 'ops', { keysFor }).event as EventOf<'digest'>).calls;

    expect(callsOf(storm)).toStrictEqual([['a', 'b']]);
    expect(callsOf([...storm, ...many])?.[0]).toStrictEqual(['a', 'b']);
    expect(callsOf([...storm, ...many])).toHaveLength(20);
    expect(callsOf(storm.slice(0, 8))).toBeUndefined();
  });

  it('name an environment only where all are in it', () => {
    expect(digestOf(storm).environment).toBe('prod');
    expect(digestOf([...storm, { ...examples.custom, environment: 'test' }]).environment).toBeUndefined();
  });

  it('are told under one name, and with its cause, where they were held back', () => {
    const { event } = bundle([scaleOf('web', 3, 6)], 'ops', { cause: 'deployment' });

    expect(event).toMatchObject({ kind: 'digest', cause: 'deployment', total: 1 });
  });

  it('that are digests themselves are told each by itself', () => {
    const digests = [examples.digest, { ...examples.digest, id: 'another', total: 2, occurredAt: at(-60) }];

    expect(digestOf(digests)).toMatchObject({ total: 2, stories: [{ figure: '48' }, { figure: '2' }] });
  });

  it.each([
    ['out and in within an hour', [3, 6, 3], 3_600, true],
    ['in and out within an hour', [6, 3, 6], 60, true],
    ['out and in after an hour and a second', [3, 6, 3], 3_601, undefined],
    ['out and out', [3, 6, 9], 60, undefined],
  ])('that went %s flap: %4$s', (_what, [a = 0, b = 0, c = 0], seconds, flapping) => {
    const { stories } = digestOf([scaleOf('web', a, b, 0), scaleOf('web', b, c, seconds), examples.custom]);

    expect(stories.find(({ subject }) => subject === 'web')?.flapping).toBe(flapping);
  });
});

describe('whatever waits', () => {
  const many = fc.array(anyEvent, { minLength: 2, maxLength: 30 });
  const shuffled = many.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length })),
  );

  it('fits the schema, counts every event once and lists at most five stories', () => {
    fc.assert(
      fc.property(many, (events) => {
        const { event, repeated } = bundle(events, 'ops');

        expect(eventSchema.parse(event)).toStrictEqual(event);
        if (event.kind !== 'digest' || events.includes(event)) {
          expect(repeated?.count).toBe(events.length);
          return;
        }
        expect(event.total).toBe(events.length);
        expect(event.stories.length).toBeLessThanOrEqual(5);
        expect(event.stories.length === 5 || event.more === 0).toBe(true);
        if (event.more === 0) {
          expect(event.stories.reduce((sum, { count }) => sum + count, 0)).toBe(events.length);
        }
        if (event.tally.length < 8) {
          expect(event.tally.reduce((sum, { count }) => sum + count, 0)).toBe(events.length);
        }
      }),
      { numRuns: share(100) },
    );
  });

  it('has the same id in whatever order it waited, and another one for another receiver', () => {
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        const { event } = bundle(events, 'ops');
        fc.pre(event.kind === 'digest' && !events.includes(event));

        expect(bundle(others, 'ops').event.id).toBe(event.id);
        expect(bundle(events, 'audit').event.id).not.toBe(event.id);
      }),
      { numRuns: share(100) },
    );
  });

  it('tells the newest of each story, and is as severe as the worst of these', () => {
    const steps = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(50), fc.nat(50), fc.integer({ min: 0, max: 100_000 })),
      { minLength: 2, maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const events = all.map(([set, from, to, seconds], index) => ({
          ...scaleOf(`set-${set}`, from, to, seconds + index / 1000),
          severity: severities[(set + index) % 4] ?? 'info',
        }));
        const { event } = bundle(events, 'ops');
        const newest = [...Map.groupBy(events, ({ resource }) => resource.name).values()].flatMap(
          (story) => story.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).at(-1) ?? [],
        );

        const told = event.kind === 'digest' ? event.stories : [outline(event)];
        for (const { subject, figure } of told) {
          const last = newest.find(({ resource }) => resource.name === subject);
          expect(figure?.endsWith(`→ ${last?.to}`)).toBe(true);
        }
        const worst = Math.max(...newest.map(({ severity }) => severities.indexOf(severity)));
        expect(event.severity).toBe(severities[worst]);
      }),
    );
  });
});
