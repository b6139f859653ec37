import { createRef } from 'preact';

/** The dialog that lists the keys of a page. */
export const help = createRef<HTMLDialogElement>();

export function toggleHelp(): void {
  if (help.current?.open) help.current.close();
  else help.current?.showModal();
}

// A field takes all that is typed. A list takes letters, to find what begins with them.
const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type !== 'radio';
const takesLetters = (target: EventTarget | null): boolean => target instanceof HTMLSelectElement;

/** `press` gets every key that is not about the help, and says whether it had a use for one. */
export function startKeys(press: (event: KeyboardEvent) => boolean): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || takesText(target)) return;
    const isHelp = event.key === '?';
    if (isHelp) toggleHelp();
    if (isHelp || (!help.current?.open && !takesLetters(target) && press(event))) event.preventDefault();
  });
}
