import type { Messages } from '../messages.ts';

export const driftReason: Messages['drift']['reason'] = {
  image: '다른 이미지',
  imageVersion: '이미지 버전',
  vmSize: 'VM 크기',
  extensionMissing: '확장 없음',
  extensionExtra: '모델에 없는 확장',
  extensionVersion: '확장 버전',
  extensionSettings: '확장 설정이 다름',
  secrets: '인증서 또는 비밀',
  dataDisks: '데이터 디스크',
  network: '네트워크',
  osProfile: '운영 체제 설정',
  application: 'VM 애플리케이션',
  changedByHand: '수동으로 변경됨',
  other: '기타 설정',
  unexplained: 'Azure에 표시되는 차이 없음',
};

export const advice: Messages['drift']['advice'] = {
  inspect: '원인부터 확인하고 해결',
  monitor: '먼저 상태 모니터링 설정',
  update: '업데이트(재시작·임시 디스크 손실 가능)',
  replace: '업데이트(OS 디스크 초기화)',
  disks: '업데이트(OS·데이터 디스크 손실 가능)',
  reimage: '이미지로 다시 설치(OS 디스크만 초기화)',
  resume: '해결했다면 업그레이드 재개(디스크 손실 가능)',
  upgrade: '이미지 업그레이드(OS 디스크 초기화)',
  approval: '대기 중인 업그레이드 확인 후 승인·연기',
  approve: '업그레이드 승인(OS 디스크 초기화)',
  repair: '해결했다면 자동 복구 재개(VM 교체 가능)',
};

export const unseen: Messages['drift']['unseen'] =
  '보이는 범위에서 그렇습니다. 사용자 지정 데이터와 암호는 Azure에서 볼 수 없고 새 디스크에만 적용됩니다. 이것이 바뀌었다면 인스턴스를 이미지로 다시 설치하세요.';
