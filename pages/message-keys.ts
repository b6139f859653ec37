import { startKeys } from './keys.ts';

const messages = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('article.message')].filter((message) => message.checkVisibility());

const around = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('article.message') : null;

function move(from: HTMLElement | null, step: 1 | -1): boolean {
  const all = messages();
  const start = from === null ? -1 : all.indexOf(from);
  all[Math.min(all.length - 1, Math.max(0, start + step))]?.focus();
  return true;
}

function toggle(message: HTMLElement | null, open?: boolean, which = '.foot details'): boolean {
  const details = message?.querySelector<HTMLDetailsElement>(which);
  if (!details || details.open === open) return false;
  details.open = open ?? !details.open;
  if (!details.open) message?.focus();
  return true;
}

type Press = (message: HTMLElement | null, event: KeyboardEvent) => boolean;

// Arrows scroll the page, so they move between messages only once a message has the focus.
const arrow =
  (step: 1 | -1): Press =>
  (message, { target }) =>
    message !== null && target === message && move(message, step);

const KEYS: Readonly<Record<string, Press>> = {
  j: (message) => move(message, 1),
  k: (message) => move(message, -1),
  ArrowDown: arrow(1),
  ArrowUp: arrow(-1),
  Enter: (message, { target }) => target === message && toggle(message),
  o: (message) => toggle(message),
  t: (message) => toggle(message, undefined, '.thread'),
  Escape: (message) => toggle(message, false),
};

/** `choose` gets the keys that are not about messages. */
export function startMessageKeys(choose: (key: string) => boolean): void {
  let last: HTMLElement | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = around(target) ?? last;
  });
  startKeys((event) => {
    const remembered = event.target === document.body && last?.isConnected ? last : null;
    return KEYS[event.key]?.(around(event.target) ?? remembered, event) || choose(event.key);
  });
}

/** The keys of messages, as the help lists them. */
export const MESSAGE_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['j ↓', 'Next message'],
  ['k ↑', 'Previous message'],
  ['o Enter', 'Show or hide its JSON'],
  ['t', 'Show or hide its thread'],
  ['f c', 'Next kind, next chat'],
  ['l z', 'Next language, next time zone'],
  ['w', 'Next width'],
];
