import { el, icon } from './dom.ts';
import type { Scheme } from './host-config.ts';
import { jsonView } from './json-view.ts';
import { type InboxMessage, isRefused, keyOf, NAME, oneLine } from './message.ts';
import { drawSlack } from './slack.ts';
import { clock } from './slack-date.ts';
import { drawTeams } from './teams.ts';

const moment = (message: InboxMessage, options: Intl.DateTimeFormatOptions = {}): HTMLElement => {
  const date = new Date(message.receivedAt);
  const text = Number.isNaN(date.getTime()) ? message.receivedAt : clock(date, options);
  return el('time', { datetime: message.receivedAt, title: message.receivedAt }, text);
};

const size = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} kB`;

const BADGE = { slack: 'APP', teams: 'via Workflows' } as const;

const sender = (message: InboxMessage): HTMLElement =>
  el(
    'div',
    { class: 'sender' },
    el('strong', {}, 'autoscale-relay'),
    el('span', { class: 'sender-badge' }, BADGE[message.destination]),
    moment(message),
  );

function frame(message: InboxMessage, scheme: Scheme): HTMLElement {
  const body = message.destination === 'slack' ? drawSlack(message.payload) : drawTeams(message.payload, scheme);
  return el(
    'div',
    { class: `frame ${message.destination}` },
    el('span', { class: 'avatar' }, icon('relay')),
    el('div', { class: 'post' }, sender(message), body),
  );
}

function verdict(message: InboxMessage): HTMLElement {
  const words = `${message.status} ${message.answer || (message.status === 202 ? 'accepted' : '')}`.trim();
  if (isRefused(message)) return el('span', { class: 'badge refused' }, icon('cross'), `Refused: ${words}`);
  return el('span', { class: 'badge taken' }, icon('check'), words);
}

const foot = (message: InboxMessage): HTMLElement =>
  el(
    'div',
    { class: 'foot' },
    el(
      'div',
      { class: 'facts' },
      verdict(message),
      moment(message, { second: '2-digit' }),
      el('span', { title: `${message.bytes} bytes` }, size(message.bytes)),
    ),
    message.reason === '' ? undefined : el('p', { class: 'reason' }, message.reason),
    jsonView(message.payload, NAME[message.destination]),
  );

export function messageView(message: InboxMessage, scheme: Scheme): HTMLElement {
  const name = NAME[message.destination];
  const refused = isRefused(message);
  return el(
    'article',
    {
      class: refused ? 'message is-refused' : 'message',
      tabindex: '0',
      'data-key': keyOf(message),
      'data-destination': message.destination,
      'aria-label': `${name}${refused ? ', refused' : ''}: ${oneLine(message)}`,
    },
    el('div', { class: 'app-name' }, icon(message.destination), name),
    frame(message, scheme),
    foot(message),
  );
}

/** A card carries its colours in itself, so a change of theme draws it anew; Slack follows the style sheet. */
export function restyle(view: HTMLElement, message: InboxMessage, scheme: Scheme): void {
  if (message.destination === 'teams')
    view.querySelector('.teams-body')?.replaceWith(drawTeams(message.payload, scheme));
}
