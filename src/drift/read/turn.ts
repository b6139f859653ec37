import { hash } from 'node:crypto';

const HOURS = 24;

/** Whether it is a set's turn in this hour: each comes once a day. */
export const isTurn = (key: string, hour: string): boolean =>
  Number.parseInt(hash('sha256', key).slice(0, 8), 16) % HOURS === new Date(hour).getUTCHours();
