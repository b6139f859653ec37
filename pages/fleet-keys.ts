// A field and a list take letters for themselves.
const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'radio');

/** Letters that do something wherever the focus is, and the dialog that lists them. */
export function startFleetKeys(help: HTMLDialogElement, keys: Readonly<Record<string, () => void>>): void {
  const toggle = (): void => (help.open ? help.close() : help.showModal());
  document.getElementById('show-help')?.addEventListener('click', toggle);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return;
    const press = event.key === '?' ? toggle : help.open ? undefined : keys[event.key];
    if (press === undefined) return;
    event.preventDefault();
    press();
  });
}
