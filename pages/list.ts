import { el } from './dom.ts';
import { type Destination, type InboxMessage, keyOf, kindOf, NAME, oneLine } from './message.ts';
import { fill, messageView, restyle } from './message-view.ts';
import type { Row } from './rows.ts';
import { ago, clock } from './slack-date.ts';
import { scheme } from './theme.ts';

const SIDES: readonly Destination[] = ['slack', 'teams', 'webhook'];

const firstOf = (row: Row): InboxMessage | undefined =>
  SIDES.map((side) => row.messages[side]).find((message) => message !== undefined);

/** The sentence that a row's messages say. */
export function title(row: Row): HTMLElement {
  const message = firstOf(row);
  return el('h2', { lang: message?.locale ?? 'en' }, message === undefined ? '' : oneLine(message));
}

/** When it happened, which event it is, and what its messages say. */
export function inboxHead(row: Row): HTMLElement {
  const date = new Date(row.startedAt);
  const when = Number.isNaN(row.startedAt) ? '' : clock(date, { second: '2-digit' });
  return el(
    'div',
    { class: 'row-head' },
    el(
      'p',
      { class: 'row-facts' },
      el('span', {}, when),
      el('span', { class: 'ago', 'data-at': String(row.startedAt) }, ago(date)),
      el('span', {}, 'id ', el('code', {}, firstOf(row)?.shown ?? row.event)),
    ),
    title(row),
  );
}

/** Both chats get every event that comes through this run; a digest is for one, and a webhook for those who ask for it. */
function ghost(side: Destination, row: Row): HTMLElement {
  const kind = Object.values(row.messages).map(kindOf).find(Boolean) ?? 'digest';
  const isHidden = side === 'webhook' || kind === 'digest' || row.isMore === true;
  return el('p', { class: 'ghost', ...(isHidden && { hidden: '' }) }, `No ${NAME[side]} message for this event yet`);
}

type Head = (row: Row) => HTMLElement;

function rowView(isNew: boolean, row: Row, head: Head): HTMLElement {
  const slots = SIDES.map((side) => el('div', { class: 'slot', 'data-side': side }));
  return el('li', { class: isNew ? 'row is-new' : 'row' }, head(row), el('div', { class: 'pair' }, ...slots));
}

/** The rows on the page. What is there already stays as it is, so focus and open JSON outlive every arrival. */
export class MessageList {
  readonly #root: HTMLElement;
  readonly #head: Head;
  readonly #items = new Map<string, HTMLElement>();
  readonly #views = new Map<HTMLElement, InboxMessage>();
  #shownBefore = false;

  constructor(root: HTMLElement, head: Head) {
    this.#root = root;
    this.#head = head;
  }

  show(rows: readonly Row[]): void {
    this.#forget(new Set(rows.map((row) => row.key)));
    for (const [index, row] of rows.entries()) {
      const item = this.#itemOf(row);
      this.#fill(item, row);
      const there = this.#root.children[index] ?? null;
      if (there !== item) this.#root.insertBefore(item, there);
    }
    this.#shownBefore = true;
  }

  restyle(): void {
    for (const [view, message] of this.#views) restyle(view, message, scheme());
  }

  tick(): void {
    for (const label of this.#root.querySelectorAll('.ago')) {
      label.textContent = ago(new Date(Number(label.getAttribute('data-at'))));
    }
  }

  #itemOf(row: Row): HTMLElement {
    const item = this.#items.get(row.key) ?? rowView(this.#shownBefore, row, this.#head);
    this.#items.set(row.key, item);
    return item;
  }

  #fill(item: HTMLElement, row: Row): void {
    for (const side of SIDES) {
      const slot = item.querySelector<HTMLElement>(`.slot[data-side="${side}"]`);
      if (slot === null) continue;
      const message = row.messages[side];
      const key = message === undefined ? '' : `${keyOf(message)} ${message.voice}`;
      if (slot.dataset['holds'] === key) continue;
      slot.dataset['holds'] = key;
      this.#put(slot, side, row);
      item.querySelector('h2')?.replaceWith(title(row));
    }
  }

  #put(slot: HTMLElement, side: Destination, row: Row): void {
    const message = row.messages[side];
    const there = slot.querySelector<HTMLElement>('article');
    const isSame = message !== undefined && there?.dataset['key'] === keyOf(message);
    const view = isSame && there ? there : message === undefined ? ghost(side, row) : messageView(message, scheme());
    if (message !== undefined) this.#views.set(view, message);
    if (isSame) fill(view, message, scheme());
    else slot.replaceChildren(view);
  }

  #forget(kept: ReadonlySet<string>): void {
    for (const [key, item] of this.#items) {
      if (kept.has(key)) continue;
      item.remove();
      this.#items.delete(key);
    }
    for (const view of this.#views.keys()) if (!view.isConnected) this.#views.delete(view);
  }
}
