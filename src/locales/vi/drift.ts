import type { Messages } from '../messages.ts';

export const driftReason: Messages['drift']['reason'] = {
  image: 'image khác',
  imageVersion: 'phiên bản image',
  vmSize: 'kích thước VM',
  extensionMissing: 'thiếu extension',
  extensionExtra: 'extension không có trong model',
  extensionVersion: 'phiên bản extension',
  extensionSettings: 'cài đặt extension khác nhau',
  secrets: 'chứng chỉ hoặc secret',
  dataDisks: 'đĩa dữ liệu',
  network: 'mạng',
  osProfile: 'cài đặt hệ điều hành',
  application: 'ứng dụng VM',
  changedByHand: 'bị chỉnh sửa thủ công',
  other: 'cài đặt khác',
  unexplained: 'Azure không cho thấy khác biệt',
};

export const advice: Messages['drift']['advice'] = {
  inspect: 'Tìm và khắc phục nguyên nhân trước',
  monitor: 'Bật giám sát tình trạng trước',
  update: 'Cập nhật (khởi động lại, mất đĩa tạm)',
  replace: 'Cập nhật (xóa đĩa OS)',
  disks: 'Cập nhật (có thể mất đĩa OS và dữ liệu)',
  reimage: 'Reimage (xóa đĩa OS, giữ đĩa dữ liệu)',
  resume: 'Đã khắc phục? Nâng cấp (có thể mất đĩa)',
  upgrade: 'Nâng cấp image (xóa đĩa OS)',
  approval: 'Xem gì đang chờ, rồi duyệt hoặc hoãn',
  approve: 'Duyệt nâng cấp (xóa đĩa OS)',
  repair: 'Đã khắc phục? Sửa tiếp (có thể thay VM)',
};

export const unseen: Messages['drift']['unseen'] =
  'Đó là theo những gì Azure cho thấy. Azure ẩn dữ liệu tùy chỉnh và mật khẩu, vốn chỉ có hiệu lực với ổ đĩa OS mới: nếu chúng đã đổi, hãy reimage các instance.';
