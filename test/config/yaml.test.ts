import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

async function problemsOf(text: string): Promise<readonly string[]> {
  const error = await parseConfigFile(text, {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error('the file was taken');
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a variable without quotes inside of braces', () => {
  const told = (at: string) => `relay.yaml:${at}: \`\${…}\` inside of { } or [ ] must be in quotes: "\${NAME}"`;

  it.each([
    ['receivers:\n  a: { type: slack, url: $S }\n', ['2:26']],
    ['receivers:\n  a: { url: $S, type: slack }\n  b: { type: teams, url: $S, locale: ko }\n', ['2:13', '3:26']],
    ['receivers:\n  a: { url: https://x/$S }\nroutes: {\n', ['2:23']],
    ['receivers:\n  a: { type: slack,\n    url: $S,\n    locale: ko }\n', ['3:10']],
    ['routes:\n  - { to: [$S, b] }\n', ['2:12']],
  ])('%j is told once for each, and nothing else is', async (text, places) => {
    expect(await problemsOf(text.replaceAll('$S', () => `\${SLACK_URL}`))).toStrictEqual(places.map(told));
  });

  it('is as good as any other text outside of them', async () => {
    expect((await problemsOf(`receivers:\n  a:\n    url: \${NONE}\n`)).join()).toContain('NONE is not set');
  });
});

it('other text with a brace or a bracket inside of braces must be in quotes', async () => {
  expect(await problemsOf('receivers:\n  a: { url: https://x/{id} }\n')).toStrictEqual([
    'relay.yaml:2:23: text with a brace or a bracket in it must be in quotes here',
  ]);
});

describe('a line that stands beside nothing', () => {
  const deeper = (at: string, line: number, column: number) =>
    `relay.yaml:${at}: this line is indented deeper than line ${line}: begin it at column ${column}, as that does`;
  const between = (at: string, places: string) =>
    `relay.yaml:${at}: this line begins where none above it does: begin it at column ${places}`;

  it.each([
    ['receivers:\n  a:\n    type: slack\n     url: x\n', deeper('4:6', 3, 5)],
    ['receivers:\n  a:\n    type: slack\n\n    # of whom\n         url: x\n    locale: ko\n', deeper('6:10', 3, 5)],
    ['receivers:\r\n  a:\r\n    type: slack\r\n      url: x\r\n', deeper('4:7', 3, 5)],
    ['receivers:\n  a: { type: slack }\n    b: { type: teams }\n', deeper('3:5', 2, 3)],
    ['routes:\n  - to: [a]\n     match: { kind: scale }\n', deeper('3:6', 2, 5)],
    ['routes:\n  - to: [a]\n   - to: [b]\n', deeper('3:4', 2, 3)],
    ['receivers:\n  a:\n    type: slack\n   url: x\n', between('4:4', '3, as line 2 does, or 5, as line 3 does')],
    ['receivers:\n   a:\n    type: slack\n  b:\n', between('4:3', '1, as line 1 does, or 4, as line 2 does')],
  ])('%j is told with where it may begin', async (text, told) => {
    expect(await problemsOf(text)).toStrictEqual([told]);
  });

  it('is named, however deep it is', async () => {
    const more = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(more, more, async (depth, extra) => {
        const [is, wrong] = [' '.repeat(depth), ' '.repeat(depth + extra)];
        expect(await problemsOf(`receivers:\n${is}a: { type: slack }\n${wrong}b: { type: teams }\n`)).toStrictEqual([
          deeper(`3:${depth + extra + 1}`, 2, depth + 1),
        ]);
      }),
    );
  });
});

it.each([
  ['receivers:\n  a: b: c\n', 'relay.yaml:2:6: a value with `: ` in it must be in quotes'],
  ['abc\ndef: 1\n', 'relay.yaml:1:1: expected `key: value` in one line'],
])('%j is told by what is to be done', async (text, told) => {
  expect(await problemsOf(text)).toStrictEqual([told]);
});

describe('a file that begins with nothing', () => {
  const START = 'begin it with `receivers:`, as relay.sample.yaml does';

  it.each(['', ' \n', '# later\n', 'null', '---\n', '---\n...\n'])('%j is empty', async (text) => {
    expect(await problemsOf(text)).toStrictEqual([`relay.yaml:1:1: the file is empty; ${START}`]);
  });

  it.each(['hello', '[]', '42', '- receivers'])('%j is something else', async (text) => {
    expect(await problemsOf(text)).toStrictEqual([`relay.yaml:1:1: ${START}`]);
  });
});

it('an empty `to` of a route says how events are dropped', async () => {
  const receivers = 'receivers: { a: { type: slack, url: "https://hooks.slack.com/services/T/B/x" } }\n';
  const DROP = 'expected at least one receiver; to drop events, leave them unmatched: then no route takes them';

  expect(await problemsOf(`${receivers}routes:\n  - to: []\n  - { to: [a], routes: [{ to: [] }] }\n`)).toStrictEqual([
    `relay.yaml:3:9  routes.0.to: ${DROP}`,
    `relay.yaml:4:31  routes.1.routes.0.to: ${DROP}`,
  ]);
});

it('thousands of problems are told by ten of each sentence, a hundred of them, and how many more there are', async () => {
  const text = `receivers:\n  a:\n    b: 1\n${'   c: 1\n'.repeat(3_000)}`;
  const told = await problemsOf(text);

  expect(told.length).toBeLessThanOrEqual(100);
  const urls = Array.from({ length: 3_000 }, (_, at) => `  r${at}: { type: slack, url: "http://example.com" }\n`);
  const alike = await problemsOf(`receivers:\n${urls.join('')}`);
  expect(alike).toHaveLength(10);
  expect(alike.at(-1)).toMatch(/^relay\.yaml:11:\d+ {2}receivers\.r9\.url: .*; and 2,990 more like it$/);
  const different = Array.from(
    { length: 300 },
    (_, at) => `  r${at}: { type: slack, url: "https://a.example", k${at}: 1 }\n`,
  );
  expect((await problemsOf(`receivers:\n${different.join('')}`)).at(-1)).toMatch(/; and \d+ more problems$/);
});
