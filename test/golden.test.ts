import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { goldenMessages } from '../scripts/golden.ts';

const FOLDER = new URL('golden/', import.meta.url);

it('writes the golden messages as they are kept, to the byte', () => {
  const kept = readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')]);

  expect(Object.fromEntries(goldenMessages())).toStrictEqual(Object.fromEntries(kept));
});
