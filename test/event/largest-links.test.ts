import { expect, it } from 'vitest';
import { event } from '../../src/event/event.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';

it.each([1_979, 659])(
  'the largest event fits a message of the queue even with %i signs in each link that JSON escapes',
  (signs) => {
    const long = '한'.repeat(5_000);
    const texts = { id: long, story: long, source: long, environment: long, title: long, text: long };
    const keys = ['id', 'name', 'type', 'group', 'subscriptionId', 'region'];
    const largest = event.safeParse({
      ...examples.custom,
      ...texts,
      resource: Object.fromEntries(keys.map((key) => [key, long])),
      properties: Object.fromEntries(Array.from({ length: 10 }, (_value, index) => [index + long.slice(0, 39), long])),
      links: Array.from({ length: 6 }, () => ({ rel: long, url: `https://example.com/?${'\\'.repeat(signs)}` })),
    });

    if (!largest.success) return;
    expect(Buffer.byteLength(JSON.stringify(deliveryTo(['ops'], { event: largest.data })))).toBeLessThan(48 * 1024);
  },
);

it('a link holds no sign that JSON escapes', () => {
  const links = [{ rel: 'run', url: 'https://example.com/a?b=\\#c\\' }];

  expect(event.parse({ ...examples.custom, links }).links[0]?.url).toBe('https://example.com/a?b=%5C#c%5C');
});
