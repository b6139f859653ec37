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

const overSince = (time: string): string => `${time}에 종료됨`;

export const ko: Messages = {
  locale: 'ko',
  sentence,
  state,
  label,
  action,
  reviewIn: (place) => `${place}에서 검토`,
  actionHint: (title, subject) => `${title}: ${subject}`,
  source,
  instances,
  scaleSets,
  resources,
  events,
  subscriptions,
  stays: (from, to) => `${from}개 유지, 목표 ${to}개`,
  duration: durationIn('ko'),
  atLeast: (duration) => `최소 ${duration}`,
  still,
  treated,
  measured,
  level,
  list: listIn('ko'),
  more: (count) => `… 외 ${number(count)}개`,
  drift: {
    behind: (behind, total) => `${number(total)}개 중 ${number(behind)}개`,
    reason: driftReason,
    advice,
    unseen,
    models: (atLeast) => `최소 ${number(atLeast)}개(한도 10개)`,
    rollout: ({ done, failed, pending }) => `완료 ${number(done)}, 실패 ${number(failed)}, 대기 ${number(pending)}`,
    unanswered: {
      Approve: 'Azure가 자동으로 진행',
      Reject: 'Azure가 업그레이드를 거부',
      nothing: '승인할 때까지 대기',
    },
    suspended: '일시 중단됨',
    actor: { User: '사용자', App: '앱' },
  },
  machines,
  notice: { advice: noticeAdvice, instead },
  digest: {
    others,
    asSevere,
    held: deferred,
    steps: events,
    flapping: '스케일 아웃과 스케일 인 반복: 쿨다운과 임계값 확인 필요',
  },
  review,
  act: { until: (time) => `${time}까지` },
  test,
  origin: {
    standsFor: (receivers, inPart) => `${inPart ? '일부는 ' : ''}${receivers} 대신 전송`,
    late: (time, over) => `늦게 도착, ${time}${given(', ', over && overSince(over))}`,
    replayed: (time, over) => `다시 전송, ${time}${given(', ', over && overSince(over))}`,
    over: overSince,
    inThread: '이후 소식은 스레드에 있음',
    repeated: (count, time) => `${time} 이후 ${number(count)}회 반복됨`,
  },
};
