import { signal } from '@preact/signals';

export type Connection = 'connecting' | 'live' | 'reconnecting';

export const connection = signal<Connection>('connecting');

/** What went wrong, until the reader dismisses it. */
export const problem = signal<string>();

export const announcement = signal({ text: '', count: 0 });

/** Has a screen reader say it, whatever has the focus. The count has it say the same words again. */
export function announce(text: string): void {
  announcement.value = { text, count: announcement.peek().count + 1 };
}
