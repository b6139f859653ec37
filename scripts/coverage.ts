import { RelayError } from '../src/problems/errors.ts';
import { sampleBodies } from '../test/sources/support/sample-bodies.ts';
import { fixturesOf } from '../test/support/fixtures.ts';
import { allSources, read } from '../test/support/normalize.ts';
import { wordsOf } from './known-words.ts';

// Prints how many bodies of every sender are read: those written for its tests, and those in the shapes of published examples.

interface Body {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is wrong with a body's reading; undefined where the right source reads it. */
function failure({ body, headers }: Body, allowed: readonly string[]): string | undefined {
  try {
    const given = { payload: body, headers: new Headers(headers) };
    const source = allSources.find((each) => each.detects(body, given.headers));
    if (source === undefined || !allowed.includes(source.name)) return `detected as ${source?.name ?? 'nobody'}`;
    read(given);
    return undefined;
  } catch (error) {
    if (error instanceof RelayError) return error.message;
    throw error;
  }
}

function report(
  title: string,
  rows: readonly { name: string; bodies: readonly Body[]; allowed: readonly string[] }[],
): number {
  console.log(`\n${title}`);
  let failed = 0;
  for (const { name, bodies, allowed } of rows) {
    const failures = bodies.flatMap((body) => {
      const reason = failure(body, allowed);
      return reason === undefined ? [] : [`${body.name}: ${reason}`];
    });
    failed += failures.length;
    console.log(`  ${name.padEnd(24)} ${String(bodies.length - failures.length).padStart(3)} of ${bodies.length}`);
    for (const each of failures) console.log(`      ${each}`);
  }
  return failed;
}

const fixtures = allSources.map(({ name }) => ({ name, allowed: [name], bodies: fixturesOf(name) }));
const failed = report('Fixtures', fixtures) + report('Published', sampleBodies);
if (failed > 0) process.exitCode = 1;

console.log('\nWords that are known, and the page of each');
for (const { name } of allSources) {
  for (const { name: table, words, documented } of wordsOf(name)) {
    console.log(`  ${name.padEnd(16)} ${table}: ${words.join(' · ')}\n${' '.repeat(19)}${documented}`);
  }
}
