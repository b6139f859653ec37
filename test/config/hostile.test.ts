// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as a configuration file writes variables.
import { describe, expect, it, vi } from 'vitest';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError, type Problem } from '../../src/problems/errors.ts';
import { problem } from '../../src/relay/http.ts';
import { destinationNames } from '../support/payloads.ts';
import { callsIn } from '../support/work.ts';

const SECRET = 'pl4nted-secret';
const SLACK = `https://hooks.slack.com/services/T000/B000/${SECRET}`;
const HOOK = `https://in.example.com/${SECRET}`;
const GOOD = 'receivers: { ops: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }\n';

async function refused(text: string, env: Record<string, string> = {}): Promise<readonly Problem[]> {
  const thrown = await parseConfigFile(text, env).catch((error: unknown) => error);
  if (!(thrown instanceof ConfigurationError)) throw new Error(`not refused as foreseen: ${String(thrown)}`);
  return thrown.problems;
}

const receiver = (rest: string) =>
  `receivers:\n  ops:\n    type: webhook\n    url: https://in.example.com/x\n    ${rest}\n`;

// Whoever asks for its health is told what is wrong with an unmended relay.
describe('what is wrong with a file is told without the secrets in it', () => {
  it.each([
    ['a key that begins with |', receiver(`secret: |${SECRET}`)],
    ['a key that begins with >', receiver(`secret: >-${SECRET}`)],
    ['a key that begins with }', receiver(`secret: }${SECRET}`)],
    ['a key that begins with ]', receiver(`secret: ]${SECRET}`)],
    ['a key that begins with !', receiver(`secret: !${SECRET}`)],
    ['a key that begins with *', receiver(`secret: *${SECRET}`)],
    ['a key with a sign after \\', receiver(`secret: "\\q${SECRET}"`)],
    ['a key behind the last brace', `receivers: { ops: { type: slack, url: "${SLACK}" }}} ${SECRET}\n`],
    ['a directive', `%YAML ${SECRET}\n---\n${GOOD}`],
    ['an address among the names of a route', `${GOOD}routes: [{ to: ["${SLACK}"] }]\n`],
    ['an address among the notices', `${GOOD}notices: ["${HOOK}"]\n`],
    ['an address for a fallback', `receivers: { ops: { type: slack, url: "${SLACK}", fallback: "${HOOK}" } }\n`],
    ['an address for a name', `receivers: { "${SLACK}": { type: slack, url: "${SLACK}" } }\n`],
    ['an address for a key', `receivers:\n  ops:\n    type: slack\n    "${HOOK}": x\n`],
    ['an address for whom to mention', `${GOOD}owners: [{ mention: { "${HOOK}": { user: U012345, name: x } } }]\n`],
    ['an address for a source', `${GOOD}sources: { "${HOOK}": { token: x } }\n`],
    ['an address for what to include', `${GOOD}sources: { custom: { include: ["${HOOK}"] } }\n`],
  ])('%s', async (_what, text) => {
    const problems = await refused(text);

    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.path).toMatch(/^relay\.yaml:\d/);
    expect(JSON.stringify(problem(new ConfigurationError(problems)))).not.toContain(SECRET);
  });

  it.each([
    ['routes', 'routes: [{ to: ["${PLANTED}"] }]'],
    ['a route with more around it', 'routes: [{ to: ["to ${PLANTED}"] }]'],
    ['notices', 'notices: ["${PLANTED}"]'],
    ['a fallback', 'receivers: { ops: { type: slack, url: "https://hooks.slack.com/x", fallback: "${PLANTED}" } }'],
    ['a drill', 'drill: { every: "0 0 9 * * 1", to: ["${PLANTED}"] }'],
    ['a review', 'review: [{ to: ["${PLANTED}"] }]'],
    ['what to include', 'sources: { custom: { include: ["${PLANTED}"] } }'],
    ['conditions', 'routes: [{ to: [ops], match: { source: "${PLANTED}", severity: "${PLANTED}" } }]'],
    ['types', 'receivers: { ops: { type: "${PLANTED}", url: "https://hooks.slack.com/x", locale: "${PLANTED}" } }'],
    ['windows', 'quiet: { windows: [{ name: a, timeZone: "${PLANTED}", receivers: ["${PLANTED}"] }] }'],
  ])('a name out of a variable, in %s', async (_where, text) => {
    const known = text.startsWith('receivers') ? '' : GOOD;
    const problems = await refused(`${known}${text}\n`, { PLANTED: SECRET });

    expect(JSON.stringify(problems)).not.toContain(SECRET);
  });

  it('a name out of a variable is told as it is written', async () => {
    const [problem] = await refused(`${GOOD}notices: ["\${NOBODY}"]\n`, { NOBODY: 'hunter2' });

    expect(problem?.message).toBe('there is no receiver ${NOBODY}');
  });

  it('a word of ours stays whole where a variable holds a part of it', async () => {
    const [problem] = await refused('receivers: { ops: { type: "${TYPE}", url: "https://hooks.slack.com/x" } }\n', {
      TYPE: 'slac',
    });

    expect(problem?.message).toContain(`expected one of ${destinationNames.join(', ')}`);
  });

  it('a list in the place of a key, of which no warning is printed either', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);

    await refused(`${GOOD}? [${HOOK}]\n: x\n`);
    await refused(`${GOOD}x: { { a: ${SECRET} }: y }\n`);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('and names are told', async () => {
    expect(await refused(`${GOOD}notices: [opx]\nröute: 1\n`)).toStrictEqual([
      { path: 'relay.yaml:2:11  notices.0', message: 'there is no receiver opx; did you mean `ops`?' },
      expect.objectContaining({ path: 'relay.yaml:3:1  röute', message: expect.stringContaining('`röute`') }),
    ]);
  });
});

