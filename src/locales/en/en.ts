import { durationIn, listIn } from '../formats.ts';
import type { Messages } from '../messages.ts';
import { given } from '../parts.ts';
import { noticeAdvice } from './advice.ts';
import { advice, driftReason, unseen } from './drift.ts';
import { review } from './review.ts';
import {
  asSevere,
  events,
  instances,
  instead,
  machines,
  measured,
  number,
  others,
  resources,
  scaleSets,
  sentence,
  still,
  subscriptions,
  treated,
} from './sentences.ts';
import { state } from './states.ts';
import { action, deferred, label, level, source, test } from './words.ts';

const overSince = (time: string): string => `over since ${time}`;

export const en: Messages = {
  locale: 'en',
  sentence,
  state,
  label,
  action,
  reviewIn: (place) => `Review in ${place}`,
  actionHint: (title, subject) => `${title}: ${subject}`,
  source,
  instances,
  scaleSets,
  resources,
  events,
  subscriptions,
  stays: (from, to) => `${from}, not ${to}`,
  duration: durationIn('en'),
  atLeast: (duration) => `at least ${duration}`,
  still,
  treated,
  measured,
  level,
  list: listIn('en'),
  more: (count) => `… and ${number(count)} more`,
  drift: {
    behind: (behind, total) => `${number(behind)} of ${number(total)}`,
    reason: driftReason,
    advice,
    unseen,
    models: (atLeast) => `at least ${number(atLeast)} (limit 10)`,
    rollout: ({ done, failed, pending }) =>
      `${number(done)} done, ${number(failed)} failed, ${number(pending)} waiting`,
    unanswered: {
      Approve: 'Azure goes on by itself',
      Reject: 'Azure rejects the upgrade',
      nothing: 'it waits until somebody approves',
    },
    suspended: 'suspended',
    actor: { User: 'a person', App: 'an app' },
  },
  machines,
  notice: { advice: noticeAdvice, instead },
  digest: {
    others,
    asSevere,
    held: deferred,
    steps: events,
    flapping: 'out and in again: check cool-down and thresholds',
  },
  review,
  act: { until: (time) => `until ${time}` },
  test,
  origin: {
    standsFor: (receivers, inPart) => `${inPart ? 'Partly in' : 'In'} place of ${receivers}`,
    late: (time, over) => `Late, ${time}${given(', ', over && overSince(over))}`,
    replayed: (time, over) => `Replayed, ${time}${given(', ', over && overSince(over))}`,
    over: overSince,
    inThread: 'what follows is in the thread',
    repeated: (count, time) => `repeated ×${number(count)} since ${time}`,
  },
};
