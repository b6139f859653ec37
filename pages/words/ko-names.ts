import type { NameWords } from './words.ts';

export const names: NameWords = {
  views: {
    now: '지금',
    history: '기록',
    'dead-letters': '전달 실패',
    quiet: '음소거',
    fleet: '스케일 세트',
    senders: '발신 시스템',
    figures: '통계',
  },
  states: {
    sent: '보냄',
    sending: '보내는 중',
    waiting: '다시 시도',
    parked: '대기',
    dead: '포기함',
    overtaken: '대체됨',
    quiet: '음소거됨',
  },
  severities: { critical: '위험', error: '오류', warning: '주의', info: '정보' },
  receiverStates: { ok: '정상', held: '대기', waiting: '처리 중', broken: '고장' },
  outcomes: { sent: '받음', retry: '나중에 다시', refused: '거부됨', broken: '수신처가 고장' },
  reasons: {
    'same-occurrence': '같은 일을 알린 다른 보고로 이미 전달됨',
    'story-ended': '끝났다고 알린 뒤에 도착함',
    'failed-too-often': '보내는 동안 저장소가 실패했거나 릴레이가 종료됨',
    'no-such-receiver': '설정에 그런 수신처가 없음',
    'failing-for-a-day': '하루 동안 모든 시도가 실패함',
    'unexpected-answer': '그 URL에서 다른 것이 응답함',
    'rate-limited': '채팅이 기다리라고 함',
    timeout: '10초 안에 응답 없음',
    connection: '그곳에서 아무도 응답하지 않음',
    unreadable: '아무도 읽을 수 없음',
    unrecorded: '보낸 것으로 간주: 끝을 기록한 이가 없음',
    'never-begun': '보내기 시작하기 전에 호스트가 포기함',
  },
};
