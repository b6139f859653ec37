import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { MOST_STEPS, type Step, toStep, trail, withStep } from '../../src/event/trail.ts';
import { en } from '../../src/locales/en/en.ts';
import { locales } from '../../src/locales/registry.ts';
import { readEvent } from '../../src/message/reading.ts';
import { trailFact } from '../../src/message/trail.ts';
import { BUDGET, trim } from '../../src/message/trim.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';
import { chatNames, localeNames, payloadOf, visibleTexts } from '../support/payloads.ts';

const at = (minutes: number) => new Date(Date.parse('2026-11-20T14:00:00.000Z') + minutes * 60_000).toISOString();
const { step: _, check: __, duration: ___, ...deployment } = { ...examples.deployment, check: undefined };

const STORY: readonly RelayEvent[] = [
  { ...deployment, phase: 'started', version: '41', occurredAt: at(0) },
  { ...examples.drift, change: 'changed', verdict: 'pending', behind: 10, total: 40, occurredAt: at(3) },
  { ...examples.scale, phase: 'succeeded', direction: 'out', from: 3, to: 6, machines: undefined, occurredAt: at(8) },
  { ...deployment, phase: 'succeeded', version: '41', duration: 840, occurredAt: at(14) },
];

const stepsOf = (events: readonly RelayEvent[]) => events.reduce<readonly Step[]>(withStep, []);
const lineOf = (steps: readonly Step[], say = en) =>
  trailFact(steps, { say })
    .map(({ value }) => value.replaceAll('\u00a0', ' '))
    .join();

describe('the steps of a conversation', () => {
  it('are told in one line', () => {
    expect(lineOf(stepsOf(STORY))).toBe(
      'Deployment started 41 → Drift found 10 / 40 → Scaled out 3 → 6 → Deployment succeeded 41 (14 min)',
    );
  });

  it('without a time, as a brief is one, come before those that have theirs', () => {
    const untimed: Step = { kind: 'deployment', state: 'started', figure: '40' };
    const [first, ...rest] = STORY.reduce<readonly Step[]>(withStep, [untimed]);

    expect(first).toStrictEqual(untimed);
    expect(rest).toStrictEqual(stepsOf(STORY));
  });

  it('are the same in whatever order they come, and however often', () => {
    const many = fc.array(anyEvent, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        many.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
        ),
        ([once, again]) => {
          expect(stepsOf(again)).toStrictEqual(stepsOf(once));
        },
      ),
    );
  });

  it('are few, with the first and the latest among them, and a row of the ledger keeps them as they are', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (events) => {
        const steps = stepsOf(events);
        const times = events.map(({ occurredAt }) => occurredAt).toSorted();
        expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
        expect([steps[0]?.at, steps.at(-1)?.at]).toStrictEqual([times[0], times.at(-1)]);
        expect(trail.parse(JSON.parse(JSON.stringify(steps)))).toStrictEqual(steps);
        expect(JSON.stringify(steps).length).toBeLessThan(4_000);
      }),
    );
  });
});

describe('the line', () => {
  const anySteps = fc.array(anyEvent.map(toStep), { maxLength: 40 });

  it.each(localeNames)('has room, and says the last step whatever it leaves out, in %s', (locale) => {
    const say = locales[locale];
    fc.assert(
      fc.property(anySteps, (steps) => {
        const line = lineOf(steps, say);
        if (line === '') return;
        expect(line.length).toBeLessThanOrEqual(BUDGET.value);
        const last = steps.at(-1);
        const before = steps.at(-2);
        expect(line.endsWith(lineOf(last && before ? [{ kind: 'x', state: 'x' }, last] : [], say).slice(4))).toBe(true);
      }),
    );
  });

  it('is no line where there is one step, or the same one over and over', () => {
    const [first] = STORY;
    const same = first === undefined ? [] : [toStep(first), { ...toStep(first), at: at(5) }];
    expect(trailFact(same, { say: en })).toStrictEqual([]);
    expect(trailFact([], { say: en })).toStrictEqual([]);
  });

  it('stands first among the facts, so that it is the last of them to go', () => {
    const last = STORY.at(-1) ?? examples.deployment;
    const told = { trail: stepsOf(STORY) };
    const { facts } = trim(readEvent(last, { say: en, timeZone: 'UTC' }, told));
    expect(facts[0]?.label).toBe(en.label.trail);
    expect(readEvent(last, { say: en, timeZone: 'UTC' }).facts).toStrictEqual(
      readEvent(last, { say: en, timeZone: 'UTC' }, told).facts.slice(1),
    );
  });

  it.each(chatNames)('is in the message of %s', (name) => {
    const payload = payloadOf(name, STORY.at(-1) ?? examples.deployment, { telling: { trail: stepsOf(STORY) } });
    expect(visibleTexts(payload).join('\n').replaceAll('\u00a0', ' ')).toContain('Scaled out 3 → 6');
  });
});
