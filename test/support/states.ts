import { doings } from '../../src/event/act.ts';
import { digestCauses } from '../../src/event/digest.ts';
import { driftVerdicts } from '../../src/event/drift.ts';
import type { EventKind, EventOf, RelayEvent } from '../../src/event/event.ts';
import { severities } from '../../src/event/fields.ts';
import { noticeTopics } from '../../src/event/notice.ts';
import { examples } from './examples.ts';

/** What makes the example of a kind tell each of its states. */
const CHANGES: { readonly [Kind in EventKind]: readonly Partial<EventOf<Kind>>[] } = {
  scale: [
    { phase: 'succeeded', direction: 'out' },
    { phase: 'succeeded', direction: 'in' },
    { phase: 'started', machines: { named: [], count: 2, failed: 1 } },
    { phase: 'succeeded', machines: { named: [], count: 3 } },
    { phase: 'succeeded', direction: 'in', machines: { named: [], count: 3 } },
    { phase: 'started', machines: { named: [], count: 2, waiting: 1 } },
    { phase: 'started', direction: 'in', machines: { named: [], count: 2, waiting: 1 } },
    { phase: 'failed' },
    { phase: 'held' },
    { phase: 'unknown' },
  ],
  deployment: (
    ['requested', 'waiting', 'started', 'succeeded', 'failed', 'cancelled', 'approved', 'rejected', 'unknown'] as const
  ).map((phase) => ({ phase })),
  artifact: (['pushed', 'deleted', 'completed', 'revoked', 'unknown'] as const).map((action) => ({ action })),
  alert: [
    { state: 'fired' },
    { state: 'resolved' },
    { still: { at: '2026-11-20T22:05:09.000Z', since: '2026-11-20T14:05:09.000Z' } },
    { still: { at: '2026-11-27T14:05:09.000Z', since: '2026-11-20T14:05:09.000Z', closed: true } },
  ],
  drift: [...driftVerdicts.map((verdict) => ({ verdict })), { change: 'resolved' }],
  custom: severities.map((severity) => ({ severity })),
  notice: noticeTopics.map((topic) => ({ topic })),
  act: doings.map((action) => ({ action })),
  digest: digestCauses.map((cause) => ({ cause })),
  review: [{}, { events: { now: 0 } }],
};

/** The example of a kind in every state that the kind knows. */
export const inEveryState = (kind: EventKind): readonly RelayEvent[] =>
  CHANGES[kind].map((change) => ({ ...examples[kind], ...change }) as RelayEvent);
