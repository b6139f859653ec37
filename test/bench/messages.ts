import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { formatSlack, type SlackMessage, slackLimits } from '../../src/destinations/slack/message.ts';
import { formatTeams, type TeamsMessage, teamsLimits } from '../../src/destinations/teams/message.ts';
import { eventKinds, type RelayEvent } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import type { Voice } from '../../src/message/slots.ts';
import { examples } from '../support/examples.ts';
import { largest } from '../support/largest.ts';
import { figure, median } from './median.ts';

const WARM_UP = 3_000;
const ROUNDS = 5_000;
const PROCESSES = 15;

const korean: Voice = { say: locales.ko, timeZone: 'Asia/Seoul' };
const english: Voice = { say: locales.en, timeZone: 'UTC' };

/** Microseconds to make one message. */
function microseconds(make: () => unknown, rounds = ROUNDS): number {
  for (let round = 0; round < Math.min(WARM_UP, rounds); round += 1) make();
  return median(
    Array.from({ length: rounds }, () => {
      const began = performance.now();
      make();
      return (performance.now() - began) * 1000;
    }),
  );
}

const row = (name: string, slack: string, teams: string): string => `  ${name.padEnd(12)} ${slack.padEnd(26)} ${teams}`;

const ofKind = (kind: keyof typeof examples): string => {
  const event: RelayEvent = examples[kind];
  const [slack, teams] = [formatSlack, formatTeams].map((format) =>
    figure(
      microseconds(() => format(event, english)),
      'µs',
    ),
  );
  return row(kind, slack ?? '', teams ?? '');
};

/** The dearest event: every field at its cap, and links so short that only text makes it large. */
function worst(kind: keyof typeof examples): string {
  const event = largest(kind, 'https://example.com/');
  const slack: SlackMessage = formatSlack(event, korean);
  const teams: TeamsMessage = formatTeams(event, korean);
  const cell = (make: () => unknown, bytes: number, most: number) =>
    `${figure(microseconds(make, 500), 'µs')}, ${bytes} of ${most} B`;
  return row(
    kind,
    cell(() => formatSlack(event, korean), slackLimits.size(slack), slackLimits.most),
    cell(() => formatTeams(event, korean), teamsLimits.size(teams), teamsLimits.most),
  );
}

const REGISTRY = fileURLToPath(new URL('../../src/locales/registry.ts', import.meta.url));

/** Milliseconds to load a file in a fresh process. */
function loadTime(file: string): number {
  const script = `const began = performance.now(); require(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - began))`;
  return Number(execFileSync(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** All languages as they are deployed, bundled and minified, against a file without anything. */
async function languageFigures(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  try {
    const [nothing, languages] = ['nothing', 'languages'].map((name) => join(folder, `${name}.cjs`)) as [
      string,
      string,
    ];
    await writeFile(nothing, 'module.exports = 0');
    await build({ entryPoints: [REGISTRY], outfile: languages, bundle: true, minify: true, platform: 'node' });
    // In turns, so that a machine which becomes busy is so for both.
    const times = Array.from({ length: PROCESSES }, () => [nothing, languages].map(loadTime));
    const [none = 0, all = 0] = [0, 1].map((index) => median(times.map((pair) => pair[index] ?? Number.NaN)));
    const kilobytes = figure((await stat(languages)).size / 1024, 'KB');
    return [
      `all languages, bundled, in a fresh process (${kilobytes}; median of ${PROCESSES}; aim: at most 3 ms)`,
      `  nothing ${figure(none, 'ms')}, languages ${figure(all, 'ms')}: ${figure(all - none, 'ms')} more`,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Making messages, per kind and at their largest, and loading the languages. */
export async function messageFigures(): Promise<string> {
  return [
    `format one event for one chat (median of ${ROUNDS}; aim: at most 50 µs)`,
    row('', 'Slack', 'Teams'),
    ...eventKinds.map(ofKind),
    'the largest event of each kind, in Korean (aim: at most 2,000 µs)',
    ...eventKinds.map(worst),
    ...(await languageFigures()),
  ].join('\n');
}
