import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { levels } from '../../src/event/fields.ts';
import { type Conditions, fieldOf, fields, matcher } from '../../src/routing/match.ts';
import { anyEvent } from '../support/any-event.ts';
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

  it('take any event by what each of its fields says, and by being empty where it says nothing', () => {
    // Without the signs of patterns.
    const plain = fc.oneof(anyEvent, fc.constantFrom<RelayEvent>(...Object.values(examples)));
    fc.assert(
      fc.property(plain, fc.constantFrom(...fields), (event, field) => {
        const value = fieldOf(event, field) ?? '';
        fc.pre(!/[!*?<>]/.test(value));
        expect(matcher({ [field]: value })(event)).toBe(true);
        expect(matcher({ [field]: `!${value}` })(event)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, RelayEvent, string | undefined]>([
    ['an alert', examples.alert, 'fired'],
    ['an artifact', examples.artifact, 'pushed'],
    ['drift', examples.drift, 'pending'],
    ['drift that is over', { ...examples.drift, change: 'resolved' }, 'resolved'],
    ['a notice', examples.notice, 'receiverBroken'],
    ['what somebody did', examples.act, examples.act.action],
    ['a scaling, which has a phase', examples.scale, undefined],
  ])('look at the state of %s', (__, event, state) => {
    expect(fieldOf(event, 'state')).toBe(state);
  });

  it('look at a property of what has none at all', () => {
    const { properties: __, ...bare } = examples.scale;

    expect(matcher({ properties: { team: 'shop' } })(bare)).toBe(false);
    expect(matcher({ properties: { team: '!shop' } })(bare)).toBe(true);
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

  it('order levels as Azure numbers them: Sev0 is the worst', () => {
    const taken = (level: string) => levels.filter((each) => matcher({ level })({ ...examples.alert, level: each }));

    expect(taken('<=Sev1')).toStrictEqual(['Sev0', 'Sev1']);
    expect(taken('>=sev3')).toStrictEqual(['Sev3', 'Sev4']);
    expect(taken('<Sev0')).toStrictEqual([]);
    expect(taken('!Sev2')).toHaveLength(4);
  });

  it('compare only what the event has', () => {
    expect(takes({ level: '<=Sev4' })).toBe(false);
    expect(takes({ level: '>=Sev0' })).toBe(false);
  });

  it.each([
    [
      ['prod*', '!prod-test'],
      ['prod', 'prod-eu'],
    ],
    [
      ['!prod-test', '!dev'],
      ['prod', 'prod-eu'],
    ],
    [['!prod*'], ['dev']],
    [
      ['dev', 'prod'],
      ['prod', 'dev'],
    ],
  ])('of several patterns want one, and none of those after "!" (%j)', (environment, taken) => {
    const all = ['prod', 'prod-eu', 'prod-test', 'dev'];

    expect(all.filter((each) => takes({ environment }, { environment: each }))).toStrictEqual(taken);
  });

  it('tell what is empty from what is there', () => {
    const { environment: _, ...bare } = examples.scale;

    expect(matcher({ environment: '*' })(bare)).toBe(true);
    expect(matcher({ environment: '?*' })(bare)).toBe(false);
    expect(matcher({ environment: '!prod' })(bare)).toBe(true);
  });

  it('know an ARM id in any case, and by a glob', () => {
    const id = '/subscriptions/1/resourceGroups/Shop-Prod/providers/Microsoft.Compute/virtualMachineScaleSets/web';
    const changed = { resource: { ...examples.scale.resource, id } };

    expect(takes({ id: id.toLowerCase() }, changed)).toBe(true);
    expect(takes({ id: '/subscriptions/*/resourcegroups/shop-*/*' }, changed)).toBe(true);
    expect(takes({ id: '/subscriptions/2/*' }, changed)).toBe(false);
  });

  it('look at custom properties, by their names in either case', () => {
    const properties = { Team: 'Payments', __proto__key: 'x' };

    expect(takes({ properties: { team: 'pay*' } }, { properties })).toBe(true);
    expect(takes({ properties: { Team: '!payments' } }, { properties })).toBe(false);
    expect(takes({ properties: { cost: '?*' } }, { properties })).toBe(false);
    expect(takes({ properties: { constructor: '?*' } })).toBe(false);
  });

  it.each([
    ['deployment', { subject: examples.deployment.subject, phase: examples.deployment.phase }],
    ['alert', { subject: examples.alert.rule, state: examples.alert.state }],
    ['artifact', { subject: examples.artifact.name, state: examples.artifact.action }],
    ['custom', { subject: examples.custom.title }],
    ['notice', { subject: examples.notice.about, state: examples.notice.topic }],
    ['drift', { subject: examples.drift.resource.name, state: examples.drift.verdict }],
  ] as const)('know what a %s is about, and its state', (kind, conditions) => {
    expect(matcher(conditions)(examples[kind])).toBe(true);
  });

  it('know version and actor', () => {
    const event = { ...examples.deployment, version: 'v2.1', actor: 'ann' };

    expect(matcher({ version: 'v2.*', actor: 'Ann' })(event)).toBe(true);
    expect(matcher({ version: 'v2.*' })(examples.alert)).toBe(false);
  });

  it('give the same answer every time, for any event', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const conditions = { kind: event.kind, resource: '*', severity: '>=info', actor: '!nobody' };

        expect(matcher(conditions)(event)).toBe(true);
        expect(matcher(conditions)(event)).toBe(true);
      }),
    );
  });
});
