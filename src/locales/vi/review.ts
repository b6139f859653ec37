import { numberIn } from '../formats.ts';
import type { ReviewWords } from '../review.ts';

const number = numberIn('vi');

export const review: ReviewWords = {
  number,
  deployments: (count) => `${number(count)}\u00a0lần triển khai`,
  alerts: (count) => `${number(count)}\u00a0cảnh báo`,
  perDay: (count) => `${count} mỗi ngày`,
  failed: (share) => `${share} thất bại`,
  noisiest: (name) => `nhiều nhất: ${name}`,
  before: (value) => `tuần trước ${value}`,
  times: (count) => `${number(count)}\u00a0lần`,
  flaps: (perDay, between) =>
    `dao động ${perDay} lần mỗi ngày${between ? ` giữa ${number(between[0])} và ${number(between[1])}` : ''}`,
  advice: {
    widen: 'hãy nới rộng khoảng cách giữa hai ngưỡng',
    steady: 'hãy tăng ngưỡng hoặc thời gian chờ kích hoạt',
    unattended: 'không ai xác nhận: có cần quy tắc này không?',
    many: 'hãy tăng ngưỡng hoặc khắc phục nguyên nhân',
  },
  drifted: (duration) => `lệch khỏi model trong ${duration}`,
  took: (duration) => `mất ${duration}`,
  atMaximum: (capacity, days, isLimit) =>
    `ở mức ${isLimit ? 'tối đa' : 'cao nhất'} ${number(capacity)} trong ${number(days)} ngày`,
  series: {
    alerts: 'Cảnh báo',
    deployments: 'Triển khai',
    failed: 'Triển khai lỗi',
    highest: 'Nhiều instance nhất',
    lowest: 'Ít instance nhất',
  },
  chart: { days: 'Theo từng ngày', capacity: 'instance' },
};
