import { parseArgs } from 'node:util';
import { answers, baseline, slowAnswers } from './faults/answers.ts';
import { killed } from './faults/killed.ts';
import { machine } from './faults/machine.ts';
import type { Scenario } from './faults/scenario.ts';
import { storageFaults } from './faults/storage-faults.ts';
import { storm } from './faults/storm.ts';
import { heading, line } from './faults/table.ts';
import type { Figures } from './faults/tally.ts';
import { tenMinutes } from './faults/ten-minutes.ts';

// Faults against the real local run: what becomes of events that it has answered for. Ends with 1 where one was lost,
// or doubled without need.

const SCENARIOS: readonly Scenario[] = [baseline, answers, slowAnswers, tenMinutes, storageFaults, killed, storm];
const NAMES = SCENARIOS.flatMap(({ names }) => names);

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '20261121' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const beginnings = values.only.split(',').filter(Boolean);
const isWanted = (name: string) => beginnings.length === 0 || beginnings.some((each) => name.startsWith(each));
const unknown = beginnings.filter((each) => !NAMES.some((name) => name.startsWith(each)));

if (values.help || unknown.length > 0) {
  console.log(`npm run bench:faults -- [--only ${NAMES.join(',')}] [--seed number] [--json]`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const began = Date.now();
const progress = (text: string) => {
  if (!values.json) process.stderr.write(`  ${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);
};

const rows: Figures[] = [];
if (!values.json) console.log(`${machine()}\n\n${heading()}`);
for (const { names, run } of SCENARIOS) {
  const wanted = names.filter(isWanted);
  if (wanted.length === 0) continue;
  for (const row of await run(wanted, { seed: Number(values.seed), progress })) {
    rows.push(row);
    if (!values.json) console.log(line(row));
  }
}
if (values.json) console.log(JSON.stringify({ machine: machine(), seed: Number(values.seed), rows }, undefined, 2));
else
  console.log(
    `\n${rows.every(({ ok }) => ok) ? 'Nothing was lost.' : 'NOT KEPT: see above.'}  ${((Date.now() - began) / 1_000).toFixed(0)} s`,
  );
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);
