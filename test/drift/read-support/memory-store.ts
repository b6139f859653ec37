import type { DriftLease, DriftMark, DriftStore } from '../../../src/drift/ports.ts';
import { StorageError } from '../../../src/problems/errors.ts';

/** A drift store in memory. Passes the same contract as the real one. */
export class MemoryDriftStore implements DriftStore {
  /** What is stored, by name. */
  readonly texts = new Map<string, string>();
  readonly #marks = new Map<string, string>();
  readonly #leases = new Map<string, AbortController>();
  #version = 0;
  /** Called before each write of a state; may throw as storage does. */
  onWrite: (text: string) => void = () => undefined;

  async lease(name: string): Promise<DriftLease | undefined> {
    if (this.#leases.has(name)) return undefined;
    const losing = new AbortController();
    this.#leases.set(name, losing);
    return {
      text: this.texts.get(name),
      lost: losing.signal,
      write: async (text) => {
        if (losing.signal.aborted) throw new StorageError('the drift state was not written', 'the lease is lost');
        this.onWrite(text);
        this.texts.set(name, text);
      },
      setAside: async (text) => {
        this.texts.set(`${name}.bad`, text);
      },
      release: async () => {
        if (this.#leases.get(name) === losing) this.#leases.delete(name);
      },
    };
  }

  async read(name: string): Promise<string | undefined> {
    return this.texts.get(name);
  }

  /** Takes every lease away, as storage does from a run that no longer renews it. */
  endLeases(): void {
    for (const losing of this.#leases.values()) losing.abort();
    this.#leases.clear();
  }

  async mark(setIds: readonly string[]): Promise<void> {
    for (const id of setIds) {
      this.#version += 1;
      this.#marks.set(id.toLowerCase(), `v${this.#version}`);
    }
  }

  async marks(most: number): Promise<readonly DriftMark[]> {
    return [...this.#marks].slice(0, most).map(([setId, version]) => ({ setId, version }));
  }

  async unmark(marks: readonly DriftMark[]): Promise<void> {
    for (const { setId, version } of marks) if (this.#marks.get(setId) === version) this.#marks.delete(setId);
  }

  async readOverview(name: string): Promise<string | undefined> {
    return this.texts.get(`${name}.view`);
  }

  async writeOverview(name: string, text: string): Promise<void> {
    this.texts.set(`${name}.view`, text);
  }
}
