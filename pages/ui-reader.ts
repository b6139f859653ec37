import { signal } from '@preact/signals';
import { call } from './ui-api.ts';
import type { Deliveries, Delivery } from './ui-data.ts';

export const FILTERS = ['receiver', 'source', 'resource', 'environment', 'severity', 'state', 'text'] as const;
export type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

const HOUR_MS = 3_600_000;

/** How far back each reading goes, in hours: what is new is what most look for. */
const HORIZONS = [1, 6, 24, 72, 168, 720].map((hours) => hours * HOUR_MS);

// A screen and some more: a reader who scrolls finds the next rows there.
const ENOUGH = 60;
const PAGE = '1000';
const OVERLAP_MS = 60_000;

export interface Progress {
  readonly rows: readonly Delivery[];
  /** Back to when everything was read: milliseconds since 1970. */
  readonly since: number;
  readonly isReading: boolean;
  readonly isEnd: boolean;
  readonly error?: unknown;
}

const keyOf = ({ receiver, event }: Delivery): string => `${receiver} ${event.id}`;

/** Reads what fits some filters, window by window from now into the past, and each row once. */
export class Reader {
  readonly progress = signal<Progress>({ rows: [], since: Date.now(), isReading: false, isEnd: false });
  readonly filters: Filters;
  /** What it reads, and for whom. */
  readonly name: string;
  readonly #begun = Date.now();
  readonly #ended = new AbortController();
  readonly #seen = new Set<string>();
  #horizon = 0;
  #until: string | undefined;

  constructor(filters: Filters, name: string) {
    this.filters = filters;
    this.name = name;
  }

  close(): void {
    this.#ended.abort();
  }

  /** Reads until there are some more rows, or all. */
  async further(): Promise<void> {
    const { isReading, isEnd, rows } = this.progress.peek();
    if (isReading || isEnd) return;
    const wanted = rows.length + ENOUGH;
    this.#change({ isReading: true });
    try {
      while (this.progress.peek().rows.length < wanted && !this.progress.peek().isEnd) await this.#window();
      this.#change({ isReading: false });
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#change({ isReading: false, error });
    }
  }

  /** Reads what has changed since the newest row; resolves with whether that was all of it. */
  async newer(): Promise<boolean> {
    const newest = this.progress.peek().rows[0]?.updatedAt ?? new Date(this.#begun).toISOString();
    // Rows that are written at the same time do not come in the order of their times.
    const since = new Date(Date.parse(newest) - OVERLAP_MS).toISOString();
    const query = { ...this.filters, since, most: PAGE };
    const answer = await call<Deliveries>('deliveries', { query, signal: this.#ended.signal });
    const keys = new Set(answer.deliveries.map(keyOf));
    for (const key of keys) this.#seen.add(key);
    const older = this.progress.peek().rows.filter((row) => !keys.has(keyOf(row)));
    this.#change({ rows: [...answer.deliveries, ...older] });
    return answer.more !== true;
  }

  #change(part: Partial<Progress>): void {
    const { error: _, ...before } = this.progress.peek();
    this.progress.value = { ...before, ...part };
  }

  async #window(): Promise<void> {
    const since = this.#begun - (HORIZONS[this.#horizon] ?? 0);
    const query = { ...this.filters, since: new Date(since).toISOString(), until: this.#until, most: PAGE };
    const answer = await call<Deliveries>('deliveries', { query, signal: this.#ended.signal });
    // Several may have changed in one moment, and one may change while others are read.
    const fresh = answer.deliveries.filter((row) => !this.#seen.has(keyOf(row)));
    for (const row of fresh) this.#seen.add(keyOf(row));
    const isWhole = answer.more !== true || answer.next === undefined || answer.next === this.#until;
    this.#until = isWhole ? new Date(since).toISOString() : answer.next;
    if (isWhole) this.#horizon += 1;
    const isEnd = this.#horizon >= HORIZONS.length;
    const rows = [...this.progress.peek().rows, ...fresh];
    this.#change({ rows, isEnd, since: Date.parse(this.#until ?? '') });
  }
}
