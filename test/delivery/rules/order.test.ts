import { describe, expect, it } from 'vitest';
import {
  endsSent,
  isLate,
  isSuperseded,
  positionInStory,
  type StoryPosition,
} from '../../../src/delivery/rules/order.ts';
import type { EventOf, RelayEvent } from '../../../src/event/event.ts';
import { examples } from '../../support/examples.ts';

const placeOf = (event: RelayEvent): StoryPosition => {
  const place = positionInStory(event);
  if (place === undefined) throw new Error('expected an event with a place in a story');
  return place;
};

describe('a place in a story', () => {
  it.each(['artifact', 'custom', 'drift', 'notice', 'digest'] as const)('is not for %s', (kind) => {
    expect(positionInStory(examples[kind])).toBeUndefined();
  });

  it('is not for an event without a story', () => {
    const { story: _, ...alert } = examples.alert;

    expect(positionInStory(alert)).toBeUndefined();
  });

  it.each([
    ['fired', false],
    ['resolved', true],
  ] as const)('of an alert that is %s is the last: %s', (state, final) => {
    expect(placeOf({ ...examples.alert, state }).final).toBe(final);
  });

  it.each([
    ['started', false],
    ['waiting', false],
    ['succeeded', true],
    ['failed', true],
    ['cancelled', true],
  ] as const)('of an operation that is %s is the last: %s', (phase, final) => {
    expect(placeOf({ ...examples.alert, phase }).final).toBe(final);
  });

  it.each([
    ['started', false],
    ['succeeded', true],
    ['failed', true],
  ] as const)('of a scaling that has %s is the last: %s', (phase, final) => {
    expect(placeOf({ ...examples.scale, phase }).final).toBe(final);
  });

  it('is not for a scaling that was held back', () => {
    expect(positionInStory({ ...examples.scale, phase: 'held' })).toBeUndefined();
  });

  it.each<[EventOf<'deployment'>['phase'], boolean]>([
    ['requested', false],
    ['waiting', false],
    ['started', false],
    ['approved', false],
    ['succeeded', true],
    ['failed', true],
    ['cancelled', true],
    ['rejected', true],
  ])('of a deployment that is %s is the last: %s', (phase, final) => {
    expect(placeOf({ ...examples.deployment, phase }).final).toBe(final);
  });

  it('is another for another environment, step, story and kind', () => {
    const { environment: _, ...nowhere } = examples.deployment;
    const { step: __, ...whole } = examples.deployment;
    const stories = [
      examples.deployment,
      { ...examples.deployment, environment: 'test' },
      { ...examples.deployment, step: 'smoke' },
      { ...examples.deployment, story: 'other' },
      { ...examples.alert, story: examples.deployment.story },
      nowhere,
      whole,
    ].map((event) => placeOf(event).story);

    expect(new Set(stories).size).toBe(stories.length);
  });
});

describe('an event of a story that has ended', () => {
  const ended = '2026-11-20T14:05:10.000Z';
  const NOW = Date.parse(ended);

  it.each([
    ['before the end', '2026-11-20T14:05:09.999Z', true],
    ['at the end', ended, true],
    ['after the end: the story has begun again', '2026-11-20T14:05:10.001Z', false],
  ])('is overtaken where it happened %s: %3$s', (_what, at, overtaken) => {
    expect(isSuperseded({ story: 's', source: 'custom', final: false, at }, ended, NOW)).toBe(overtaken);
  });

  it.each([
    ['a little', '2026-11-20T14:15:10.000Z', true],
    ['so far that it cannot be true', '2026-11-20T14:15:10.001Z', false],
    ['a year', '2027-11-20T14:05:10.000Z', false],
  ])('is overtaken by an end that is %s ahead of our clock: %3$s', (_what, ahead, overtaken) => {
    expect(isSuperseded({ story: 's', source: 'custom', final: false, at: ended }, ahead, NOW)).toBe(overtaken);
  });

  it('is never overtaken where it tells of an end itself', () => {
    expect(
      isSuperseded({ story: 's', source: 'custom', final: true, at: '2026-11-20T14:05:00.000Z' }, ended, NOW),
    ).toBe(false);
  });
});

it.each([
  [0, false],
  [600_000, false],
  [600_001, true],
  [-600_001, false],
])('an event that is told %i ms after it happened is late: %s', (later, late) => {
  expect(isLate(examples.scale, Date.parse(examples.scale.occurredAt) + later)).toBe(late);
});

it('an end of a scaling of whose story nothing is remembered ends nothing that was told', () => {
  const place = placeOf({ ...examples.scale, phase: 'succeeded' });

  expect(place.final).toBe(true);
  expect(endsSent(place, {})).toBe(false);
});
