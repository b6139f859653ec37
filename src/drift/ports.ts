/** A scale set that something was done to. It is taken away as it was read: if it was marked again since, it stays. */
export interface DriftMark {
  /** Lower-cased ARM id. */
  readonly setId: string;
  readonly version: string;
}

/** The drift report's state, while one run has it to itself. */
export interface DriftLease {
  /** As it was last written; undefined where it never was. */
  readonly text: string | undefined;
  /** Aborted once the state may be somebody else's. */
  readonly lost: AbortSignal;
  /** Rejects with a StorageError, also where the state is no longer ours. */
  write(text: string): Promise<void>;
  /** Keeps a state that cannot be read, for people to look at. */
  setAside(text: string): Promise<void>;
  /** Lets the next run have it. Never rejects: a lease ends by itself. */
  release(): Promise<void>;
}

/** What the drift report remembers between runs. Rejects with a StorageError. */
export interface DriftStore {
  /** Undefined while another run has it. `name`: letters and digits, one for each scope. */
  lease(name: string): Promise<DriftLease | undefined>;
  /** The state as it was last written, whoever has it; undefined where it never was. */
  read(name: string): Promise<string | undefined>;
  /** Remembers that something was done to these sets (ARM ids). */
  mark(setIds: readonly string[]): Promise<void>;
  /** At most so many. */
  marks(most: number): Promise<readonly DriftMark[]>;
  unmark(marks: readonly DriftMark[]): Promise<void>;
  /** The overview for the local page, as JSON; undefined where there is none. */
  readOverview(name: string): Promise<string | undefined>;
  writeOverview(name: string, text: string): Promise<void>;
}
