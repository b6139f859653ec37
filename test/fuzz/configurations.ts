import { readFileSync } from 'node:fs';
import type { Random } from '../../dev/fake-azure/random.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { problem } from '../../src/relay/http.ts';
import { leaked, planted } from './mutations.ts';
import type { Fall } from './stand.ts';

const SAMPLE = readFileSync(new URL('../../relay.sample.yaml', import.meta.url), 'utf8');
const lines = SAMPLE.split('\n').filter((line) => /^\s*[^#\s]/.test(line));

// A name of a receiver, an address, a key: what somebody may put where it does not belong.
const ENV = { NAMED: planted(1), ADDRESS: `https://hooks.slack.com/services/T0/B0/${planted(2)}` };
const variable = (name: keyof typeof ENV) => `\${${name}}`;
const WRITTEN = [
  ...[`"${variable('NAMED')}"`, `x-${variable('NAMED')}`, `"${variable('ADDRESS')}"`, ENV.ADDRESS, `|${planted(3)}`],
  ...['*a', '&a x', '!!js/function x', '!!binary AAAA', '[]', '{}', '[[[[[]]]]]', '~', '7', '1e999', 'true'],
  ...['"\\ud800"', '<<: *a', '__proto__', 'x'.repeat(3_000)],
];
const SETTINGS = Object.fromEntries(
  ['SLACK_WEBHOOK_URL', 'TEAMS_WEBHOOK_URL'].map((name) => [name, 'https://hooks.slack.com/services/T0/B0/x']),
);

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** A line with one of its values replaced. */
function withOther(line: string, random: Random): string {
  const found = [...line.matchAll(/(?<=[:[{,-] *)[^:[\]{},#\s-][^:[\]{},#]*/g)];
  if (found.length === 0) return line;
  const { index, 0: old } = pick(random, found);
  return line.slice(0, index) + pick(random, WRITTEN) + line.slice(index + old.length);
}

/** The sample with values, lines and indents that are others. */
function spoilt(random: Random): string {
  const text = [...lines];
  for (let left = 1 + Math.floor(random() * 5); left > 0; left -= 1) {
    const at = Math.floor(random() * text.length);
    const line = text[at] ?? '';
    const how = random();
    if (how < 0.6) text[at] = withOther(line, random);
    else if (how < 0.65) text[at] = line.replace(/[\w-]+(?=:)/, () => pick(random, WRITTEN));
    else if (how < 0.8) text.splice(at, 1);
    else if (how < 0.9) text.splice(at, 0, line);
    else text[at] = ` ${line}`;
  }
  return text.join('\n');
}

// What is told of a file is read by people.
const MOST_CHARACTERS = 60_000;

/** Reads configurations that nobody wrote on purpose. Each is taken, or refused in words that show no value of a variable. */
export async function tryConfigurations(random: Random, many: number): Promise<readonly Fall[]> {
  const falls: Fall[] = [];
  for (let at = 0; at < many; at += 1) {
    const text = spoilt(random);
    const thrown: unknown = await parseConfigFile(text, { ...SETTINGS, ...ENV }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (thrown === undefined) continue;
    const said = thrown instanceof ConfigurationError ? JSON.stringify(problem(thrown)) : '';
    if (said === '') falls.push({ law: 'a configuration is refused as foreseen', seen: `${String(thrown)}\n${text}` });
    if (leaked(said) !== undefined)
      falls.push({ law: 'no secret in what is wrong with a configuration', seen: said.slice(0, 600) });
    if (said.length > MOST_CHARACTERS)
      falls.push({ law: 'what is wrong is told in few words', seen: `${said.length}` });
  }
  return falls;
}
