import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const page = textOf('SECURITY.md');

/** The rows of tables and the points of lists under a heading, each as one line. */
const promisesUnder = (heading: string): readonly string[] => {
  const [section = ''] = page.split(`## ${heading}\n`)[1]?.split(/^## /m) ?? [];
  const joined = section.replace(/\n {2}(?=\S)/g, ' ');
  return joined.split('\n').filter((line) => /^(?:- |\| (?!What |Who \|))/.test(line));
};

const PROMISES = ['Who can do what', 'Where receivers may be', 'Limits', 'What watches over it'];

const links = [...page.matchAll(/\[([^\]]+)\]\((test\/[^)]+)\)/g)].map(
  ([, said = '', path = '']) => [said, path] as const,
);

it.each(PROMISES)('every promise under "%s" links what holds it, or says that nothing does', (heading) => {
  const promises = promisesUnder(heading);

  expect(promises.length).toBeGreaterThan(2);
  expect(
    promises.filter((each) => !/\]\(test\/|(?:Neither is held by a test|which no test could hold)/.test(each)),
  ).toStrictEqual([]);
});

it.each(links)('"%s" is said in %s', (said, path) => {
  expect(existsSync(new URL(path, ROOT))).toBe(true);
  expect(textOf(path)).toContain(said.replace(/\s+/g, ' '));
});
