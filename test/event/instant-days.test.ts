import { expect, it } from 'vitest';
import { instant } from '../../src/event/time/instant.ts';

it.each([['2026-02-29T00:00:00Z'], ['2026-02-30T00:00:00Z'], ['2026-11-31T00:00:00Z']])(
  'reads none in a day that does not exist (%s)',
  (text) => {
    expect(instant(text)).toBeUndefined();
  },
);
