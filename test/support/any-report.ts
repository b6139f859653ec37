import fc from 'fast-check';
import { doings, ways } from '../../src/event/act.ts';
import { digestCauses } from '../../src/event/digest.ts';
import { driftReasons, driftVerdicts } from '../../src/event/drift.ts';
import { type EventOf, event as eventSchema } from '../../src/event/event.ts';
import { severities } from '../../src/event/fields.ts';
import { noticeTopics } from '../../src/event/notice.ts';
import { anyCount, anyInstant, anyText, common, requiredKeys, someText } from './any-text.ts';

const reason = fc.record(
  { reason: fc.constantFrom(...driftReasons), name: anyText, from: anyText, to: anyText, count: anyCount },
  { requiredKeys: ['reason', 'count'] },
);

const instanceIds = fc.array(anyText, { maxLength: 20 });

export const anyDrift = fc
  .record(
    {
      kind: fc.constant('drift'),
      ...common,
      change: fc.constantFrom('opened', 'changed', 'reminder', 'resolved'),
      verdict: fc.constantFrom(...driftVerdicts),
      behind: anyCount,
      total: anyCount,
      orchestration: fc.constantFrom('Uniform', 'Flexible'),
      upgradeMode: fc.constantFrom('Manual', 'Automatic', 'Rolling'),
      since: anyInstant,
      sinceAtLeast: fc.boolean(),
      modelChangedAt: anyInstant,
      modelChangedBy: anyText,
      reasons: fc.array(reason, { maxLength: 8 }),
      heldIds: instanceIds,
      failedIds: instanceIds,
      unknown: anyCount,
      modelsAtLeast: anyCount,
      rollout: fc.record(
        { done: anyCount, failed: anyCount, pending: anyCount, errorCode: anyText },
        { requiredKeys: ['done', 'failed', 'pending'] },
      ),
      advice: fc.constantFrom('inspect', 'monitor', 'update', 'replace', 'disks', 'reimage', 'resume', 'upgrade'),
      command: anyText,
    },
    {
      requiredKeys: [
        ...requiredKeys,
        'change',
        'verdict',
        'behind',
        'total',
        'orchestration',
        'upgradeMode',
        'reasons',
      ],
    },
  )
  .map((draft) => eventSchema.parse(draft) as EventOf<'drift'>);

export const anyNotice = fc
  .record(
    {
      kind: fc.constant('notice'),
      ...common,
      topic: fc.constantFrom(...noticeTopics),
      about: someText,
      reason: anyText,
      count: anyCount,
    },
    { requiredKeys: [...requiredKeys, 'topic', 'about'] },
  )
  .map((draft) => eventSchema.parse(draft) as EventOf<'notice'>);

// A digest may hold states of a later release.
const outline = {
  kind: fc.oneof(fc.constantFrom('scale', 'deployment', 'alert', 'drift'), anyText),
  state: fc.oneof(fc.constantFrom('out', 'in', 'failed', 'fired', 'stalled'), anyText),
};

const count = anyCount.map((some) => Math.max(1, some));

const story = fc.record(
  {
    ...{ ...outline, subject: someText, figure: anyText, count, flapping: fc.boolean() },
    ...{ severity: fc.constantFrom(...severities), place: anyText, url: fc.webUrl({ validSchemes: ['https'] }) },
  },
  { requiredKeys: ['kind', 'state', 'subject', 'count'] },
);

export const anyDigest = fc
  .record(
    {
      kind: fc.constant('digest'),
      ...common,
      cause: fc.constantFrom(...digestCauses),
      total: count,
      resources: anyCount,
      since: anyInstant,
      tally: fc.array(fc.record({ ...outline, count: anyCount }), { maxLength: 8 }),
      stories: fc.array(story, { maxLength: 5 }),
      named: fc.array(
        fc.record({
          ...{ state: fc.constantFrom('pending', 'hidden'), subject: someText, behind: anyCount, total: anyCount },
          since: anyInstant,
        }),
        { maxLength: 35 },
      ),
      more: anyCount,
      unread: anyCount,
    },
    { requiredKeys: [...requiredKeys, 'cause', 'total', 'resources', 'since', 'tally', 'stories', 'more'] },
  )
  .map((draft) => eventSchema.parse(draft) as EventOf<'digest'>);

const hex = fc.stringMatching(/^[0-9a-f]{32}$/);

export const anyAct = fc
  .record(
    {
      kind: fc.constant('act'),
      ...common,
      action: fc.constantFrom(...doings),
      by: someText,
      via: fc.constantFrom(...ways),
      until: anyInstant,
      note: anyText,
      of: story,
      event: someText,
      conversation: hex,
      pager: hex,
    },
    { requiredKeys: [...requiredKeys, 'action', 'by', 'via', 'of', 'event', 'pager'] },
  )
  .map((draft) => eventSchema.parse(draft) as EventOf<'act'>);
