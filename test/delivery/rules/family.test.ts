import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../../src/delivery/rules/bundle.ts';
import { holdsFor } from '../../../src/delivery/rules/family.ts';
import { unitsOf } from '../../../src/delivery/rules/lanes.ts';
import { positionInStory, remembering, whySuperseded } from '../../../src/delivery/rules/order.ts';
import { beginningOf, type ScalingStep, secondsTaken, withStep } from '../../../src/delivery/rules/scaling.ts';
import { endOf, type StoryMemory, withEnd } from '../../../src/delivery/rules/story.ts';
import { event as eventSchema, type RelayEvent } from '../../../src/event/event.ts';
import { sources } from '../../../src/sources/registry.ts';
import { examples } from '../../support/examples.ts';
import { fixtureFolders, fixturesOf } from '../../support/fixtures.ts';

// Who tells of the same stories: these pairs, and nobody else.
const RELATED = ['azure-autoscale azure-monitor', 'azure-monitor azure-autoscale'];

const names = [...sources.map(({ name }) => name), 'drift', 'relay'];
const PROOFS = [false, true];
const pairs = names.flatMap((one) =>
  names.flatMap((other) => PROOFS.flatMap((a) => PROOFS.map((b) => [one, a, other, b] as const))),
);

/** What the table says of what one tells for what another tells. */
const mayJudge = (one: string, isProven: boolean, other: string, isOtherProven: boolean): boolean =>
  one === other || (RELATED.includes(`${one} ${other}`) && (isProven || !isOtherProven));

