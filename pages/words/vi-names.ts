import type { NameWords } from './words.ts';

export const names: NameWords = {
  views: {
    now: 'Hiện tại',
    history: 'Lịch sử',
    'dead-letters': 'Không gửi được',
    quiet: 'Tắt tiếng',
    fleet: 'Tập máy',
    senders: 'Nguồn gửi',
    figures: 'Số liệu',
  },
  states: {
    sent: 'Đã gửi',
    sending: 'Đang gửi',
    waiting: 'Sẽ thử lại',
    parked: 'Đang chờ',
    dead: 'Đã bỏ',
    overtaken: 'Đã bị thay thế',
    quiet: 'Đã tắt tiếng',
  },
  severities: { critical: 'Nghiêm trọng', error: 'Lỗi', warning: 'Cảnh báo', info: 'Thông tin' },
  receiverStates: { ok: 'Bình thường', held: 'Đang chờ', waiting: 'Đang bận', broken: 'Hỏng' },
  outcomes: { sent: 'đã nhận', retry: 'thử lại sau', refused: 'bị từ chối', broken: 'nơi nhận bị hỏng' },
  reasons: {
    'same-occurrence': 'đã báo rồi, qua một báo cáo khác về cùng việc',
    'story-ended': 'đến sau khi đã báo kết thúc',
    'failed-too-often': 'khi đang gửi thì kho lưu trữ lỗi hoặc relay dừng',
    'no-such-receiver': 'cấu hình không có nơi nhận này',
    'failing-for-a-day': 'mọi lần thử đều lỗi suốt một ngày',
    'unexpected-answer': 'một thứ khác trả lời tại URL đó',
    'rate-limited': 'kênh chat yêu cầu chờ',
    timeout: 'không trả lời trong 10 giây',
    connection: 'không ai trả lời ở đó',
    unreadable: 'không ai đọc được',
    unrecorded: 'coi như đã gửi: không ai ghi lại kết thúc',
    'never-begun': 'máy chủ bỏ trước khi có ai bắt đầu gửi',
  },
};
