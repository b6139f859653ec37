import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Silence, silence, silencedBy } from '../../src/routing/silences.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';

const START = Date.parse('2026-11-20T14:00:00.000Z');
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

const made = (more: Partial<Silence> = {}): Silence =>
  silence.parse({
    ...{ id: '7f3a', match: { resource: examples.scale.resource.name }, author: 'ann', reason: 'load test' },
    ...{ startsAt: iso(0), endsAt: iso(10), ...more },
  });

describe('a silence', () => {
  it('keeps back what it matches while it is in force', () => {
    const given = [made()];

    expect(silencedBy(examples.scale, given, START)?.id).toBe('7f3a');
    expect(silencedBy(examples.scale, given, START + 10 * MINUTE - 1)?.id).toBe('7f3a');
  });

  it.each([-1, 10 * MINUTE])('keeps nothing back before its start and from its end on (%i ms)', (after) => {
    expect(silencedBy(examples.scale, [made()], START + after)).toBeUndefined();
  });

  it('keeps nothing back that it does not match', () => {
    expect(silencedBy(examples.scale, [made({ match: { kind: 'drift' } })], START)).toBeUndefined();
  });

  it('is, of several, the one that ends last', () => {
    const given = [made({ id: 'short', endsAt: iso(5) }), made({ id: 'long1', endsAt: iso(20) }), made()];

    expect(silencedBy(examples.scale, given, START)?.id).toBe('long1');
  });

  it('never outlives its end', () => {
    const minutes = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(anyEvent, minutes, fc.integer({ min: 1, max: 100_000 }), fc.nat(), (event, from, length, after) => {
        const given = made({ match: { kind: '*' }, startsAt: iso(from), endsAt: iso(from + length) });
        const end = Date.parse(given.endsAt);

        expect(silencedBy(event, [given], end + after)).toBeUndefined();
        expect(silencedBy(event, [given], end - 1)).toBe(given);
        expect(silencedBy(event, [given], Date.parse(given.startsAt) - 1 - after)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['without conditions', { match: {} }],
    ['of an unknown kind', { match: { kind: 'deploymnet' } }],
    ['that ends before it starts', { endsAt: iso(-1) }],
    ['that ends as it starts', { endsAt: iso(0) }],
    ['without an author', { author: '' }],
    ['without a reason', { reason: ' ' }],
    ['with an id of another form', { id: '../x' }],
  ])('%s is refused', (_what, more) => {
    expect(silence.safeParse({ ...made(), ...more }).success).toBe(false);
  });
});
