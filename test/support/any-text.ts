import fc from 'fast-check';
import { PROPERTIES, severities } from '../../src/event/fields.ts';
import { HOSTILE } from './hostile.ts';

const pieces = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\t',
    '한',
    '👨‍👩‍👧‍👦',
    '🇰🇷',
    '\u0301',
    '&',
    '<',
    '>',
    '{{',
    '\u00a0',
    '\u200b',
    '\ufdfa',
  ),
);

/** Text as people and programs send it, from nothing to far beyond any budget. */
export const anyText = fc.oneof(
  pieces,
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.tuple(pieces, fc.integer({ min: 1, max: 4_000 })).map(([piece, times]) => piece.repeat(times).slice(0, 9_000)),
);

/** The same with something to see in it. */
export const someText = anyText.map((text) => `x${text}`);

const url = fc.oneof(
  fc.webUrl({ validSchemes: ['https'], withFragments: true, withQueryParameters: true }),
  fc.integer({ min: 1, max: 1_970 }).map((length) => `https://example.com/?q=${'x'.repeat(length)}`),
);

export const anyInstant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Few, as they are most often, or more than anybody has. */
export const anyCount = fc.oneof(fc.nat(20), fc.nat(1_000_000));

/** What events of every kind have. */
export const common = {
  id: someText,
  story: anyText,
  source: fc.constantFrom('azure-autoscale', 'custom', 'jenkins'),
  severity: fc.constantFrom(...severities),
  occurredAt: anyInstant,
  environment: anyText,
  resource: fc.record(
    { id: anyText, name: someText, type: anyText, group: anyText, subscriptionId: anyText, region: anyText },
    { requiredKeys: ['name'] },
  ),
  links: fc.array(
    fc.record({ rel: fc.oneof(fc.constantFrom('resource', 'runbook', 'scale-history'), someText), url }),
    {
      maxLength: 6,
    },
  ),
  properties: fc.dictionary(someText, anyText, { maxKeys: PROPERTIES.most }),
};

export const requiredKeys = ['kind', 'id', 'source', 'severity', 'occurredAt', 'resource', 'links'] as const;
