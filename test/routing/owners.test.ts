import { describe, expect, it } from 'vitest';
import { compileOwner, mentionFor } from '../../src/routing/owners.ts';
import { examples } from '../support/examples.ts';

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
    expect(mentionFor(event('error'), 'slack', owners)).toStrictEqual({
      type: 'group',
      id: 'S012AB3CD',
      name: 'shop-oncall',
    });
    expect(mentionFor(event('error'), 'teams', owners)).toStrictEqual({
      type: 'user',
      id: 'ann@example.com',
      name: 'Ann',
    });
    expect(mentionFor(event('error', 'other'), 'slack', owners)?.name).toBe('everybody');
  });

  it('is none at a receiver that no owner names', () => {
    expect(mentionFor(event('critical'), 'audit', owners)).toBeUndefined();
    expect(mentionFor(event('critical'), 'constructor', owners)).toBeUndefined();
  });

  it.each([
    ['info', false],
    ['warning', false],
    ['error', true],
    ['critical', true],
  ] as const)('for %s is made: %s', (severity, isMade) => {
    expect(mentionFor(event(severity), 'slack', owners) !== undefined).toBe(isMade);
  });

  it('is made for the severities that its conditions name, where they name one', () => {
    const [own] = [{ match: { severity: '>=warning' }, mention: { slack: oncall } }].map(compileOwner);

    expect(mentionFor(event('warning'), 'slack', own ? [own] : [])?.name).toBe('shop-oncall');
    expect(mentionFor(event('info'), 'slack', own ? [own] : [])).toBeUndefined();
  });

  it('comes from the configuration only: an event names nobody', () => {
    const properties = { mention: 'U666', owner: 'S666', slack: 'U666' };

    expect(mentionFor({ ...event('critical'), properties }, 'slack', [])).toBeUndefined();
  });
});
