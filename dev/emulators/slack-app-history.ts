import type { PlaceInChat } from './answer.ts';
import type { JsonObject } from './payload.ts';

/** A message in a channel: what was posted, and when that was. */
export interface Kept {
  readonly ts: string;
  readonly channel: string;
  /** The message that it answers. */
  readonly root?: string;
  readonly loud: boolean;
  readonly isOurs: boolean;
  content: JsonObject;
}

// What a workspace of a local run needs to remember.
const MOST_KEPT = 5_000;

/** What was written in a workspace. */
export class History {
  readonly #kept = new Map<string, Kept>();
  #last = 0;

  /** A time of its own for each message, in seconds with six digits: Slack's id of it. */
  next(now: number): string {
    this.#last = Math.max(this.#last + 1, now * 1_000);
    return `${Math.floor(this.#last / 1_000_000)}.${`${this.#last % 1_000_000}`.padStart(6, '0')}`;
  }

  keep(kept: Kept): void {
    this.#last = Math.max(this.#last, Math.round(Number(kept.ts) * 1_000_000));
    this.#kept.set(`${kept.channel}/${kept.ts}`, kept);
    for (const key of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(key);
  }

  find(channel: string, ts: unknown): Kept | undefined {
    return this.#kept.get(`${channel}/${ts}`);
  }

  delete({ channel, id }: PlaceInChat): void {
    this.#kept.delete(`${channel}/${id}`);
  }

  /** Of a channel: what stands in it, the oldest first, or below one message, that message first. */
  in(channel: string, root?: string): readonly Kept[] {
    const all = [...this.#kept.values()].filter((each) => each.channel === channel);
    const wanted = all.filter((each) =>
      root === undefined ? each.root === undefined || each.loud : each.ts === root || each.root === root,
    );
    return wanted.sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  clear(): void {
    this.#kept.clear();
  }
}
