import { describe, expect, it } from 'vitest';
import { type Conditions, matcher } from '../../src/routing/match.ts';
import { examples } from '../support/examples.ts';

const takes = (conditions: Conditions, changed: object = {}): boolean =>
  matcher(conditions)({ ...examples.scale, ...changed });

describe('conditions', () => {
  it.each([
    ['nothing', {}],
    ['the value', { kind: 'scale' }],
    ['another case of it', { resource: 'SHOP-WEB' }],
    ['one value of several', { kind: ['custom', 'scale'] }],
    ['a glob', { resource: 'shop-*' }],
    ['a glob for one character', { resource: 'shop-we?' }],
    ['the opposite of another value', { environment: '!test' }],
    ['the opposite of another glob', { environment: '!te*' }],
    ['several fields', { kind: 'scale', environment: 'prod', phase: 'started' }],
    ['at least its severity', { severity: '>=info' }],
    ['less than a higher severity', { severity: '<warning' }],
  ] satisfies [string, Conditions][])('take an event by %s', (_what, conditions) => {
    expect(takes(conditions)).toBe(true);
  });

  it.each([
    ['another value', { kind: 'custom' }],
    ['a part of the value', { resource: 'shop' }],
    ['a glob that does not fit', { resource: '*-db' }],
    ['the opposite of its value', { environment: '!prod' }],
    ['one of several fields', { kind: 'scale', environment: 'test' }],
    ['more than its severity', { severity: '>info' }],
    ['a field that the event lacks', { state: 'fired' }],
  ] satisfies [string, Conditions][])('leave an event by %s', (_what, conditions) => {
    expect(takes(conditions)).toBe(false);
  });

  it('read a pattern literally but for * and ?', () => {
    const named = (name: string) => ({ resource: { ...examples.scale.resource, name } });

    expect(takes({ resource: 'a.c(1)' }, named('a.c(1)'))).toBe(true);
    expect(takes({ resource: 'a.c' }, named('abc'))).toBe(false);
  });

  it('order severities', () => {
    const severities = ['info', 'warning', 'error', 'critical'] as const;
    const taken = severities.filter((severity) => takes({ severity: '>=error' }, { severity }));

    expect(taken).toStrictEqual(['error', 'critical']);
  });
});
