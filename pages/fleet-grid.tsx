import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SetView, Target, Words } from './fleet-data.ts';
import { FleetRow } from './fleet-rows.tsx';
import { type GridPosition, Rows } from './fleet-stops.ts';
import { Button } from './parts.tsx';

/** So many rows are drawn at first, and with every wish for more. */
const STEP = 200;

const HEADS = ['Scale set', 'Verdict', 'Instances', 'Behind for'];

function placeOf(target: EventTarget | null): GridPosition | undefined {
  if (!(target instanceof Element)) return undefined;
  const set = target.closest<HTMLElement>('[data-set]')?.dataset['set'];
  const { stop } = target.closest<HTMLElement>('[data-stop]')?.dataset ?? {};
  return set === undefined ? undefined : { set, stop: Number(stop ?? 0) };
}

/** The table of sets. One of its cells at a time takes the Tab key, and arrows go from one to the next. */
export class FleetGrid {
  readonly #sets: ReadonlySignal<readonly SetView[]>;
  readonly #at = signal<GridPosition>({ set: '', stop: 0 });
  readonly #hovered = signal<GridPosition>();
  readonly #whole = signal<ReadonlySet<string>>(new Set());
  readonly #drawn = signal(STEP);
  readonly #rows = computed(() => new Rows(this.#sets.value.slice(0, this.#drawn.value), this.#whole.value));
  /** Whether the focus is to follow. */
  #moves = false;

  constructor(sets: ReadonlySignal<readonly SetView[]>) {
    this.#sets = sets;
  }

  // A phone has no room for it until it is asked for.
  readonly #isClosed = signal(matchMedia('(max-width: 960px)').matches);

  /** What the mouse is at, or else the keyboard; nothing while the card is closed. */
  readonly target = computed((): Target | undefined =>
    this.#isClosed.value ? undefined : this.#rows.value.target(this.#hovered.value ?? this.#at.value),
  );

  /** Closes the card of the target, until a row is chosen; false where it is. */
  close(): boolean {
    if (this.#isClosed.value) return false;
    document.querySelector<HTMLElement>('#grid [tabindex="0"]')?.focus();
    this.#isClosed.value = true;
    return true;
  }

  readonly View = ({ words }: { readonly words: Words }) => {
    const root = useRef<HTMLDivElement>(null);
    const hadFocus = root.current?.contains(document.activeElement) ?? false;
    const rows = this.#rows.value;
    const at = rows.find(this.#at.value);
    useLayoutEffect(() => {
      const isLost = hadFocus && !root.current?.contains(document.activeElement);
      if (this.#moves || isLost) root.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      this.#moves = false;
    });
    return (
      <div
        ref={root}
        id="grid"
        class="grid"
        role="grid"
        aria-label="Scale sets and their instances"
        onKeyDown={(event) => this.#press(event)}
        onClick={({ target }) => this.#click(placeOf(target))}
        onFocusIn={({ target }) => this.#settle(placeOf(target))}
        onMouseOver={({ target }) => this.#hover(placeOf(target))}
        onMouseLeave={() => this.#hover(undefined)}
      >
        <div role="row" class="grid-head">
          {HEADS.map((head) => (
            <div key={head} role="columnheader">
              {head}
            </div>
          ))}
        </div>
        {rows.sets.map((set, row) => (
          <FleetRow
            key={set.id}
            set={set}
            words={words}
            isWhole={this.#whole.value.has(set.id)}
            at={row === at.row ? at.stop : undefined}
          />
        ))}
      </div>
    );
  };

  readonly More = () => {
    const left = this.#sets.value.length - this.#rows.value.sets.length;
    if (left === 0) return null;
    return (
      <Button press={() => this.#more()}>{`Show ${Math.min(left, STEP)} more of ${left.toLocaleString('en')}`}</Button>
    );
  };

  #more(): void {
    const first = this.#rows.value.sets.length;
    this.#drawn.value += STEP;
    this.#stand(this.#rows.value.placeAt(first, 0));
  }

  #hover(place: GridPosition | undefined): void {
    this.#hovered.value = place;
  }

  /** Makes a place the one that Tab leads to. */
  #settle(place: GridPosition | undefined): void {
    if (place === undefined) return;
    const { row, stop } = this.#rows.value.find(place);
    const isThere = place.set === this.#at.value.set && stop === this.#rows.value.find(this.#at.value).stop;
    if (!isThere) this.#at.value = this.#rows.value.placeAt(row, stop) ?? place;
    this.#hovered.value = undefined;
  }

  #stand(place: GridPosition | undefined): void {
    if (place === undefined) return;
    this.#moves = true;
    this.#isClosed.value = false;
    this.#at.value = place;
    this.#hovered.value = undefined;
  }

  #click(place: GridPosition | undefined): void {
    if (place === undefined) return;
    const { row, stop } = this.#rows.value.find(place);
    this.#stand(this.#rows.value.placeAt(row, stop));
    this.#open();
  }

  /** Draws the rest of a row's instances, where that is what was asked for. */
  #open(): void {
    const at = this.#at.value;
    if (!this.#rows.value.isMore(at)) return;
    const { row, stop } = this.#rows.value.find(at);
    this.#whole.value = new Set([...this.#whole.value, at.set]);
    this.#stand(this.#rows.value.placeAt(row, stop));
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const next = this.#rows.value.after(this.#at.value, event);
    if (next !== undefined) this.#stand(next);
    else if (event.key === 'Enter' || event.key === ' ') this.#open();
    else return;
    event.preventDefault();
  }
}
