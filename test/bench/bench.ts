import { availableParallelism, cpus } from 'node:os';
import { acceptFigures } from './accept.ts';
import { commandFigures } from './commands.ts';
import { driftFigures } from './drift.ts';
import { loadFigures } from './load.ts';
import { memoryFigures } from './memory.ts';
import { messageFigures } from './messages.ts';
import { pipelineFigures } from './pipeline.ts';
import { routingFigures } from './routing.ts';
import { senderFigures } from './senders.ts';
import { stormFigures } from './storms.ts';

// Figures, not assertions: each is a median of several runs, beside a bare baseline in the same run.

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}\n`,
);
// One alone by its name; `drift` and `storms` take the folder of another checkout as well, to be measured beside.
const [only, beside] = process.argv.slice(2);
const all = {
  accept: acceptFigures,
  pipeline: pipelineFigures,
  routing: routingFigures,
  messages: messageFigures,
  senders: senderFigures,
  load: loadFigures,
  commands: commandFigures,
  memory: memoryFigures,
  drift: () => driftFigures(beside),
  storms: () => stormFigures(beside),
};
for (const [name, figures] of Object.entries(all)) {
  if (only === undefined || only === name) console.log(`${await figures()}\n`);
}
