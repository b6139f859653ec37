import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether all is looked at (`npm run test:sweeps`), or the part of it that `npm test` has time for. */
    whole: boolean;
  }
}

/** Every so-manieth of all, from the place `turn` on; whoever takes turns comes by each. All of them in a sweep. */
export const part = <T>(all: readonly T[], turn: number, of = 4): readonly T[] =>
  inject('whole') ? all : all.filter((_, at) => at % of === turn % of);

/** How many of so many: a quarter, and all in a sweep. */
export const share = (many: number): number => (inject('whole') ? many : Math.ceil(many / 4));
