import type { Clock } from './clock.ts';
import type { Limit } from './limits.ts';

export type Taking =
  | { readonly ok: true; readonly remaining: number }
  /** `wait`: whole seconds until it would work. */
  | { readonly ok: false; readonly wait: number };

/** Token buckets by name, each full at first. */
export class Buckets {
  readonly #clock: Clock;
  readonly #levels = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes all or nothing. */
  take(name: string, limit: Limit, amount: number): Taking {
    const now = this.#clock.now();
    const level = this.#levels.get(name) ?? { tokens: limit.burst, at: now };
    const tokens = Math.min(limit.burst, level.tokens + (Math.max(0, now - level.at) / 1000) * limit.perSecond);
    const ok = tokens >= Math.min(amount, limit.burst);
    this.#levels.set(name, { tokens: ok ? tokens - amount : tokens, at: now });
    if (ok) return { ok, remaining: Math.max(0, Math.floor(tokens - amount)) };
    return { ok, wait: Math.max(1, Math.ceil((Math.min(amount, limit.burst) - tokens) / limit.perSecond)) };
  }
}

const WINDOW_MILLISECONDS = 5_000;

/** So many calls in each window of five seconds. */
export class Windows {
  readonly #clock: Clock;
  #began = Number.NEGATIVE_INFINITY;
  #taken = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take(most: number): { readonly ok: boolean; readonly remaining: number; readonly seconds: number } {
    const now = this.#clock.now();
    if (now - this.#began >= WINDOW_MILLISECONDS) {
      this.#began = now;
      this.#taken = 0;
    }
    this.#taken += 1;
    const remaining = Math.max(0, most - this.#taken);
    return { ok: this.#taken <= most, remaining, seconds: Math.ceil((this.#began + WINDOW_MILLISECONDS - now) / 1000) };
  }
}
