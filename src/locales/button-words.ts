import type { LocaleName } from './registry.ts';

/** What whoever presses a button hears, and what to do then. Apart from all else that a language has: few relays need it. */
interface ButtonWords {
  /** Above the field of a page, for who presses a link. */
  readonly name: string;
  readonly answer: Readonly<Record<'taken' | 'done' | 'over' | 'expired' | 'unknown' | 'denied', string>>;
}

export const buttonWords: Readonly<Record<LocaleName, ButtonWords>> = {
  en: {
    name: 'Your name (optional)',
    answer: {
      taken: 'Done: everybody who was told of it hears so.',
      done: 'Somebody has done that already.',
      over: 'It is over: there is nothing to do any more.',
      expired: 'This button is too old. Look for a newer message.',
      unknown: 'The relay does not know this message any more. Look for a newer one.',
      denied: 'You are not allowed to do that. Ask whoever looks after the relay.',
    },
  },
  ko: {
    name: '이름 (선택)',
    answer: {
      taken: '처리했습니다. 이 소식을 받은 모두에게 알립니다.',
      done: '이미 다른 사람이 처리했습니다.',
      over: '이미 끝난 일입니다. 더 할 일이 없습니다.',
      expired: '버튼이 너무 오래되었습니다. 더 최근 메시지를 찾아보세요.',
      unknown: '이 메시지의 기록이 더는 없습니다. 더 최근 메시지를 찾아보세요.',
      denied: '이 작업을 할 권한이 없습니다. 관리자에게 문의하세요.',
    },
  },
  cs: {
    name: 'Vaše jméno (nepovinné)',
    answer: {
      taken: 'Hotovo: dozví se to všichni, kdo zprávu dostali.',
      done: 'Už to někdo udělal.',
      over: 'Je po všem: už není co dělat.',
      expired: 'Tlačítko je příliš staré. Najděte novější zprávu.',
      unknown: 'Služba už tuto zprávu nezná. Najděte novější.',
      denied: 'K tomu nemáte oprávnění. Obraťte se na správce služby.',
    },
  },
  vi: {
    name: 'Tên của bạn (không bắt buộc)',
    answer: {
      taken: 'Xong: mọi người đã nhận tin này đều được báo.',
      done: 'Đã có người làm việc đó rồi.',
      over: 'Việc này đã kết thúc, không còn gì phải làm.',
      expired: 'Nút này đã quá cũ. Hãy tìm tin mới hơn.',
      unknown: 'Dịch vụ không còn lưu tin này. Hãy tìm tin mới hơn.',
      denied: 'Bạn không có quyền làm việc đó. Hãy hỏi người quản lý dịch vụ.',
    },
  },
};
