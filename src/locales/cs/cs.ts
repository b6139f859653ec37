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

const overSince = (time: string): string => `skončilo ${time}`;

export const cs: Messages = {
  locale: 'cs',
  sentence,
  state,
  label,
  action,
  reviewIn: (place) => `Posoudit: ${place}`,
  actionHint: (title, subject) => `${title}: ${subject}`,
  source,
  instances,
  scaleSets,
  resources,
  events,
  subscriptions,
  stays: (from, to) => `dál ${from}, ne ${to}`,
  duration: durationIn('cs'),
  atLeast: (duration) => `nejméně ${duration}`,
  still,
  treated,
  measured,
  level,
  list: listIn('cs'),
  more: (count) => `… a ještě ${number(count)}`,
  drift: {
    behind: (behind, total) => `${number(behind)} z ${number(total)} mimo model`,
    reason: driftReason,
    advice,
    unseen,
    models: (atLeast) => `nejméně ${number(atLeast)} (limit 10)`,
    rollout: ({ done, failed, pending }) =>
      `hotovo ${number(done)}, selhalo ${number(failed)}, čeká ${number(pending)}`,
    unanswered: {
      Approve: 'Azure pokračuje sám',
      Reject: 'Azure upgrade zamítne',
      nothing: 'čeká, dokud to někdo neschválí',
    },
    suspended: 'pozastaveny',
    actor: { User: 'uživatel', App: 'aplikace' },
  },
  machines,
  notice: { advice: noticeAdvice, instead },
  digest: {
    others,
    asSevere,
    held: deferred,
    steps: events,
    flapping: 'střídá přidání a odebrání: ověřte dobu čekání a prahy',
  },
  review,
  act: { until: (time) => `do ${time}` },
  test,
  origin: {
    standsFor: (receivers, inPart) => `${inPart ? 'Zčásti místo' : 'Místo'} příjemce ${receivers}`,
    late: (time, over) => `Opožděno, ${time}${given(', ', over && overSince(over))}`,
    replayed: (time, over) => `Znovu odesláno, ${time}${given(', ', over && overSince(over))}`,
    over: overSince,
    inThread: 'další zprávy jsou ve vlákně',
    repeated: (count, time) => `opakováno ×${number(count)} od ${time}`,
  },
};
