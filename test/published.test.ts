import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedFolders, publishedIn } from './support/published.ts';

const MANIFEST = readFileSync(new URL('./fixtures/MANIFEST.md', import.meta.url), 'utf8');
const rows = [...MANIFEST.matchAll(/^\| ([\w./-]+)\.json \| (.+) \| (.+) \| (.+) \|$/gm)];

it('the manifest names every published body once, and no other', () => {
  const there = publishedFolders().flatMap((folder) => publishedIn(folder).map((name) => `${folder}/${name}`));

  expect(rows.map(([, name]) => name).sort()).toStrictEqual([...there].sort());
});

it('the manifest says what each follows, and under which licence', () => {
  const lacking = rows.filter((row) => row.slice(2).some((cell) => (cell?.trim() ?? '') === ''));

  expect(lacking.map(([row]) => row)).toStrictEqual([]);
});
