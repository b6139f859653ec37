import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { conditions } from '../../src/routing/conditions.ts';
import { joinOf, joinsGiven } from '../../src/routing/joins.ts';
import { compileThreads, threadsOf } from '../../src/routing/threads-written.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';

const KINDS = ['scale', 'deployment', 'drift'];
const rule = (given: object = {}) => compileThreads(threadsOf(conditions).parse({ join: KINDS, ...given }));

const resource = { name: 'shop-web', group: 'shop', id: '/subscriptions/1/resourceGroups/shop/x/shop-web' };
const { check: _, ...deployment } = { ...examples.deployment, resource: { name: 'Shop-Web' }, check: undefined };
const scale = { ...examples.scale, resource };
const drift = { ...examples.drift, resource: { ...resource, name: 'SHOP-WEB' } };

describe('what is about the same thing', () => {
  it('is one conversation, however its name is spelt', () => {
    const keys = [scale, deployment, drift].map((event) => joinOf(event, rule())?.key);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is told by the words that it has in common, and for how long', () => {
    const given = rule({ same: ['resource', 'group'], within: '30m' });
    expect(joinOf(scale, given)).toMatchObject({ about: 'shop-web, shop', within: 1_800_000 });
    expect(joinOf(scale, rule())?.within).toBe(7_200_000);
  });

  it('is not what one of the two does not say', () => {
    expect(joinOf({ ...scale, resource: { name: 'shop-web' } }, rule({ same: ['id'] }))).toBeUndefined();
  });

  it('is not another thing, nor the same by another field', () => {
    expect(joinOf({ ...scale, resource: { name: 'shop-api' } }, rule())?.key).not.toBe(joinOf(scale, rule())?.key);
    expect(joinOf(scale, rule({ same: ['group'] }))?.key).not.toBe(joinOf(scale, rule())?.key);
  });
});

describe('nothing joins', () => {
  it.each<[string, RelayEvent]>([
    ['a test', { ...scale, properties: { test: 'yes' } }],
    ['a change that is only tried', { ...deployment, check: true }],
    ['an alert', { ...examples.alert, resource }],
    ['a digest', { ...examples.digest, resource }],
    ['a notice', { ...examples.notice, resource }],
  ])('that is %s', (__, event) => {
    expect(joinOf(event, rule())).toBeUndefined();
  });

  it('without a rule, of a kind that the rule does not name, or that its match leaves out', () => {
    expect(joinOf(scale, undefined)).toBeUndefined();
    expect(joinOf(scale, rule({ join: ['deployment', 'drift'] }))).toBeUndefined();
    expect(joinOf(scale, rule({ match: { group: '!shop' } }))).toBeUndefined();
    expect(joinsGiven([{ event: scale }], undefined)).toStrictEqual({});
  });

  it('that has nothing in common with others is left out of what is told of several', () => {
    const given = rule({ same: ['resource'], within: '30m' });

    expect(joinsGiven([{ event: scale }, { event: examples.alert }], given)).toStrictEqual({
      joins: [{ event: scale.id, conversation: joinOf(scale, given)?.key, of: 'shop-web', within: 1_800 }],
    });
    expect(joinsGiven([{ event: examples.alert }], given)).toStrictEqual({});
  });

  it('of a kind that cannot be a step', () => {
    expect(threadsOf(conditions).safeParse({ join: ['alert'] }).success).toBe(false);
    expect(threadsOf(conditions).safeParse({ join: [] }).success).toBe(false);
  });
});

describe('of any event', () => {
  /** Of few names, so that some have the same. */
  const few = fc
    .tuple(anyEvent, fc.constantFrom('a', 'A', 'b'), fc.constantFrom('prod', 'Prod', 'test', undefined))
    .map(
      ([event, name, environment]): RelayEvent => ({ ...event, environment, resource: { ...event.resource, name } }),
    );
  const whole = rule({ same: ['resource', 'environment'] });

  it('who joins is decided by its kind and by what it has in common, and by nothing else', () => {
    fc.assert(
      fc.property(few, few, (one, other) => {
        const [a, b] = [joinOf(one, whole), joinOf(other, whole)];
        if (a === undefined || b === undefined) return;
        const about = ({ resource: { name }, environment = '' }: RelayEvent) => `${name}\n${environment}`.toLowerCase();
        expect(a.key === b.key).toBe(about(one) === about(other));
      }),
    );
  });

  it('its severity, its time, its story and its words make no difference', () => {
    fc.assert(
      fc.property(few, anyEvent, (one, { occurredAt, severity, story, links }) => {
        const changed = { ...one, occurredAt, severity, story, links } as RelayEvent;
        expect(joinOf(changed, whole)).toStrictEqual(joinOf(one, whole));
      }),
    );
  });
});
