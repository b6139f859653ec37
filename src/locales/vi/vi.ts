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

const overSince = (time: string): string => `đã kết thúc lúc ${time}`;

export const vi: Messages = {
  locale: 'vi',
  sentence,
  state,
  label,
  action,
  reviewIn: (place) => `Duyệt ở ${place}`,
  actionHint: (title, subject) => `${title}: ${subject}`,
  source,
  instances,
  scaleSets,
  resources,
  events,
  subscriptions,
  stays: (from, to) => `vẫn ${from}, cần ${to}`,
  duration: durationIn('vi'),
  atLeast: (duration) => `ít nhất ${duration}`,
  still,
  treated,
  measured,
  level,
  list: listIn('vi'),
  more: (count) => `… và ${number(count)} mục khác`,
  drift: {
    behind: (behind, total) => `${number(behind)} trên ${number(total)}`,
    reason: driftReason,
    advice,
    unseen,
    models: (atLeast) => `ít nhất ${number(atLeast)} (giới hạn 10)`,
    rollout: ({ done, failed, pending }) =>
      `${number(done)} xong, ${number(failed)} thất bại, ${number(pending)} đang chờ`,
    unanswered: {
      Approve: 'Azure tự tiếp tục',
      Reject: 'Azure từ chối nâng cấp',
      nothing: 'chờ đến khi có người duyệt',
    },
    suspended: 'tạm ngưng',
    actor: { User: 'người dùng', App: 'ứng dụng' },
  },
  machines,
  notice: { advice: noticeAdvice, instead },
  digest: {
    others,
    asSevere,
    held: deferred,
    steps: events,
    flapping: 'tăng rồi lại giảm: xem lại thời gian chờ và ngưỡng',
  },
  review,
  act: { until: (time) => `đến ${time}` },
  test,
  origin: {
    standsFor: (receivers, inPart) => `${inPart ? 'Một phần gửi' : 'Gửi'} thay cho ${receivers}`,
    late: (time, over) => `Gửi trễ, ${time}${given(', ', over && overSince(over))}`,
    replayed: (time, over) => `Gửi lại, ${time}${given(', ', over && overSince(over))}`,
    over: overSince,
    inThread: 'diễn biến tiếp theo nằm trong chuỗi',
    repeated: (count, time) => `lặp lại ×${number(count)} từ ${time}`,
  },
};
