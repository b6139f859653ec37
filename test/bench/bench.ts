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

// Figures, not assertions: each is a median of several runs, beside a bare baseline in the same run.

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}\n`,
);
const all = [
  acceptFigures,
  pipelineFigures,
  routingFigures,
  messageFigures,
  senderFigures,
  loadFigures,
  commandFigures,
  memoryFigures,
  driftFigures,
];
for (const figures of all) console.log(`${await figures()}\n`);
