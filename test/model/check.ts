import { parseArgs } from 'node:util';
import type { Explored } from './explore.ts';
import { faults, plant } from './faults.ts';
import { withoutRealTime } from './real-time.ts';

// Every order in which two instances may do what they do, with crashes, refusals and clocks that jump, as far as there is time
// for that. Ends with 1 where a law is broken.

const HELP = `npm run check:model -- [options]

  --only <name>         one scenario
  --short               the part that npm test looks at
  --oddities <number>   how often a run may do another thing than the usual one
  --runs <number>       so many of each scenario at most, those with few oddities first
  --random <number>     so many more runs of each scenario, each with many oddities
  --seed <number>       of these; without it, 1
  --replay <choices>    one run, step by step, such as 0,1,0,2; with --only
  --fault <name>        with a mistake in the code: ${faults.map(({ name }) => `\n                          ${name}`).join('')}
  --json                the figures as JSON`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    oddities: { type: 'string' },
    runs: { type: 'string' },
    random: { type: 'string' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    fault: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** Ends the process: nobody can do what was asked for. */
function refuse(why: string): never {
  console.error(`${why}\n\n${HELP}`);
  process.exit(2);
}

if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const fault = faults.find(({ name }) => name === values.fault);
if (values.fault !== undefined) plant(fault ?? refuse(`no fault is called "${values.fault}"`));
const { explore, replay, wander } = await import('./explore.ts');
const { scenarios } = await import('./scenarios.ts');
const chosen = scenarios.filter(({ name }) => values.only === '' || name === values.only);
const [first] = chosen;
if (first === undefined)
  refuse(`no scenario is called "${values.only}"; there are: ${scenarios.map(({ name }) => name).join(', ')}`);
withoutRealTime();

// Under two minutes on two cores.
const WHOLE = { oddities: 2, runs: 2_200, random: 300 };

const began = performance.now();
const seconds = () => ((performance.now() - began) / 1_000).toFixed(0);

function progress(name: string, runs: number): void {
  if (process.stderr.isTTY && runs % 50 === 0) process.stderr.write(`\r${name}: ${runs} runs, ${seconds()} s `);
}

async function explored(): Promise<readonly Explored[]> {
  const all: Explored[] = [];
  for (const scenario of chosen) {
    const most = values.short ? 0 : WHOLE.oddities;
    const oddities = Number(values.oddities ?? Math.max(most, scenario.oddities ?? 1));
    const random = Number(values.random ?? (values.short ? 0 : WHOLE.random));
    const note = (runs: number) => progress(scenario.name, runs);
    const found = await explore(scenario, { oddities, most: Number(values.runs ?? WHOLE.runs) }, note);
    const more = found.violation === undefined ? await wander(scenario, random, Number(values.seed), note) : undefined;
    all.push({ ...found, runs: found.runs + (more?.runs ?? 0), violation: found.violation ?? more?.violation });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    if (!values.json) console.log(lineOf(all.at(-1)));
  }
  return all;
}

function lineOf(found: Explored | undefined): string {
  if (found === undefined) return '';
  const { scenario, runs, states, isWhole, violation } = found;
  const figures = `${scenario}: ${runs} runs${isWhole ? '' : ' of more'}, ${states} states, ${seconds()} s`;
  if (violation === undefined) return figures;
  return [
    figures,
    ...violation.broken.map((each) => `  BROKEN ${each}`),
    `  npm run check:model -- --only '${scenario}' --replay ${violation.choices.join() || '0'}`,
  ].join('\n');
}

if (values.replay !== undefined) {
  const broken = await replay(first, values.replay.split(',').map(Number), console.log);
  console.log(broken.length > 0 ? broken.map((each) => `BROKEN ${each}`).join('\n') : 'every law holds');
  process.exit(broken.length > 0 ? 1 : 0);
}
const all = await explored();
const states = all.reduce((sum, each) => sum + each.states, 0);
const runs = all.reduce((sum, each) => sum + each.runs, 0);
if (values.json) console.log(JSON.stringify({ runs, states, scenarios: all }, undefined, 2));
else console.log(`${runs} runs, ${states} states, ${seconds()} s`);
process.exit(all.some(({ violation }) => violation !== undefined) ? 1 : 0);
