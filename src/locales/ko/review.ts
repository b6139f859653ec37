import { numberIn } from '../formats.ts';
import type { ReviewWords } from '../review.ts';

const number = numberIn('ko');

export const review: ReviewWords = {
  number,
  deployments: (count) => `배포\u00a0${number(count)}건`,
  alerts: (count) => `경보\u00a0${number(count)}건`,
  perDay: (count) => `하루 ${count}건`,
  failed: (share) => `실패 ${share}`,
  noisiest: (name) => `가장 잦은 것: ${name}`,
  before: (value) => `전주 ${value}`,
  times: (count) => `${number(count)}회`,
  flaps: (perDay, between) =>
    between ? `하루 ${perDay}회 ${between[0]}~${between[1]}개 사이 반복` : `하루 ${perDay}회 발생과 해소 반복`,
  advice: {
    widen: '두 임계값 사이 간격 확대 필요',
    steady: '발생까지의 시간이나 임계값 상향 필요',
    unattended: '아무도 확인하지 않음, 필요한 규칙인지 검토',
    many: '임계값 상향 또는 원인 해결 필요',
  },
  drifted: (duration) => `${duration} 동안 모델 불일치`,
  took: (duration) => `${duration} 소요`,
  atMaximum: (capacity, days, isLimit) =>
    `${number(days)}일 동안 ${isLimit ? '설정된 최댓값' : '최고치'} ${number(capacity)}개 도달`,
  series: {
    alerts: '경보',
    deployments: '배포',
    failed: '실패한 배포',
    highest: '최다 인스턴스',
    lowest: '최소 인스턴스',
  },
  chart: { days: '일별', capacity: '인스턴스' },
};
