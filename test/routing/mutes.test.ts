import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../src/event/fields.ts';
import { conditions } from '../../src/routing/conditions.ts';
import { stepsOf } from '../../src/routing/deferral.ts';
import { compileMutes, mutedBy, mutedText, muteRulesOf, NO_MUTES, windowIn } from '../../src/routing/mutes.ts';
import { silence } from '../../src/routing/silences.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';

const NOON = Date.parse('2026-11-20T12:00:00.000Z');
const rules = compileMutes(
  muteRulesOf(conditions).parse({
    windows: [{ name: 'lunch', from: '12:00', to: '13:00', match: { kind: ['scale', 'alert'] } }],
    inhibit: [{}],
  }),
  'UTC',
);
const given = silence.parse({
  ...{ id: '7f3a', match: { kind: 'scale' }, author: 'ann', reason: 'load test' },
  ...{ startsAt: '2026-11-20T12:00:00.000Z', endsAt: '2026-11-20T12:10:00.000Z' },
});
const event = { ...examples.scale, severity: 'info' as const };
const { step: _, ...deployment } = { ...examples.deployment, resource: event.resource, phase: 'started' as const };
const begun = { ...deployment, subject: 'shop', occurredAt: '2026-11-20T13:00:00.000Z' };
const underWay = stepsOf({ event: begun, proven: true }, rules.inhibitions);
const all = { ...rules, silences: [given], underWay };

describe('an event is kept back', () => {
  it('by a silence, which is named first', () => {
    expect(mutedBy(event, all, 'ops', NOON)).toMatchObject({ by: 'silence', name: '7f3a' });
  });

  it('by a window', () => {
    expect(mutedBy(event, all, 'ops', NOON + 10 * 60_000)).toMatchObject({ by: 'window', name: 'lunch' });
  });

  it('by a deployment under way', () => {
    expect(mutedBy(event, all, 'ops', NOON + 61 * 60_000)).toMatchObject({ by: 'deployment', name: 'shop' });
  });

  it('by nothing where nothing fits', () => {
    expect(mutedBy(event, all, 'ops', NOON + 5 * 3_600_000)).toBeUndefined();
    expect(mutedBy(examples.custom, all, 'ops', NOON)).toBeUndefined();
    expect(mutedBy(event, { ...NO_MUTES, silences: [], underWay: [] }, 'ops', NOON)).toBeUndefined();
  });
});

it('has a text for people and the ledger, from which a window is read again', () => {
  const at = (minutes: number) => mutedBy(event, all, 'ops', NOON + minutes * 60_000);
  const texts = [at(0), at(10), at(61)].map((muted) => muted && mutedText(muted));

  expect(texts).toStrictEqual(['silence 7f3a', 'window lunch', 'deployment of shop']);
  expect(texts.map((text = '') => windowIn(text))).toStrictEqual([undefined, 'lunch', undefined]);
});

describe('nothing keeps back', () => {
  const silent = { ...all, silences: [{ ...given, match: { kind: '*' } }] };

  it('a review, whose time somebody has chosen', () => {
    expect(mutedBy(examples.review, silent, 'ops', NOON)).toBeUndefined();
    expect(mutedBy({ ...examples.artifact, severity: 'info' }, silent, 'ops', NOON)).toBeDefined();
  });

  it.each(severities)('what is as bad as the limit or worse (from %s on)', (breakThrough) => {
    const told = severities.filter(
      (severity) => mutedBy({ ...event, severity }, { ...silent, breakThrough }, 'ops', NOON) === undefined,
    );

    expect(told).toStrictEqual(severities.slice(severities.indexOf(breakThrough)));
  });

  it('what is critical, unless the configuration has another limit', () => {
    expect(rules.breakThrough).toBe('critical');
    expect(mutedBy({ ...event, severity: 'critical' }, silent, 'ops', NOON)).toBeUndefined();
  });

  it('what the relay says of itself', () => {
    expect(mutedBy(examples.notice, silent, 'ops', NOON)).toBeUndefined();
  });

  it('any event that no rule is for, at any time', () => {
    const rest = { ...NO_MUTES, silences: [given], underWay };
    fc.assert(
      fc.property(anyEvent, fc.integer({ min: Date.parse(given.endsAt), max: NOON * 2 }), (any, now) => {
        expect(mutedBy(any, rest, 'ops', now)).toBeUndefined();
      }),
    );
  });
});