describe('a file that', () => {
  it.each([
    ['holds itself', `${GOOD}routes: &r [{ to: [ops], routes: *r }]\n`],
    ['merges itself', `${GOOD}quiet: &q { <<: *q }\n`],
    ['holds itself twice', `${GOOD}routes: &r [*r, *r, { to: [ops], routes: [*r, *r] }]\n`],
  ])('%s is refused', async (_what, text) => {
    const messages = (await refused(text)).map(({ message }) => message);

    expect(messages).toContain('an alias cannot stand inside of what it stands for');
  });

  it('says the same twice by an alias is taken', async () => {
    const file = await parseConfigFile(`${GOOD}routes: [{ to: &to [ops], match: { kind: scale } }, { to: *to }]\n`, {});

    expect(file.routes?.map(({ to }) => to)).toStrictEqual([['ops'], ['ops']]);
  });

  it('names a receiver as no object can be called is refused', async () => {
    const text = 'receivers: { __proto__: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }\n';

    expect(await refused(text)).toContainEqual({
      path: 'relay.yaml:1:14  receivers.__proto__',
      message: 'this name cannot be used',
    });
  });

  it.each([
    ['has many aliases', (many: number) => `${GOOD}a: &a x\nb: [${'*a,'.repeat(many)}]\n`],
    ['has many problems', (many: number) => GOOD + Array.from({ length: many }, (_, at) => `key${at}: 1\n`).join('')],
    [
      'has a long name for a time zone',
      (many: number) => `${GOOD}quiet: { windows: [{ name: a, timeZone: ${'x'.repeat(many)} }] }\n`,
    ],
  ])('%s is refused in few words, and with as much work as it is long', async (_what, textOf) => {
    await refused(textOf(100));
    const works = [await callsIn(() => refused(textOf(1_000))), await callsIn(() => refused(textOf(2_000)))];

    // The square of it would be four times as much.
    expect((works[1] ?? 0) / (works[0] ?? 1)).toBeLessThan(3);
    expect(JSON.stringify(await refused(textOf(5_000))).length).toBeLessThan(30_000);
  });
});
