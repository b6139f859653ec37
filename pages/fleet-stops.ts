import type { Instance, SetView, Target } from './fleet-data.ts';
import { compare } from './fleet-filter.ts';

/** So many cells of a row are drawn until somebody asks for the rest. */
export const MOST_CELLS = 40;

/** So many rows a key leads on that turns a page. */
const PAGE = 10;

/** Where the keyboard is: in the row of a set, so many stops from its left; of an instance, its id. */
export interface GridPosition {
  readonly set: string;
  readonly stop: number;
  readonly instance?: string | undefined;
}

/** What one can stand on in a row, after its name: instances, and the rest of them where `left` is more than none. */
export function stopsOf({ instances }: SetView, isWhole: boolean): { instances: readonly Instance[]; left: number } {
  const listed = instances.toSorted((one, other) => compare(one.id, other.id));
  const shown = isWhole ? listed : listed.slice(0, MOST_CELLS);
  return { instances: shown, left: listed.length - shown.length };
}

/** The rows that are drawn, and how far each goes. */
export class Rows {
  readonly sets: readonly SetView[];
  readonly #whole: ReadonlySet<string>;

  constructor(sets: readonly SetView[], whole: ReadonlySet<string>) {
    this.sets = sets;
    this.#whole = whole;
  }

  /** Stays where it was, if that is still there. */
  find({ set: id, stop, instance }: GridPosition): { readonly row: number; readonly stop: number } {
    const row = this.sets.findIndex((set) => set.id === id);
    if (row === -1) return { row: 0, stop: 0 };
    if (instance === undefined) return { row, stop: Math.min(stop, this.#last(row)) };
    return { row, stop: 1 + this.#stops(row).instances.findIndex((each) => each.id === instance) };
  }

  target(place: GridPosition): Target | undefined {
    const { row, stop } = this.find(place);
    const set = this.sets[row];
    return set && { set, instance: this.#stops(row).instances[stop - 1] };
  }

  /** Whether this is what asks for the rest of a row. */
  isMore(place: GridPosition): boolean {
    const { row, stop } = this.find(place);
    return this.#stops(row).left > 0 && stop === this.#last(row);
  }

  /** The nearest place that there is. */
  placeAt(row: number, stop: number): GridPosition | undefined {
    const at = Math.max(0, Math.min(row, this.sets.length - 1));
    const set = this.sets[at];
    const nearest = Math.max(0, Math.min(stop, this.#last(at)));
    return set && { set: set.id, stop: Math.max(0, stop), instance: this.#stops(at).instances[nearest - 1]?.id };
  }

  /** Where a key leads; undefined where it leads nowhere. */
  after(place: GridPosition, { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>): GridPosition | undefined {
    const { row, stop } = this.find(place);
    const last = this.#last(row);
    const moves: Readonly<Record<string, readonly [row: number, stop: number]>> = {
      ArrowRight: [row, Math.min(stop + 1, last)],
      ArrowLeft: [row, stop - 1],
      ArrowDown: [row + 1, place.stop],
      ArrowUp: [row - 1, place.stop],
      Home: [ctrlKey ? 0 : row, 0],
      End: [ctrlKey ? this.sets.length - 1 : row, ctrlKey ? 0 : last],
      PageDown: [row + PAGE, place.stop],
      PageUp: [row - PAGE, place.stop],
    };
    const move = moves[key];
    return move && this.placeAt(...move);
  }

  #stops(row: number): ReturnType<typeof stopsOf> {
    const set = this.sets[row];
    return set === undefined ? { instances: [], left: 0 } : stopsOf(set, this.#whole.has(set.id));
  }

  #last(row: number): number {
    const { instances, left } = this.#stops(row);
    return instances.length + (left > 0 ? 1 : 0);
  }
}
