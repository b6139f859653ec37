import { describe, expect, it } from 'vitest';
import { deployedName } from '../../src/event/deployed.ts';

const named = (owner: string, subject: string, step?: string) =>
  deployedName({ resource: { name: owner }, subject, ...(step && { step }) });

describe('what is deployed', () => {
  it.each([
    ['tide-works/ledger', 'CI', 'tide-works/ledger · CI'],
    ['ledger', 'Deploy', 'ledger · Deploy'],
    ['web', 'webhooks', 'web · webhooks'],
    ['tide-works/ledger', 'Deploy ledger', 'tide-works/ledger · Deploy ledger'],
  ])('is named after %s where its own name, %s, does not say it', (owner, subject, name) => {
    expect(named(owner, subject)).toBe(name);
  });

  it.each([
    ['ledger', 'ledger', 'ledger'],
    ['shop-deploy', 'Shop deploy', 'Shop deploy'],
    ['Shop', 'Shop.CD', 'Shop.CD'],
    ['tide-works/ledger', 'Release of Tide-Works/ledger (nightly)', 'Release of Tide-Works/ledger (nightly)'],
    ['acme/shop', 'shop', 'acme/shop'],
    ['ledger / main', 'main', 'ledger / main'],
  ])('says %s once beside %s', (owner, subject, name) => {
    expect(named(owner, subject)).toBe(name);
  });

  it('has its step at the end, and its project before its resource', () => {
    expect(named('tide-works/ledger', 'Deploy', 'ship')).toBe('tide-works/ledger · Deploy / ship');
    expect(deployedName({ resource: { name: 'nightly' }, project: 'Tides', subject: 'nightly' })).toBe(
      'Tides · nightly',
    );
  });
});
