import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const page = textOf('SECURITY.md');

/** What a section begins with that promises nothing, and which those are. */
const TOLD = /^\*(?:For you to do|No test holds this)\.\*/;
const PROMISE_NOTHING = ['Report', 'Set up', 'Rotate', 'What no test holds'];

const sections = page.split(/^## /m).map((section) => {
  const [heading = '', ...lines] = section.split('\n');
  return { heading, text: lines.join('\n').trim() };
});

/** The sentences of a text and the rows of its tables, which are a sentence each. */
function promisesIn(text: string): readonly string[] {
  const [rows, others] = [/^\|.*$/gm, /^\|.*$\n?/gm];
  const inTables = (text.match(rows) ?? []).filter(
    (row, at, all) => !/^\|-/.test(all[at + 1] ?? '') && !/^\|-/.test(row),
  );
  const paragraphs = text.replace(others, '\n').split(/\n\s*\n|\n(?=- |\d+\. )/);
  const inProse = paragraphs.flatMap((paragraph) =>
    paragraph
      .replace(/^(?:- |\d+\. )/, '')
      .replace(/\s+/g, ' ')
      .split(/(?<=[.;]\)?) (?=[A-Z`*[])/),
  );
  return [...inTables, ...inProse].map((each) => each.trim()).filter((each) => each !== '');
}

const isHeld = (promise: string): boolean => promise.includes('](test/');

const links = [...page.matchAll(/\[([^\]]+)\]\((test\/[^)]+)\)/g)].map(
  ([, said = '', path = '']) => [said, path] as const,
);

describe('every sentence that promises something links its test', () => {
  const promising = sections.filter(({ text }) => !TOLD.test(text));

  it('but for sections that say at their beginning that they promise nothing', () => {
    expect(sections.filter(({ text }) => TOLD.test(text)).map(({ heading }) => heading)).toStrictEqual(PROMISE_NOTHING);
  });

  it.each(promising.map(({ heading, text }) => [heading, text]))('%s', (_heading, text) => {
    expect(promisesIn(text).filter((promise) => !isHeld(promise))).toStrictEqual([]);
  });

  it('and one that does not is found, in prose, in a list and in a table', () => {
    const held = 'Held ([x](test/x.ts)).';
    const text = `${held} Not\nheld.\n\n- ${held}\n  Nor this.\n\n| What | So |\n|---|---|\n| a | ${held} |\n| b | c |`;

    expect(promisesIn(text).filter((promise) => !isHeld(promise))).toStrictEqual([
      '| b | c |',
      'Not held.',
      'Nor this.',
    ]);
    expect(promisesIn(text)).toHaveLength(6);
  });
});

it.each(links)('"%s" is said in %s', (said, path) => {
  expect(existsSync(new URL(path, ROOT))).toBe(true);
  expect(textOf(path)).toContain(said.replace(/\s+/g, ' '));
});
