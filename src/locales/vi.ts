import type { EventOf } from '../event/event.ts';
import { durationIn } from './duration.ts';
import { measuredIn, numberIn } from './measured.ts';
import type { Messages } from './messages.ts';
import { deployed, given, next, PRODUCTS, place, SEVERITY, unended, watched } from './parts.ts';
import { counted } from './plural.ts';

const number = numberIn('vi');
// "Phiên bản" is also a version: "số phiên bản" would read as a version number.
const instances = counted('vi', { other: 'instance' });

const DONE = { out: 'Đã tăng số instance', in: 'Đã giảm số instance' } as const;
const TRIED = { out: 'Tăng số instance', in: 'Giảm số instance' } as const;
const TO = { out: 'lên', in: 'xuống' } as const;

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase } = event;
  const name = event.resource.name + place(event.environment, event.resource.region);
  if (phase === 'started' || phase === 'succeeded') {
    const before = from === undefined ? '' : ` từ ${number(from)}`;
    return `${DONE[direction]}: ${name}${before} ${TO[direction]} ${instances(to)}.`;
  }
  const [result, wanted] = phase === 'failed' ? ['thất bại', 'mục tiêu'] : ['bị hoãn', 'dự kiến'];
  const numbers =
    from === undefined ? `${wanted} ${instances(to)}` : `vẫn chạy ${instances(from)}, ${wanted} ${number(to)}`;
  return `${TRIED[direction]} ${result}: ${name}, ${numbers}.`;
}

const DEPLOYMENT = {
  requested: 'Yêu cầu triển khai',
  waiting: 'Cần phê duyệt',
  started: 'Đã bắt đầu triển khai',
  succeeded: 'Triển khai thành công',
  failed: 'Triển khai thất bại',
  cancelled: 'Đã hủy triển khai',
  approved: 'Đã phê duyệt triển khai',
  rejected: 'Đã từ chối triển khai',
} as const;

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: ', bước thất bại: ',
    waiting: ', chờ duyệt bởi: ',
    approved: ', người duyệt: ',
    rejected: ', người từ chối: ',
  });
  return `${DEPLOYMENT[phase]}: ${deployed(event)}${given(' lên ', environment)}${given(', ', version)}${more}.`;
}

const ARTIFACT = {
  pushed: 'Đã đẩy artifact',
  deleted: 'Đã xóa artifact',
  completed: 'Đã hoàn tất artifact',
  revoked: 'Đã thu hồi artifact',
} as const;

function alert(event: EventOf<'alert'>): string {
  const { state, rule, level } = event;
  const measured = vi.measured({ ...event, operator: undefined });
  const head = (state === 'fired' ? vi.state.alertFired : vi.state.alertResolved) + place(level);
  return `${head}: ${rule}${given(', tài nguyên ', watched(event))}${given(', ', measured)}.`;
}

export const vi: Messages = {
  locale: 'vi',
  sentence: {
    scale,
    deployment,
    artifact: ({ action, name, version }) => `${ARTIFACT[action]}: ${name}${given(' ', version)}.`,
    alert,
    custom: ({ severity, title }) => `${vi.state[SEVERITY[severity]]}: ${unended(title)}.`,
  },
  state: {
    scaledOut: DONE.out,
    scaledIn: DONE.in,
    scalingFailed: 'Thay đổi quy mô thất bại',
    scalingHeld: 'Thay đổi quy mô bị hoãn',
    alertFired: 'Cảnh báo đã kích hoạt',
    alertResolved: 'Cảnh báo đã kết thúc',
    notice: 'Thông báo',
    warning: 'Cảnh báo',
    error: 'Lỗi',
    critical: 'Nghiêm trọng',
  },
  deployment: DEPLOYMENT,
  artifact: ARTIFACT,
  label: {
    approvedBy: 'Người duyệt',
    branch: 'Nhánh',
    change: 'Thay đổi',
    commit: 'Commit',
    description: 'Mô tả',
    digest: 'Digest',
    duration: 'Thời gian chạy',
    environment: 'Môi trường',
    errorCode: 'Mã lỗi',
    expires: 'Hết hạn',
    failedStep: 'Bước thất bại',
    group: 'Nhóm tài nguyên',
    instances: 'Số instance',
    lasted: 'Kéo dài',
    message: 'Nội dung',
    metric: 'Chỉ số',
    output: 'Đầu ra cuối cùng',
    reason: 'Autoscale báo',
    region: 'Khu vực',
    rejectedBy: 'Người từ chối',
    replaces: 'Thay cho bản',
    resource: 'Tài nguyên',
    setting: 'Cài đặt',
    severity: 'Mức độ',
    startedBy: 'Thực hiện bởi',
    stillRunning: 'Đang chạy',
    value: 'Giá trị',
    version: 'Phiên bản',
    waitingFor: 'Chờ duyệt bởi',
    wanted: 'Mục tiêu',
  },
  action: {
    alert: 'Xem cảnh báo',
    changes: 'Xem thay đổi',
    dashboard: 'Mở dashboard',
    details: 'Xem chi tiết',
    logs: 'Xem log',
    resource: 'Mở tài nguyên',
    review: 'Xem và duyệt',
    run: 'Xem lần chạy',
    runbook: 'Runbook',
    scaleHistory: 'Lịch sử quy mô',
    silence: 'Tạm tắt cảnh báo',
    site: 'Mở trang web',
  },
  actionHint: (title, subject) => `${title}: ${subject}`,
  source: { ...PRODUCTS, 'azure-autoscale': 'Azure Autoscale', custom: 'Sự kiện tùy chỉnh' },
  instances,
  duration: durationIn('vi'),
  measured: measuredIn('vi', 'ngưỡng'),
  level: {
    Sev0: 'Sev0 · Nghiêm trọng',
    Sev1: 'Sev1 · Lỗi',
    Sev2: 'Sev2 · Cảnh báo',
    Sev3: 'Sev3 · Thông tin',
    Sev4: 'Sev4 · Chi tiết',
  },
  more: (count) => `… và ${number(count)} mục khác`,
};
