import { parseArgs } from 'node:util';
import { Stack } from '../support/stack.ts';
import { built } from './bundle.ts';
import { BEHAVIOURS, type Behaviour } from './door.ts';
import type { Group, Run } from './group.ts';
import { commandsGroup } from './groups/command-line.ts';
import { configurationGroup } from './groups/configuration.ts';
import { driftGroup } from './groups/drift.ts';
import { everythingGroup } from './groups/everything.ts';
import { flatGroup } from './groups/flat.ts';
import { identityGroup } from './groups/identity.ts';
import { keysGroup } from './groups/keys.ts';
import { localGroup } from './groups/local.ts';
import { receiversGroup } from './groups/receivers.ts';
import { storageGroup } from './groups/storage.ts';
import { telemetryGroup } from './groups/telemetry.ts';
import { waysGroup } from './groups/ways.ts';
import { heading, line, type Row } from './row.ts';

// Dependencies that go silent, slow or endless: how long each caller takes, while it lasts and after the cure. Ends with 1
// where one takes far too long, answers what nobody expects, or is not well again.

const GROUPS: readonly Group[] = [
  storageGroup,
  localGroup,
  configurationGroup,
  keysGroup,
  identityGroup,
  receiversGroup,
  waysGroup,
  commandsGroup,
  telemetryGroup,
  everythingGroup,
  flatGroup,
  driftGroup,
];
// Of a change is asked what most often happens, by all but the drift report, which takes minutes to give up.
const SHORT: readonly Behaviour[] = ['silent', 'late'];
const LONG: readonly Group[] = [driftGroup];

// Most of it waits.
const AT_ONCE = 3;

const HELP = `npm run check:silence -- [options]

  --only <names>        groups, by their beginnings: ${GROUPS.map(({ name }) => name).join(', ')}
  --behaviour <names>   ${BEHAVIOURS.join(', ')}
  --short               the part that every change is held to, in three minutes
  --json                the rows as JSON, and no table`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    behaviour: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** Those whose names begin so; all, where nothing is wished. Ends the process where a wish is for none. */
function chosen<T>(all: readonly T[], wish: string, nameOf: (one: T) => string): readonly T[] {
  const wishes = wish.split(',').filter(Boolean);
  const unknown = wishes.find((each) => !all.some((one) => nameOf(one).startsWith(each)));
  if (unknown !== undefined) {
    console.error(`nothing is called "${unknown}"\n\n${HELP}`);
    process.exit(2);
  }
  return wishes.length === 0 ? all : all.filter((one) => wishes.some((each) => nameOf(one).startsWith(each)));
}

const began = performance.now();
const progress = (text: string) =>
  process.stderr.write(`  ${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);

const rows: Row[] = [];

/** The rows of a group are told when it has ended, together. */
async function runOne(group: Group, given: Pick<Run, 'folder' | 'behaviours'>): Promise<void> {
  const stack = new Stack();
  const mine: Row[] = [];
  try {
    await group.run({ ...given, stack, short: values.short, note: (row) => mine.push(row), progress });
  } finally {
    rows.push(...mine);
    if (!values.json && mine.length > 0) console.log(mine.map(line).join('\n'));
    await stack.disposeAsync();
  }
}

async function runAll(): Promise<void> {
  const behaviours = chosen(BEHAVIOURS, values.behaviour || (values.short ? SHORT.join() : ''), (each) => each);
  const all = GROUPS.filter((group) => !values.short || !LONG.includes(group));
  const rest = chosen(all, values.only, ({ name }) => name).values();
  const stack = new Stack();
  const folder = await built(stack);
  const worker = async () => {
    for (const group of rest) await runOne(group, { folder, behaviours });
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await stack.disposeAsync();
  }
}

if (values.help) {
  console.log(HELP);
} else {
  if (!values.json) console.log(heading());
  await runAll();
  const failed = rows.filter(({ fault }) => fault !== undefined);
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  if (values.json) console.log(JSON.stringify({ failed: failed.length, rows }, undefined, 2));
  else
    console.log(
      [
        '',
        ...failed.map((row) => `FAILED ${line(row)}`),
        `${rows.length} rows, ${failed.length} failed, ${seconds} s`,
      ].join('\n'),
    );
  process.exit(failed.length > 0 || rows.length === 0 ? 1 : 0);
}
