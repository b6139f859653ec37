import fc from 'fast-check';
import {
  type EventKind,
  type EventOf,
  event as eventSchema,
  levels,
  PROPERTIES,
  type RelayEvent,
  severities,
} from '../../src/event/event.ts';
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
const anyText = fc.oneof(
  pieces,
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.tuple(pieces, fc.integer({ min: 1, max: 4_000 })).map(([piece, times]) => piece.repeat(times).slice(0, 9_000)),
);

/** The same with something to see in it. */
const someText = anyText.map((text) => `x${text}`);

const url = fc.oneof(
  fc.webUrl({ validSchemes: ['https'], withFragments: true, withQueryParameters: true }),
  fc.integer({ min: 1, max: 1_970 }).map((length) => `https://example.com/?q=${'x'.repeat(length)}`),
);

const common = {
  id: someText,
  story: anyText,
  source: fc.constantFrom('azure-autoscale', 'custom', 'jenkins'),
  severity: fc.constantFrom(...severities),
  occurredAt: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
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

const quantity = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), someText);
const count = fc.oneof(fc.nat(20), fc.nat(100_000));
const requiredKeys = ['kind', 'id', 'source', 'severity', 'occurredAt', 'resource', 'links'] as const;

const kinds: { readonly [Kind in EventKind]: fc.Arbitrary<EventOf<Kind>> } = {
  scale: fc
    .record(
      {
        kind: fc.constant('scale'),
        ...common,
        direction: fc.constantFrom('out', 'in'),
        from: count,
        to: count,
        phase: fc.constantFrom('started', 'succeeded', 'failed', 'held'),
        setting: anyText,
        reason: someText,
      },
      { requiredKeys: [...requiredKeys, 'direction', 'to', 'phase'] },
    )
    .map((draft) => eventSchema.parse(draft) as EventOf<'scale'>),
  deployment: fc
    .record(
      {
        kind: fc.constant('deployment'),
        ...common,
        phase: fc.constantFrom(
          'requested',
          'waiting',
          'started',
          'succeeded',
          'failed',
          'cancelled',
          'approved',
          'rejected',
        ),
        subject: someText,
        step: anyText,
        version: anyText,
        previousVersion: anyText,
        commit: anyText,
        branch: anyText,
        change: anyText,
        actor: anyText,
        waitingFor: anyText,
        expiresAt: common.occurredAt,
        duration: fc.double({ min: 0, max: 31_536_000, noNaN: true }),
        failedStep: anyText,
        output: anyText,
      },
      { requiredKeys: [...requiredKeys, 'phase', 'subject'] },
    )
    .map((draft) => eventSchema.parse(draft) as EventOf<'deployment'>),
  artifact: fc
    .record(
      {
        kind: fc.constant('artifact'),
        ...common,
        action: fc.constantFrom('pushed', 'deleted', 'completed', 'revoked'),
        name: someText,
        version: anyText,
        digest: anyText,
        actor: anyText,
      },
      { requiredKeys: [...requiredKeys, 'action', 'name'] },
    )
    .map((draft) => eventSchema.parse(draft) as EventOf<'artifact'>),
  alert: fc
    .record(
      {
        kind: fc.constant('alert'),
        ...common,
        state: fc.constantFrom('fired', 'resolved'),
        rule: someText,
        level: fc.constantFrom(...levels),
        metric: anyText,
        value: quantity,
        threshold: quantity,
        unit: anyText,
        operator: fc.constantFrom('>', '>=', '<', '<=', '=', '!='),
        dimensions: fc.dictionary(someText, anyText, { maxKeys: PROPERTIES.most }),
        description: anyText,
        firedAt: common.occurredAt,
      },
      { requiredKeys: [...requiredKeys, 'state', 'rule'] },
    )
    .map((draft) => eventSchema.parse(draft) as EventOf<'alert'>),
  custom: fc
    .record(
      { kind: fc.constant('custom'), ...common, title: someText, text: anyText },
      { requiredKeys: [...requiredKeys, 'title'] },
    )
    .map((draft) => eventSchema.parse(draft) as EventOf<'custom'>),
};

/** Any event that the schema takes. A new kind does not compile until it has its own. */
export const anyEvent: fc.Arbitrary<RelayEvent> = fc.oneof(...Object.values(kinds));
