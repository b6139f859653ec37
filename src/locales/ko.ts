import type { EventOf } from '../event/event.ts';
import { durationIn } from './duration.ts';
import { measuredIn, numberIn } from './measured.ts';
import type { Messages } from './messages.ts';
import { deployed, given, next, PRODUCTS, place, SEVERITY, unended, watched } from './parts.ts';

// No particle follows a name or a number: which one it must be depends on the last sound.

const number = numberIn('ko');
const instances = (count: number): string => `인스턴스\u00a0${number(count)}개`;

const DIRECTION = { out: '스케일 아웃', in: '스케일 인' } as const;

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase } = event;
  const name = event.resource.name + place(event.environment, event.resource.region);
  if (phase === 'started' || phase === 'succeeded') {
    const change = from === undefined ? instances(to) : `${instances(from)}에서 ${number(to)}개`;
    return `${DIRECTION[direction]}: ${name}, ${change}로 변경.`;
  }
  const [result, wanted] = phase === 'failed' ? ['실패', '목표'] : ['보류', '계획'];
  const numbers =
    from === undefined ? `${wanted} ${instances(to)}` : `현재 ${instances(from)}, ${wanted} ${number(to)}개`;
  return `${DIRECTION[direction]} ${result}: ${name}, ${numbers}.`;
}

const DEPLOYMENT = {
  requested: '배포 요청됨',
  waiting: '승인 필요',
  started: '배포 시작됨',
  succeeded: '배포 성공',
  failed: '배포 실패',
  cancelled: '배포 취소됨',
  approved: '배포 승인됨',
  rejected: '배포 거부됨',
} as const;

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: ', 실패한 단계: ',
    waiting: ', 승인 담당: ',
    approved: ', 승인자: ',
    rejected: ', 거부자: ',
  });
  return `${DEPLOYMENT[phase]}: ${deployed(event)}${place(environment)}${given(', ', version)}${more}.`;
}

const ARTIFACT = {
  pushed: '아티팩트 푸시됨',
  deleted: '아티팩트 삭제됨',
  completed: '아티팩트 준비됨',
  revoked: '아티팩트 해지됨',
} as const;

function alert(event: EventOf<'alert'>): string {
  const { state, rule, level } = event;
  const measured = ko.measured({ ...event, operator: undefined });
  const head = (state === 'fired' ? ko.state.alertFired : ko.state.alertResolved) + place(level);
  return `${head}: ${rule}${given(', 대상: ', watched(event))}${given(', ', measured)}.`;
}

export const ko: Messages = {
  locale: 'ko',
  sentence: {
    scale,
    deployment,
    artifact: ({ action, name, version }) => `${ARTIFACT[action]}: ${name}${given(' ', version)}.`,
    alert,
    custom: ({ severity, title }) => `${ko.state[SEVERITY[severity]]}: ${unended(title)}.`,
  },
  state: {
    scaledOut: '스케일 아웃',
    scaledIn: '스케일 인',
    scalingFailed: '스케일링 실패',
    scalingHeld: '스케일링 보류',
    alertFired: '경고 발생',
    alertResolved: '경고 해결됨',
    notice: '알림',
    warning: '주의',
    error: '오류',
    critical: '위험',
  },
  deployment: DEPLOYMENT,
  artifact: ARTIFACT,
  label: {
    approvedBy: '승인자',
    branch: '브랜치',
    change: '변경 내용',
    commit: '커밋',
    description: '설명',
    digest: '다이제스트',
    duration: '소요 시간',
    environment: '환경',
    errorCode: '오류 코드',
    expires: '만료',
    failedStep: '실패한 단계',
    group: '리소스 그룹',
    instances: '인스턴스',
    lasted: '지속 시간',
    message: '내용',
    metric: '메트릭',
    output: '마지막 출력',
    reason: '자동 크기 조정 메시지',
    region: '지역',
    rejectedBy: '거부자',
    replaces: '이전 버전',
    resource: '리소스',
    setting: '설정',
    severity: '심각도',
    startedBy: '실행자',
    stillRunning: '현재 실행 중',
    value: '값',
    version: '버전',
    waitingFor: '승인 담당',
    wanted: '목표',
  },
  action: {
    alert: '경고 보기',
    changes: '변경 내용 보기',
    dashboard: '대시보드 열기',
    details: '자세히 보기',
    logs: '로그 보기',
    resource: '리소스 열기',
    review: '검토하기',
    run: '실행 보기',
    runbook: '런북',
    scaleHistory: '스케일링 기록',
    silence: '경고 음소거',
    site: '사이트 열기',
  },
  actionHint: (title, subject) => `${title}: ${subject}`,
  source: { ...PRODUCTS, 'azure-autoscale': 'Azure 자동 크기 조정', custom: '사용자 지정 이벤트' },
  instances,
  duration: durationIn('ko'),
  measured: measuredIn('ko', '임계값'),
  level: {
    Sev0: 'Sev0 · 위험',
    Sev1: 'Sev1 · 오류',
    Sev2: 'Sev2 · 경고',
    Sev3: 'Sev3 · 정보',
    Sev4: 'Sev4 · 자세한 정보',
  },
  more: (count) => `… 외 ${number(count)}개`,
};
