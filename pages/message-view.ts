import { el, icon } from './dom.ts';
import type { Scheme } from './host-config.ts';
import { jsonView } from './json-view.ts';
import { type Destination, type InboxMessage, isRefused, keyOf, NAME, oneLine } from './message.ts';
import { sizeView } from './size-view.ts';
import { drawSlack } from './slack.ts';
import { clock, readAs } from './slack-date.ts';
import { drawTeams } from './teams.ts';
import { drawWebhook } from './webhook.ts';

const moment = (message: InboxMessage, options: Intl.DateTimeFormatOptions = {}): HTMLElement => {
  const date = new Date(message.receivedAt);
  const text = Number.isNaN(date.getTime()) ? message.receivedAt : clock(date, options);
  return el('time', { datetime: message.receivedAt, title: message.receivedAt }, text);
};

const BADGE = { slack: 'APP', teams: 'via Workflows', webhook: 'CloudEvents 1.0' } as const;

const sender = (message: InboxMessage): HTMLElement =>
  el(
    'div',
    { class: 'sender' },
    el('strong', {}, 'autoscale-relay'),
    el('span', { class: 'sender-badge' }, BADGE[message.destination]),
    moment(message),
  );

const DRAW: Readonly<Record<Destination, (payload: unknown, scheme: Scheme) => HTMLElement>> = {
  slack: drawSlack,
  teams: drawTeams,
  webhook: drawWebhook,
};

function body({ destination, payload, locale }: InboxMessage, scheme: Scheme): HTMLElement {
  readAs(locale);
  const drawn = DRAW[destination](payload, scheme);
  readAs('en');
  drawn.lang = locale;
  return drawn;
}

const frame = (message: InboxMessage, scheme: Scheme): HTMLElement =>
  el(
    'div',
    { class: `frame ${message.destination}` },
    el('span', { class: 'avatar' }, icon('relay')),
    el('div', { class: 'post' }, sender(message), body(message, scheme)),
  );

function verdict(message: InboxMessage): HTMLElement {
  const words = `${message.status} ${message.answer || (message.status === 202 ? 'accepted' : '')}`.trim();
  if (isRefused(message)) return el('span', { class: 'badge refused' }, icon('cross'), `Refused: ${words}`);
  return el('span', { class: 'badge taken' }, icon('check'), words);
}

const foot = (message: InboxMessage): HTMLElement =>
  el(
    'div',
    { class: 'foot' },
    el('div', { class: 'facts' }, verdict(message), moment(message, { second: '2-digit' }), sizeView(message)),
    message.reason === '' ? undefined : el('p', { class: 'reason' }, message.reason),
    jsonView(message),
  );

/** Whom it was for, and in which language. */
const addressee = ({ receiver, locale }: InboxMessage): HTMLElement | undefined =>
  receiver === '' ? undefined : el('span', { class: 'addressee' }, `${receiver} · ${locale}`);

/** Draws a message into its place, anew where there was one; an open JSON stays open. */
export function fill(view: HTMLElement, message: InboxMessage, scheme: Scheme): void {
  const name = NAME[message.destination];
  const open = view.querySelector('details')?.open === true;
  view.setAttribute('aria-label', `${name}${isRefused(message) ? ', refused' : ''}: ${oneLine(message)}`);
  view.replaceChildren(
    el('div', { class: 'app-name' }, icon(message.destination), name, addressee(message)),
    frame(message, scheme),
    foot(message),
  );
  const details = view.querySelector('details');
  if (details) details.open = open;
}

export function messageView(message: InboxMessage, scheme: Scheme): HTMLElement {
  const view = el('article', {
    class: isRefused(message) ? 'message is-refused' : 'message',
    tabindex: '0',
    'data-key': keyOf(message),
    'data-destination': message.destination,
  });
  fill(view, message, scheme);
  return view;
}

/** A card carries its colours in itself, so a change of theme draws it anew; Slack follows the style sheet. */
export function restyle(view: HTMLElement, message: InboxMessage, scheme: Scheme): void {
  if (message.destination === 'teams') view.querySelector('.teams-body')?.replaceWith(body(message, scheme));
}
