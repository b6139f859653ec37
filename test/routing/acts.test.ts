import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { type Severity, severities } from '../../src/event/fields.ts';
import { buttonsOn, mayDo, nextMorning, sameAs } from '../../src/routing/acts.ts';
import { matcher } from '../../src/routing/match.ts';
import { wallClock } from '../../src/routing/windows.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';

const severity = fc.constantFrom<Severity>(...severities);
const SILENCE = ['silenceHour', 'silenceMorning'];

describe('what can be done', () => {
  const all = ['acknowledge', ...SILENCE];
  const { alert, scale, deployment, custom, drift, notice, artifact } = examples;
  const still = { at: '2026-11-20T18:05:09.000Z', since: '2026-11-20T14:05:09.000Z' };

  it.each<[string, RelayEvent, readonly string[]]>([
    ['an alert that fires', alert, all],
    ['one that fires still', { ...alert, still }, all],
    ['one that nobody hears of any more', { ...alert, still: { ...still, closed: true } }, []],
    ['one that is over', { ...alert, state: 'resolved' }, []],
    ['a scaling that began', scale, []],
    ['one that failed', { ...scale, phase: 'failed' }, all],
    ['one that was held back', { ...scale, phase: 'held' }, all],
    ['a deployment that failed', deployment, all],
    ['one that went through', { ...deployment, phase: 'succeeded' }, []],
    ['one that waits', { ...deployment, phase: 'waiting' }, []],
    ['what a sender calls an error', { ...custom, severity: 'error' }, all],
    ['what it calls a warning', { ...custom, severity: 'warning' }, []],
    ['an image that was pushed', artifact, []],
    ['a scale set behind its model', drift, ['acknowledge', 'meant']],
    ['one that is not any more', { ...drift, change: 'resolved' }, []],
    ['one that is gone from sight', { ...drift, change: 'resolved', unseen: true }, []],
    ['messages that nobody got', { ...notice, topic: 'deadLetters', severity: 'warning' }, ['acknowledge', 'replay']],
    ['trouble of the relay', { ...notice, severity: 'warning' }, ['acknowledge']],
    ['good news of the relay', { ...notice, severity: 'info' }, []],
    ['a chat that takes messages again', { ...notice, topic: 'receiverBack', severity: 'warning' }, []],
  ])('about %s', (__, event, buttons) => {
    expect(buttonsOn(event, 'critical')).toStrictEqual(buttons);
  });

  it('is never a silence that would keep nothing back', () => {
    fc.assert(
      fc.property(anyEvent, severity, (event, breakThrough) => {
        const offered = buttonsOn(event, breakThrough).filter((each) => SILENCE.includes(each));
        if (severities.indexOf(event.severity) >= severities.indexOf(breakThrough)) expect(offered).toStrictEqual([]);
      }),
    );
  });

  it('always begins with saying that somebody deals with it', () => {
    fc.assert(
      fc.property(anyEvent, severity, (event, breakThrough) => {
        const [first = 'acknowledge'] = buttonsOn(event, breakThrough);
        expect(first).toBe('acknowledge');
      }),
    );
  });
});

it('is done by anyone whom nothing limits, and else by those who are named', () => {
  const rules = { may: { silence: ['U1', 'U2'], replay: [] } };

  expect(['U1', 'U3', undefined].map((who) => mayDo(rules, 'acknowledge', who))).toStrictEqual([true, true, true]);
  expect(['U1', 'U3', undefined].map((who) => mayDo(rules, 'silenceHour', who))).toStrictEqual([true, false, false]);
  expect(['U1', 'U3', undefined].map((who) => mayDo(rules, 'replay', who))).toStrictEqual([false, false, false]);
});

describe('the conditions of a silence from a message', () => {
  it('fit the event that it was made from, whatever signs are in its names', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(matcher(sameAs(event))(event)).toBe(true);
      }),
    );
  });

  it.each<[string, RelayEvent, RelayEvent]>([
    ['another alert', examples.alert, { ...examples.alert, rule: 'Disk > 90 %' }],
    ['the same alert elsewhere', examples.alert, { ...examples.alert, resource: { name: 'shop-api' } }],
    ['another application', examples.deployment, { ...examples.deployment, subject: 'till' }],
    ['the application elsewhere', examples.deployment, { ...examples.deployment, environment: 'test' }],
    ['another text', examples.custom, { ...examples.custom, title: 'Disk is full' }],
    ['another scale set', examples.scale, { ...examples.scale, resource: { name: 'shop-api' } }],
    ['another kind', examples.scale, { ...examples.drift, resource: examples.scale.resource }],
  ])('do not fit %s', (__, event, other) => {
    expect(matcher(sameAs(event))(other)).toBe(false);
  });

  it('say nothing of an environment that a deployment does not name, nor more than a condition may', () => {
    const { environment: __, ...bare } = examples.deployment;

    expect(sameAs(bare)).toStrictEqual({ kind: 'deployment', subject: 'shop' });
    expect(sameAs({ ...examples.custom, title: `!${'x'.repeat(400)}` })['subject']).toBe(`?${'x'.repeat(298)}*`);
  });
});

describe('the next morning', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Seoul', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe');
  const from = Date.UTC(2026, 0, 1);
  const year = fc.integer({ min: 0, max: 366 * 24 * 60 * 60_000 });

  it('is when the clock on the wall shows it next, on the days that clocks are changed too', () => {
    fc.assert(
      fc.property(zone, year, (timeZone, after) => {
        const now = from + after;
        const at = nextMorning('07:00', timeZone, now);

        expect(wallClock(timeZone)(at).minute).toBe(7 * 60);
        expect(at).toBeGreaterThan(now);
        expect(at - now).toBeLessThanOrEqual(25 * 3_600_000);
      }),
      { numRuns: 30 },
    );
  });

  it('is that of the day after where the clock skips it', () => {
    const now = Date.parse('2026-03-29T00:30:00Z');
    expect(new Date(nextMorning('02:30', 'Europe/Prague', now)).toISOString()).toBe('2026-03-30T00:30:00.000Z');
  });
});
