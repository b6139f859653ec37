import type { FleetSet, Words } from './fleet-data.ts';
import { drawHead, drawRow, type Row, type Target } from './fleet-rows.ts';

type Stop = Row['stops'][number];

/** So many rows are drawn at first, and with every wish for more. */
const STEP = 200;

const PAGE = 10;

const nameOf = ({ set, instance }: Target): string => JSON.stringify([set.id, instance?.id]);

/** The table of sets. One of its cells at a time takes the Tab key, and arrows go from one to the next. */
export class FleetGrid {
  readonly #root: HTMLElement;
  readonly #more: HTMLButtonElement;
  readonly #look: (target: Target | undefined) => void;
  readonly #whole = new Set<string>();
  #sets: readonly FleetSet[] = [];
  #words: Words = { verdict: {}, reason: {}, advice: {}, unread: {}, portal: '' };
  #rows: Row[] = [];
  #at = { row: 0, stop: 0 };
  readonly #places = new WeakMap<Element, number>();

  /** `look` is called with what the keyboard or the mouse is at. */
  constructor(root: HTMLElement, more: HTMLButtonElement, look: (target: Target | undefined) => void) {
    this.#root = root;
    this.#more = more;
    this.#look = look;
    more.addEventListener('click', () => {
      const first = this.#rows.length;
      this.#add(STEP);
      this.#stand(first, 0);
    });
    root.addEventListener('keydown', (event) => this.#press(event));
    root.addEventListener('click', ({ target }) => {
      const place = this.#placeOf(target);
      if (place === undefined) return;
      this.#stand(place.row, place.stop);
      this.#open();
    });
    root.addEventListener('focusin', ({ target }) => {
      const place = this.#placeOf(target);
      if (place !== undefined) this.#settle(place);
    });
    root.addEventListener('mouseover', ({ target }) => {
      const place = this.#placeOf(target);
      if (place !== undefined) this.#look(this.#stop(place)?.target);
    });
    root.addEventListener('mouseleave', () => this.#look(this.#stop(this.#at)?.target));
  }

  /** Shows these sets, and stays where it was if that is still there. */
  show(sets: readonly FleetSet[], words: Words): void {
    const stood = this.#stop(this.#at)?.target;
    const hadFocus = this.#root.contains(document.activeElement);
    this.#sets = sets;
    this.#words = words;
    const drawn = Math.max(STEP, hadFocus ? this.#rows.length : 0);
    this.#rows = [];
    this.#root.replaceChildren(drawHead());
    this.#add(drawn);
    const place = stood === undefined ? undefined : this.#find(stood);
    this.#settle(place ?? { row: 0, stop: 0 });
    if (hadFocus) this.#stop(this.#at)?.element.focus();
  }

  /** Draws so many more rows. */
  #add(count: number): void {
    const now = Date.now();
    const from = this.#rows.length;
    for (const set of this.#sets.slice(from, from + count)) {
      this.#keep(drawRow(set, this.#words, now, this.#whole.has(set.id)), this.#rows.length);
    }
    this.#root.append(...this.#rows.slice(from).map(({ element }) => element));
    const left = this.#sets.length - this.#rows.length;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${Math.min(left, STEP)} more of ${left.toLocaleString('en')}`;
  }

  #keep(row: Row, at: number): void {
    this.#rows[at] = row;
    this.#places.set(row.element, at);
  }

  #stop({ row, stop }: { readonly row: number; readonly stop: number }): Stop | undefined {
    const { stops = [] } = this.#rows[row] ?? {};
    return stops[Math.min(stop, stops.length - 1)];
  }

  #find(target: Target): { row: number; stop: number } | undefined {
    const row = this.#rows.findIndex(({ stops }) => stops[0]?.target.set.id === target.set.id);
    if (row === -1) return undefined;
    const name = nameOf(target);
    const stop = this.#rows[row]?.stops.findIndex((each) => nameOf(each.target) === name) ?? -1;
    return { row, stop: Math.max(0, stop) };
  }

  #placeOf(target: EventTarget | null): { row: number; stop: number } | undefined {
    if (!(target instanceof Element)) return undefined;
    const row = this.#places.get(target.closest('.grid-row') ?? target);
    if (row === undefined) return undefined;
    const stop = this.#rows[row]?.stops.findIndex(({ element }) => element.contains(target)) ?? -1;
    return { row, stop: Math.max(0, stop) };
  }

  /** Makes a place the one that Tab leads to. */
  #settle(place: { readonly row: number; readonly stop: number }): void {
    for (const old of this.#root.querySelectorAll('[tabindex="0"], [data-current]')) {
      if (old.hasAttribute('tabindex')) old.setAttribute('tabindex', '-1');
      old.removeAttribute('data-current');
    }
    this.#at = place;
    const stop = this.#stop(place);
    stop?.element.setAttribute('tabindex', '0');
    stop?.element.setAttribute('data-current', '');
    this.#rows[place.row]?.element.setAttribute('data-current', '');
    this.#look(stop?.target);
  }

  #stand(row: number, stop: number): void {
    const wanted = { row: Math.max(0, Math.min(row, this.#rows.length - 1)), stop: Math.max(0, stop) };
    this.#settle(wanted);
    this.#stop(wanted)?.element.focus();
  }

  /** Draws the rest of a row's instances, where that is what was asked for. */
  #open(): void {
    const { row, stop } = this.#at;
    const asked = this.#stop(this.#at);
    if (asked?.isMore !== true) return;
    const { set } = asked.target;
    this.#whole.add(set.id);
    const drawn = drawRow(set, this.#words, Date.now(), true);
    this.#rows[row]?.element.replaceWith(drawn.element);
    this.#keep(drawn, row);
    this.#stand(row, stop);
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const { row } = this.#at;
    const last = (this.#rows[row]?.stops.length ?? 1) - 1;
    const stop = Math.min(this.#at.stop, last);
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [row, Math.min(stop + 1, last)],
      ArrowLeft: [row, stop - 1],
      ArrowDown: [row + 1, this.#at.stop],
      ArrowUp: [row - 1, this.#at.stop],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? this.#rows.length - 1 : row, event.ctrlKey ? 0 : last],
      PageDown: [row + PAGE, this.#at.stop],
      PageUp: [row - PAGE, this.#at.stop],
    };
    const move = moves[event.key];
    if (move !== undefined) this.#stand(...move);
    else if (event.key === 'Enter' || event.key === ' ') this.#open();
    else return;
    event.preventDefault();
  }
}
