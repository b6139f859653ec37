import { describe, expect, it } from 'vitest';
import { changed, fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const { body } = fixturesOf('azure-autoscale').find(({ name }) => name === 'scale-set-out') ?? { body: undefined };
const { context, ...rest } = body as { context: Record<string, unknown> };
const withContext = (changes: Readonly<Record<string, unknown>>) => ({ ...rest, context: changed(context, changes) });
const withProperties = (properties: unknown) => changed({ ...rest, context }, { properties });

function read(payload: unknown) {
  const [event] = normalize(receive(payload), 'azure-autoscale');
  if (event?.kind !== 'scale') throw new Error('expected one scale event');
  return event;
}

describe('text in an autoscale webhook', () => {
  it.each([
    ['control characters', 'shop\u0000-\u001b[31mweb\u0007', 'shop-[31mweb'],
    ['a lone surrogate', 'shop\ud800web', 'shop\ufffdweb'],
    ['an order override', 'shop\u202egnp.exe', 'shopgnp.exe'],
    ['isolates', '\u2066shop\u2069', 'shop'],
    ['line breaks', ' shop\r\nweb\u2028x ', 'shop web x'],
  ])('is cleaned of %s', (_what, resourceName, name) => {
    expect(read(withContext({ resourceName })).resource.name).toBe(name);
  });

  it('keeps underscores, stars and angle brackets: how to show them is for the formatter', () => {
    const resourceName = 'vm_app_01 *b* <!channel> [x](https://e.vil)';

    expect(read(withContext({ resourceName })).resource.name).toBe(resourceName);
  });

  it('is refused as a name when nothing of it is left', () => {
    expect(() => read(withContext({ resourceName: '\u0000\u202e ', resourceId: null, name: '' }))).toThrow(
      'context.resourceName: expected text',
    );
  });

  it('is cut in the middle when it is a resource id of 10,000 characters', () => {
    const { resource, links } = read(
      withContext({ resourceId: `/subscriptions/${'한'.repeat(9_980)}/end`, portalLink: undefined }),
    );

    expect(resource.id).toHaveLength(1_000);
    expect(resource.id).toMatch(/^\/subscriptions\/한+…한+\/end$/);
    expect(links.map(({ rel }) => rel)).toStrictEqual(['scale-history']);
  });

  it('is cut and marked when the details are long', () => {
    expect(read(withContext({ details: 'x'.repeat(3_000) })).reason).toBe(`${'x'.repeat(1_999)}…`);
  });

  it.each([
    ['resourceRegion', undefined],
    ['resourceRegion', null],
    ['resourceRegion', ''],
    ['details', undefined],
    ['details', null],
    ['details', ''],
    ['name', null],
    ['resourceType', null],
    ['resourceGroupName', null],
    ['subscriptionId', null],
    ['resourceId', null],
    ['id', null],
    ['portalLink', null],
  ])('may lack %s (%j)', (field, value) => {
    expect(read(withContext({ [field]: value })).resource.name).toBe('shop_web_01');
  });
});

describe('the links of an autoscale webhook', () => {
  it.each([
    ['http:', 'http://portal.azure.com/#resource/x'],
    ['javascript:', 'javascript:alert(1)'],
    ['data:', 'data:text/html,x'],
    ['no scheme', 'portal.azure.com'],
    ['no text', ''],
    ['more than 2,000 characters', `https://portal.azure.com/${'x'.repeat(2_000)}`],
  ])('are dropped when they have %s', (_what, portalLink) => {
    expect(read(withContext({ portalLink })).links.map(({ rel }) => rel)).toStrictEqual(['scale-history']);
  });

  it('lead to the resource by its id where no link is sent', () => {
    expect(read(withContext({ portalLink: undefined })).links[0]).toStrictEqual(read(body).links[0]);
  });

  it('are left out for an id that is no resource id', () => {
    const { links } = read(withContext({ portalLink: undefined, resourceId: 'shop-web', id: '/subscriptions/a b' }));

    expect(links).toStrictEqual([]);
  });
});

describe('the properties of an autoscale webhook', () => {
  it.each([[null], [undefined], [{}]])('may be %j', (properties) => {
    expect(read(withProperties(properties)).properties).toBeUndefined();
  });

  it.each([['text'], [3], [['a']]])('are refused when they are %j', (properties) => {
    expect(() => read(withProperties(properties))).toThrow('azure-autoscale cannot read this body: properties:');
  });

  it('are shown as text, whatever a template put there', () => {
    const given = { text: 'a', number: 3, yes: true, list: [1, 'b'], deep: { a: { b: null } }, none: null, empty: '' };

    expect(read(withProperties(given)).properties).toStrictEqual({
      text: 'a',
      number: '3',
      yes: 'true',
      list: '[1,"b"]',
      deep: '{"a":{"b":null}}',
    });
  });

  it('are cut to ten, each to its limits', () => {
    const given = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key ${index}`, 'v'.repeat(500)]));
    const { properties = {} } = read(withProperties({ ['k'.repeat(100)]: 'v', ...given }));

    expect(Object.keys(properties)).toStrictEqual([
      `${'k'.repeat(39)}…`,
      ...Array.from({ length: 9 }, (_, index) => `key ${index}`),
    ]);
    expect(properties['key 0']).toBe(`${'v'.repeat(199)}…`);
  });

  it.each([
    ['__proto__', '{"__proto__":{"polluted":"yes"},"team":"shop"}'],
    ['__proto__ behind a control character', '{"__proto__\\u0001":{"polluted":"yes"},"team":"shop"}'],
    ['constructor', '{"constructor":{"prototype":{"polluted":"yes"}},"team":"shop"}'],
  ])('pollute nothing with %s', (_what, json) => {
    const event = read(withProperties(JSON.parse(json)));

    expect(event.properties?.['team']).toBe('shop');
    expect(Object.getPrototypeOf(event.properties)).toBe(Object.prototype);
    expect(event.properties).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([['environment'], ['env']])('name the environment as %s', (key) => {
    expect(read(withProperties({ [key]: 'canary' })).environment).toBe('canary');
  });
});