const NOW = Date.parse('2026-11-20T14:10:00.000Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();

/** A beginning and an end in the words of one story, by whomever they are told. */
const STORIES = [
  [
    { ...examples.alert, state: 'fired' },
    { ...examples.alert, state: 'resolved' },
  ],
  [
    { ...examples.deployment, phase: 'started' },
    { ...examples.deployment, phase: 'succeeded' },
  ],
  [
    { ...examples.scale, phase: 'started' },
    { ...examples.scale, phase: 'succeeded' },
  ],
] as const satisfies readonly (readonly [RelayEvent, RelayEvent])[];
const by = (event: RelayEvent, source: string, seconds: number): RelayEvent => ({
  ...event,
  ...{ source, id: `${source} ${seconds}`, occurredAt: at(seconds) },
});

/** Why an event is not told, after another. */
function untold(before: RelayEvent, isProven: boolean, event: RelayEvent, isEventProven: boolean): string | undefined {
  const first = positionInStory(before, isProven);
  const place = positionInStory(event, isEventProven);
  if (first === undefined || place === undefined || first.story !== place.story) return undefined;
  return whySuperseded(place, JSON.parse(JSON.stringify(remembering(first, {}, false))), NOW);
}

describe.each(STORIES)('what one source tells ($kind)', (beginning, end) => {
  it('ends the story of its own source, or of its family where the other has not more proof, and no other', () => {
    for (const [one, isProven, other, isOtherProven] of pairs) {
      // Of alerts and deployments, no source knows another's stories.
      const expected = beginning.kind === 'scale' ? mayJudge(one, isProven, other, isOtherProven) : one === other;
      const why = untold(by(end, one, 60), isProven, by(beginning, other, 0), isOtherProven);

      expect([one, isProven, other, isOtherProven, why]).toStrictEqual([
        ...[one, isProven, other, isOtherProven],
        expected ? 'story-ended' : undefined,
      ]);
    }
  });

  it('speaks for what waits beside it by the same rule', () => {
    // Outside of the family, proof makes no difference to it.
    const asked = pairs.filter(([one, a, , b]) => (!a && !b) || RELATED.some((pair) => pair.startsWith(`${one} `)));
    for (const [one, isProven, other, isOtherProven] of asked) {
      const { event } = bundle(
        [
          { event: by(beginning, other, 0), proven: isOtherProven },
          { event: by(end, one, 60), proven: isProven },
        ],
        'ops',
      );
      const isTold = one === other || RELATED.includes(`${one} ${other}`);
      // In a family, what is proven waits by itself.
      const isAlike = isProven === isOtherProven || !RELATED.some((pair) => pair.startsWith(`${one} `));

      expect([one, other, event.kind]).toStrictEqual([one, other, isTold && isAlike ? beginning.kind : 'digest']);
    }
  });

  it('is told again as the beginning of nobody but its family', () => {
    for (const [one, isProven, other, isOtherProven] of pairs.filter(([one, , other]) => one !== other)) {
      const isSame = beginning.kind === 'scale' && mayJudge(one, isProven, other, isOtherProven);
      const why = untold(by(beginning, one, 0), isProven, by(beginning, other, 1), isOtherProven);

      expect([one, other, why]).toStrictEqual([one, other, isSame ? 'same-occurrence' : undefined]);
    }
  });
});

describe('what waits for a receiver', () => {
  const waiting = STORIES.flatMap(([beginning, end]) => [
    { event: by(beginning, 'azure-monitor', 0), proven: true },
    { event: by(end, 'azure-monitor', 60), proven: true },
  ]);
  const storiesIn = (all: typeof waiting) => {
    const { event } = bundle(all, 'ops');
    return event.kind === 'digest' ? event.stories : [];
  };

  it('is told by its own newest, whatever copies of it wait beside it', () => {
    const told = storiesIn(waiting);
    expect(told).toHaveLength(STORIES.length);
    const copies = fc.array(
      fc
        .record({
          event: fc.constantFrom(...waiting.map(({ event }) => event)),
          source: fc.constantFrom(...names.filter((name) => name !== 'azure-monitor')),
          seconds: fc.integer({ min: -60, max: 600 }),
          severity: fc.constantFrom('info' as const, 'critical' as const),
          proven: fc.boolean(),
        })
        // Of its family, only what has not proved as much is a stranger.
        .filter(({ source, proven }) => source !== 'azure-autoscale' || !proven)
        .map(({ event, source, seconds, severity, proven }) => ({
          ...{ event: { ...by(event, source, seconds), severity }, proven },
        })),
      { maxLength: 2 },
    );

    fc.assert(
      fc.property(copies, (strange) => {
        expect(storiesIn([...strange, ...waiting])).toStrictEqual(expect.arrayContaining([...told]));
      }),
    );
  });
});

it('what is urgent keeps its turn, whatever a stranger says of its end', () => {
  const [fired, resolved] = STORIES[0];
  for (const [one, isProven, other, isOtherProven] of pairs.filter(([name, , another]) => name !== another)) {
    const urgent = {
      event: { ...by(fired, other, 0), severity: 'critical' as const },
      proven: isOtherProven,
      tries: 0,
    };
    const end = { event: by(resolved, one, 60), proven: isProven, tries: 0 };
    const [first] = unitsOf([urgent, end], { together: true, mostAlone: 5 });
    const isEnded = RELATED.includes(`${one} ${other}`) && isProven === isOtherProven;

    expect([one, other, first?.lane]).toStrictEqual([one, other, isEnded ? 'usual' : 'urgent']);
  }
});

describe('the beginning of a scaling', () => {
  const step = (source: string, proven: boolean, phase: ScalingStep['phase'], seconds: number): ScalingStep => ({
    ...{ id: `${source} ${phase}`, source, proven, phase, direction: 'out', from: 3, to: 6, at: at(seconds) },
  });

  it('says when it began, and where, by the same rule', () => {
    for (const [one, isProven, other, isOtherProven] of pairs) {
      const [began, ended] = [step(one, isProven, 'started', 0), step(other, isOtherProven, 'succeeded', 60)];
      const isKnown = mayJudge(one, isProven, other, isOtherProven);

      expect(secondsTaken(ended, [began])).toBe(isKnown ? 60 : undefined);
      expect(beginningOf(ended, [began])).toBe(isKnown ? began : undefined);
    }
  });

  it('is not forgotten for any number of another source', () => {
    const first = step('azure-monitor', true, 'started', 0);
    const flood = Array.from({ length: 200 }, (_, n) => ({
      ...step('azure-autoscale', false, 'started', n),
      id: `${n}`,
    }));

    expect(flood.reduce<readonly ScalingStep[]>((known, each) => withStep(each, known), [first])).toContain(first);
  });
});

it('keeps the latest end of a story where the release before looks for it', () => {
  const ends = [by(STORIES[0][1], 'alertmanager', 60), by(STORIES[0][1], 'custom', 30)];
  const memory = ends.reduce<StoryMemory>((known, event) => {
    const place = positionInStory(event);
    return place === undefined ? known : remembering(place, known, false);
  }, {});

  expect(memory).toStrictEqual({ ended: at(60), ends: { alertmanager: at(60), custom: at(30) } });
});

it('keeps an end of the release before for whatever source it was of, whoever tells another', () => {
  const before = { ended: at(30) };
  const after = withEnd(before, 'custom', at(60));

  expect([endOf(before, 'alertmanager'), endOf(after, 'alertmanager'), endOf(after, 'custom')]).toStrictEqual([
    ...[at(30), at(30), at(60)],
  ]);
});

it('holds for whoever would be judged by a step of the release before, which does not say whether it is proven', () => {
  const [one, other] = [{ source: 'azure-autoscale' }, { source: 'azure-monitor', proven: true }];

  expect([holdsFor(one, other), holdsFor({ ...one, source: 'custom' }, other)]).toStrictEqual([true, false]);
});

describe('the senders’ own bodies', () => {
  const events = fixtureFolders()
    .flatMap((source) => fixturesOf(source).map(({ expected }) => expected))
    .flatMap((expected) => (Array.isArray(expected) ? expected.map((each) => eventSchema.parse(each)) : []));

  /** The names that events of several sources share. */
  const shared = (nameOf: (event: RelayEvent) => string | undefined): readonly string[] => {
    const byName = Map.groupBy(
      events.filter((event) => nameOf(event) !== undefined),
      nameOf,
    );
    const tellers = [...byName.values()].map((all) => [...new Set(all.map(({ source }) => source))].sort().join(' '));
    return [...new Set(tellers.filter((each) => each.includes(' ')))];
  };

  it('have a story in common only in the family', () => {
    expect(events.length).toBeGreaterThan(100);
    expect(shared(({ kind, story }) => story && `${kind} ${story}`)).toStrictEqual(RELATED.slice(0, 1));
    expect(shared((event) => positionInStory(event)?.story)).toStrictEqual(RELATED.slice(0, 1));
  });

  it('have no id in common', () => {
    expect(shared(({ id }) => id)).toStrictEqual([]);
  });
});
