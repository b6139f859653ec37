import { describe, expect, it } from 'vitest';
import { type Delivery, delivery } from '../../src/delivery/rules/delivery.ts';
import { type EventKind, event, eventKinds } from '../../src/event/event.ts';
import { PROPERTIES } from '../../src/event/fields.ts';
import { examples } from '../support/examples.ts';
import { changed } from '../support/fixtures.ts';
import { largest } from '../support/largest.ts';

const deliveryOf = (kind: EventKind): Delivery => ({
  version: 1,
  event: largest(kind),
  receivers: Array.from({ length: 8 }, (_, index) => `${index}${'r'.repeat(62)}`),
  attempt: 8,
  acceptedAt: examples.scale.occurredAt,
});

// A message of Azure's queues holds 64 KiB, and Base64 makes four bytes of three.
const MOST_BYTES = 48 * 1024;
const bytes = (message: unknown) => Buffer.byteLength(JSON.stringify(message));

describe.each(eventKinds)('the largest event of kind %s', (kind) => {
  it('has every text cut, not refused', () => {
    const { resource, properties = {} } = largest(kind);

    expect(resource.name).toBe(`${'한'.repeat(299)}…`);
    expect(Object.keys(properties)).toHaveLength(PROPERTIES.most);
    expect(Object.values(properties)[9]).toHaveLength(PROPERTIES.value);
  });

  it('fits a message of the queue, with room for what else is said of it', () => {
    const message = deliveryOf(kind);

    expect(bytes(message)).toBeGreaterThan(MOST_BYTES / 2);
    expect(bytes(message)).toBeLessThan(MOST_BYTES - 600);
    expect(Buffer.from(JSON.stringify(message)).toString('base64').length).toBeLessThanOrEqual(65_536);
  });

  it('comes out of the queue as it went in', () => {
    const message = deliveryOf(kind);

    expect(delivery.parse(JSON.parse(JSON.stringify(message)))).toStrictEqual(message);
  });
});

describe('an event', () => {
  it.each(eventKinds)('of kind %s has an example that the schema takes unchanged', (kind) => {
    expect(event.parse(examples[kind])).toStrictEqual(examples[kind]);
  });

  it('has kinds that each name themselves', () => {
    expect(eventKinds.toSorted()).toStrictEqual(Object.keys(examples).toSorted());
  });

  it.each([
    ['an unknown kind', { kind: 'party' }],
    ['an unknown severity', { severity: 'bad' }],
    ['a time without milliseconds', { occurredAt: '2026-11-20T14:05:09Z' }],
    ['a time with an offset', { occurredAt: '2026-11-20T14:05:09.000+09:00' }],
    ['a time that there is not', { occurredAt: '2026-99-99T99:99:99.999Z' }],
    ['a negative count', { to: -1 }],
    ['more than a million instances', { from: 1_000_001 }],
    ['half an instance', { to: 1.5 }],
    ['an empty id', { id: '' }],
    ['no resource', { resource: undefined }],
    ['a link that is not https', { links: [{ rel: 'resource', url: 'http://example.com/' }] }],
    ['seven links', { links: Array(7).fill({ rel: 'resource', url: 'https://example.com/' }) }],
  ])('is refused with %s', (_what, change) => {
    expect(event.safeParse(examples.scale).success).toBe(true);
    expect(event.safeParse(changed(examples.scale, change)).success).toBe(false);
  });

  it('has links as a browser would read them', () => {
    const links = [{ rel: 'run', url: 'HTTPS://Example.com/a b?c="d"' }];

    expect(event.parse({ ...examples.custom, links }).links).toStrictEqual([
      { rel: 'run', url: 'https://example.com/a%20b?c=%22d%22' },
    ]);
  });

  it('drops fields that its kind does not have', () => {
    expect(event.parse({ ...examples.custom, direction: 'out' })).not.toHaveProperty('direction');
  });
});
