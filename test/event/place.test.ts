import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { toBrief } from '../../src/event/importance.ts';
import { outline } from '../../src/event/outline.ts';
import { locales } from '../../src/locales/registry.ts';
import { sentenceOf } from '../locales/told.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

const at = (event: RelayEvent, resource: RelayEvent['resource'], environment?: string): RelayEvent => ({
  ...event,
  environment,
  resource,
});

const { alert, artifact, custom, scale, deployment } = examples;
const down = { ...alert, rule: 'ExporterTargetDown' };
const { text: _, ...short } = custom;
const backup = { ...short, title: 'Backup failed' };

describe('where it is, in the heading', () => {
  it.each([
    ['an environment', at(scale, { name: 'shop-web', group: 'eu-1' }, 'prod'), ' (prod)'],
    ['the group', at(scale, { name: 'shop-web', group: 'eu-1' }), ' (eu-1)'],
    ['both of an alert', at(down, { name: 'postgres-1', group: 'eu-1' }, 'prod'), ' (postgres-1, prod)'],
    ['what it is about, where nobody says more', at(down, { name: 'postgres-1' }), ' (postgres-1)'],
    ['nothing that the rule says', at({ ...down, rule: 'postgres-1 is down' }, { name: 'postgres-1' }), ''],
    ['the registry of an artifact', at(artifact, { name: 'quay.azurecr.io' }), ' (quay.azurecr.io)'],
    ['nothing beside the set itself', at(scale, { name: 'shop-web' }), ''],
    ['nothing beside a project', at(deployment, { name: 'acme/shop' }), ''],
    ["both of an event of one's own", at(backup, { name: 'orders-db', group: 'rg-shop' }), ' (orders-db, rg-shop)'],
    ['its resource alone', at(backup, { name: 'orders-db' }), ' (orders-db)'],
    ['its group alone', at(backup, { name: 'Backup failed', group: 'rg-shop' }), ' (rg-shop)'],
    ['one name once', at(backup, { name: 'rg-shop', group: 'rg-shop' }), ' (rg-shop)'],
    [
      'the end of another name is no name',
      at({ ...down, rule: 'shop-web-cpu' }, { name: 'web' }, 'prod'),
      ' (web, prod)',
    ],
    ['nor is its middle', at({ ...down, rule: 'cpu.shop_web.high' }, { name: 'web' }), ' (web)'],
    ['a name with more behind it is', at({ ...down, rule: 'shop-web-cpu' }, { name: 'shop-web' }, 'prod'), ' (prod)'],
    [
      'a name with a number behind it may be another',
      at({ ...down, rule: 'shop-web-2-cpu' }, { name: 'shop-web' }, 'prod'),
      ' (shop-web, prod)',
    ],
    ['so may one in words', at({ ...down, rule: 'Shop Web 2 is slow' }, { name: 'shop-web' }), ' (shop-web)'],
    ['a number that it has itself is its own', at({ ...down, rule: 'shop-web-2-cpu' }, { name: 'shop-web-2' }), ''],
    ['a name in words is', at({ ...down, rule: 'High load: Shop Web.' }, { name: 'shop-web' }, 'prod'), ' (prod)'],
    ['part of a word is no name', at({ ...backup, title: 'Feedback failed' }, { name: 'back' }), ' (back)'],
  ])('is %s', (_what, event, where) => {
    expect(outline(event).where).toBe(where);
    expect(toBrief(event).place ?? '').toBe(where.slice(2, -1));
  });
});

describe.each(localeNames)('a push text in %s', (name) => {
  const saying = (event: RelayEvent) => sentenceOf(name, event);
  const words = locales[name].state;

  it("names what an event of one's own is about, and where", () => {
    const told = saying(at(backup, { name: 'orders-db', group: 'rg-shop' }));

    expect(told.startsWith(`${words.custom.warning}: Backup failed (rg-shop)`)).toBe(true);
    expect(told).toContain('orders-db.');
  });

  it('says once what the title says', () => {
    expect(saying(at(backup, { name: 'Backup failed' }))).toBe(`${words.custom.warning}: Backup failed.`);
    expect(saying(at(backup, { name: 'rg-shop', group: 'rg-shop' })).match(/rg-shop/g)).toHaveLength(1);
  });

  it('tells the pods of two clusters apart', () => {
    const [one, other] = ['eu-1', 'us-1'].map((group) => saying(at(down, { name: 'postgres-1', group })));

    expect(one).toContain('(eu-1)');
    expect(one).not.toBe(other);
  });

  it('says what an alert measured, and which way it went over', () => {
    const told = {
      ...down,
      severity: 'warning',
      metric: 'CPU',
      value: 93.25,
      threshold: 85,
      unit: '%',
      operator: '>',
    } as const;

    expect(saying(told)).toMatch(/, CPU 93[.,]25\u00a0% \(\p{L}+ > 85\u00a0%\)\.$/u);
    expect(saying({ ...told, rule: 'CPU is high' })).not.toContain('CPU 93');
    expect(saying({ ...told, value: undefined })).not.toContain('CPU');
  });

  it('names the registry of an artifact', () => {
    expect(saying(at(artifact, { name: 'quay.azurecr.io' }))).toContain('(quay.azurecr.io)');
  });
});

it('keeps the environment beside a name that is long, and both ends of the name', () => {
  const pod = `checkout-${'worker-'.repeat(12)}7c9d8f6b5c-x2x4z`;
  const { where } = outline(at(down, { name: pod }, 'production-eu'));

  expect(where).toMatch(/^ \(checkout-.*….*-x2x4z, production-eu\)$/);
  expect(where.length).toBeLessThanOrEqual(80);
});
