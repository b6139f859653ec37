import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { keysFor, mentionsFor } from '../../src/routing/owners.ts';
import { compileOwner } from '../../src/routing/owners-written.ts';
import { examples } from '../support/examples.ts';
import { objectsIn, refusalOf, slackPayload } from '../support/payloads.ts';

const oncall = { group: 'S012AB3CD', name: 'shop-oncall' };
const ann = { user: 'ann@example.com', name: 'Ann' };
const owners = [
  { match: { group: 'billing' }, mention: { slack: { user: 'U0', name: 'Bo' } } },
  { match: { group: 'shop-*' }, mention: { slack: oncall } },
  { mention: { slack: { group: 'S9', name: 'everybody' }, teams: ann } },
].map(compileOwner);

const event = (severity: 'info' | 'warning' | 'error' | 'critical', group = 'shop-prod') => ({
  ...examples.alert,
  severity,
  resource: { ...examples.alert.resource, group },
});

describe('a mention', () => {
  it('is that of the first owner who fits and can be called at the receiver', () => {
    expect(mentionsFor(event('error'), 'slack', owners)).toStrictEqual([
      { type: 'group', id: 'S012AB3CD', name: 'shop-oncall' },
    ]);
    expect(mentionsFor(event('error'), 'teams', owners)).toStrictEqual([
      { type: 'user', id: 'ann@example.com', name: 'Ann' },
    ]);
    expect(mentionsFor(event('error', 'other'), 'slack', owners)).toMatchObject([{ name: 'everybody' }]);
  });

  it('is none at a receiver that no owner names', () => {
    expect(mentionsFor(event('critical'), 'audit', owners)).toStrictEqual([]);
    expect(mentionsFor(event('critical'), 'constructor', owners)).toStrictEqual([]);
  });

  it.each([
    ['info', false],
    ['warning', false],
    ['error', true],
    ['critical', true],
  ] as const)('for %s is made: %s', (severity, isMade) => {
    expect(mentionsFor(event(severity), 'slack', owners).length > 0).toBe(isMade);
  });

  it('is made for the severities that its conditions name, where they name one', () => {
    const [own] = [{ match: { severity: '>=warning' }, mention: { slack: oncall } }].map(compileOwner);

    expect(mentionsFor(event('warning'), 'slack', own ? [own] : [])).toMatchObject([{ name: 'shop-oncall' }]);
    expect(mentionsFor(event('info'), 'slack', own ? [own] : [])).toStrictEqual([]);
  });

  it.each([
    ['an alert that is over', { ...event('critical'), state: 'resolved' }],
    ['one whose series is gone', { ...event('critical'), state: 'resolved', lack: 'series' }],
    ['a deployment that succeeded', { ...examples.deployment, phase: 'succeeded', severity: 'critical' }],
    ['a scaling that is done', { ...examples.scale, phase: 'succeeded', severity: 'critical' }],
  ] as const)('is not made by %s, however bad it was', (_what, told) => {
    expect(mentionsFor(told, 'slack', owners)).toStrictEqual([]);
    expect(keysFor(told, owners)).toStrictEqual([]);
  });

  it.each([
    ['an alert that fires', event('critical')],
    ['a deployment that failed', { ...examples.deployment, phase: 'failed', severity: 'error' }],
    ['a scaling that failed', { ...examples.scale, phase: 'failed', severity: 'error' }],
    ['a test', { ...event('critical'), properties: { test: 'yes' } }],
  ] as const)('is made by %s', (_what, told) => {
    expect(mentionsFor(told, 'slack', owners)).not.toStrictEqual([]);
  });

  it('comes from the configuration only: an event names nobody', () => {
    const properties = { mention: 'U666', owner: 'S666', slack: 'U666' };

    expect(mentionsFor({ ...event('critical'), properties }, 'slack', [])).toStrictEqual([]);
  });
});

describe('a digest', () => {
  const digestOf = (...events: readonly RelayEvent[]) => ({
    ...examples.digest,
    calls: events.map((each) => [...keysFor(each, owners)]).filter(({ length }) => length > 0),
  });

  it('calls whom its events call, each once, at the receiver that it is for', () => {
    const digest = digestOf(event('error'), event('critical', 'billing'), event('error'), event('info', 'other'));

    expect(mentionsFor(digest, 'slack', owners).map(({ name }) => name)).toStrictEqual(['shop-oncall', 'Bo']);
    expect(mentionsFor(digest, 'teams', owners).map(({ name }) => name)).toStrictEqual(['Ann']);
    expect(mentionsFor(digest, 'audit', owners)).toStrictEqual([]);
  });

  it('calls nobody whom the configuration no longer names, and takes no name from an event', () => {
    const digest = digestOf(event('critical', 'billing'));

    expect(mentionsFor(digest, 'slack', owners.slice(1)).map(({ name }) => name)).toStrictEqual(['everybody']);
    expect(mentionsFor({ ...digest, calls: [['U666']] }, 'slack', [])).toStrictEqual([]);
  });

  it('of the release before calls whom it fits itself', () => {
    const { calls: _, ...before } = examples.digest;

    expect(mentionsFor({ ...before, severity: 'error' }, 'slack', owners)).toMatchObject([{ name: 'everybody' }]);
  });
});

describe('a mention of everybody in a channel', () => {
  const everybody = compileOwner({ match: { severity: 'critical' }, mention: { slack: '@here' } });

  it('is for the severities that its owner names', () => {
    const all = [everybody, ...owners];

    expect(mentionsFor(event('critical'), 'slack', all)).toStrictEqual([{ type: 'all', id: 'here', name: 'here' }]);
    expect(mentionsFor(event('error'), 'slack', all)).toMatchObject([{ type: 'group' }]);
    expect(mentionsFor(event('critical'), 'teams', all)).toMatchObject([{ type: 'user' }]);
  });

  it('is no part of a message unless the configuration says so, whatever the event says', () => {
    const hostile = { ...examples.alert, severity: 'critical' as const, rule: '<!here> @here <!channel> @channel' };
    const called = slackPayload(hostile, { mention: { type: 'all', id: 'here', name: 'here' } });

    expect(mentionsFor(hostile, 'slack', [])).toStrictEqual([]);
    expect(objectsIn(slackPayload(hostile), 'broadcast')).toStrictEqual([]);
    expect(objectsIn(called, 'broadcast')).toStrictEqual([{ type: 'broadcast', range: 'here' }]);
    expect(refusalOf('slack', called)).toBeUndefined();
  });
});
