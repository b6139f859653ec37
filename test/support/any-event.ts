import fc from 'fast-check';
import { type EventKind, type EventOf, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { levels, PROPERTIES } from '../../src/event/fields.ts';
import { anyAct, anyDigest, anyDrift, anyNotice } from './any-report.ts';
import { anyReview } from './any-review.ts';
import { anyCount, anyInstant, anyText, common, requiredKeys, someText } from './any-text.ts';

const quantity = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), someText);

const kinds: { readonly [Kind in EventKind]: fc.Arbitrary<EventOf<Kind>> } = {
  scale: fc
    .record(
      {
        kind: fc.constant('scale'),
        ...common,
        direction: fc.constantFrom('out', 'in'),
        from: anyCount,
        to: anyCount,
        phase: fc.constantFrom('started', 'succeeded', 'failed', 'held'),
        errorCode: anyText,
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
        expiresAt: anyInstant,
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
        firedAt: anyInstant,
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
  act: anyAct,
  drift: anyDrift,
  notice: anyNotice,
  digest: anyDigest,
  review: anyReview,
};

/** Any event that the schema takes. A new kind does not compile until it has its own. */
export const anyEvent: fc.Arbitrary<RelayEvent> = fc.oneof(...Object.values(kinds));
