const messages = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('article.message')].filter((message) => message.checkVisibility());

const around = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('article.message') : null;

function move(from: HTMLElement | null, step: 1 | -1): void {
  const all = messages();
  const start = from === null ? -1 : all.indexOf(from);
  const next = all[Math.min(all.length - 1, Math.max(0, start + step))];
  next?.focus();
}

function toggle(message: HTMLElement | null, open?: boolean): boolean {
  const details = message?.querySelector('details');
  if (!details || details.open === open) return false;
  details.open = open ?? !details.open;
  if (!details.open) message?.focus();
  return true;
}

type Press = (message: HTMLElement | null, event: KeyboardEvent) => boolean;

// Arrows scroll the page, so they move between messages only once a message has the focus.
const arrow =
  (step: 1 | -1): Press =>
  (message, event) => {
    if (message === null || event.target !== message) return false;
    move(message, step);
    return true;
  };

const letter =
  (step: 1 | -1): Press =>
  (message) => {
    move(message, step);
    return true;
  };

const KEYS: Readonly<Record<string, Press>> = {
  j: letter(1),
  k: letter(-1),
  ArrowDown: arrow(1),
  ArrowUp: arrow(-1),
  Enter: (message, event) => event.target === message && toggle(message),
  o: (message) => toggle(message),
  Escape: (message) => toggle(message, false),
};

// A list takes letters for itself, to find what begins with them.
const takesLetters = (target: EventTarget | null): boolean => target instanceof HTMLSelectElement;

/** `press` gets the keys that are not about messages, and says whether it had a use for one. */
export function startKeys(help: HTMLDialogElement, press: (key: string) => boolean): void {
  let last: HTMLElement | null = null;
  document.getElementById('show-help')?.addEventListener('click', () => help.showModal());
  document.addEventListener('focusin', (event) => {
    last = around(event.target) ?? last;
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?') {
      event.preventDefault();
      if (help.open) help.close();
      else help.showModal();
      return;
    }
    if (help.open || takesLetters(event.target)) return;
    const focused = around(event.target);
    const remembered = event.target === document.body && last?.isConnected ? last : null;
    if (KEYS[event.key]?.(focused ?? remembered, event) || press(event.key)) event.preventDefault();
  });
}
