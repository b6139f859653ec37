import { announce, byId } from './dom.ts';
import { type Inbox, type InboxMessage, isRefused, NAME, oneLine } from './message.ts';
import type { Row } from './rows.ts';
import type { Connection } from './stream.ts';

const SAID: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
};

const count = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;

export function complain(problem: string | undefined): void {
  byId('problem-text', HTMLElement).textContent = problem ?? '';
  byId('problem', HTMLElement).hidden = problem === undefined;
}

export function announceMessage(message: InboxMessage): void {
  const refused = isRefused(message) ? ` It was refused: ${message.status} ${message.answer}` : '';
  announce(`${NAME[message.destination]}: ${oneLine(message)}${refused}`);
}

export function showConnection(state: Connection): void {
  const dot = byId('connection', HTMLElement);
  dot.dataset['state'] = state;
  byId('connection-text', HTMLElement).textContent = SAID[state];
}

export function showPlace(inbox: Inbox): void {
  const { receivers, elsewhere } = inbox;
  const empty = inbox.messages.length === 0;
  const isDeserted = elsewhere.length > 0 && elsewhere.length === receivers.length;
  const isWaiting = empty && !isDeserted;
  byId('waiting', HTMLElement).hidden = !isWaiting;
  byId('elsewhere', HTMLElement).hidden = elsewhere.length === 0;
  byId('elsewhere-title', HTMLElement).textContent = `${isDeserted ? 'Your' : 'Some of your'} messages go elsewhere`;
  byId('receivers', HTMLElement).textContent = elsewhere.join(', ');
  byId('clear', HTMLButtonElement).hidden = empty;
  byId('lens', HTMLElement).hidden = empty;
  byId('send', HTMLElement).hidden = isWaiting;
}

export function showCount(messages: number, all: readonly Row[], shown: readonly Row[]): void {
  const whole = `${count(messages, 'message')} · ${count(all.length, 'event')}`;
  const total = all.length === shown.length ? whole : `${shown.length} of ${count(all.length, 'event')} shown`;
  byId('counter', HTMLElement).textContent = messages === 0 ? 'No messages yet' : total;
  byId('nothing', HTMLElement).hidden = messages === 0 || shown.length > 0;
  document.title = messages === 0 ? 'Inbox · autoscale-relay' : `(${all.length}) Inbox · autoscale-relay`;
}
