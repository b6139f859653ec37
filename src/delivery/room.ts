// Thousands of the largest events do not fit beside the host in the memory of a small instance.
const MOST_CHARACTERS = 16_000_000;

/** So much each may read, whatever the others do. */
const SMALL_CHARACTERS = 1_000_000;

/** Who reads much now: in this process, one at a time. */
let large: Room | undefined;

/** How much somebody may read of what waits for a receiver. */
export interface Room {
  /** Counts a row's value in; whether there is room for another one. */
  take(value: unknown): boolean;
  /** Whether it ended because somebody else reads much: what is not urgent had better come again. */
  readonly isCramped: boolean;
  /** Starts over with an empty room: what was read is let go. */
  clear(): void;
  /** Gives it back; to be called whatever happens. */
  leave(): void;
}

/** Room for what waits for one receiver. Several of them are large only one after the other. */
export function roomToRead(): Room {
  let characters = 0;
  let isCramped = false;
  const room: Room = {
    take(value) {
      characters += JSON.stringify(value)?.length ?? 0;
      if (characters < SMALL_CHARACTERS) return true;
      large ??= room;
      isCramped = large !== room;
      return !isCramped && characters < MOST_CHARACTERS;
    },
    get isCramped() {
      return isCramped;
    },
    clear() {
      characters = 0;
      isCramped = false;
    },
    leave() {
      if (large === room) large = undefined;
    },
  };
  return room;
}
