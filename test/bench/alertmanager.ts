import { faultLines } from './alertmanager-faults.ts';
import { installedAlertmanager } from './alertmanager-process.ts';
import { type ChatName, startAlertmanager, startMemoryRelay } from './alertmanager-runners.ts';
import { race, SPEED } from './alertmanager-speed.ts';
import { machine } from './faults/machine.ts';
import { seconds } from './faults/table.ts';
import { openSink } from './sink.ts';

// A race with Alertmanager, where it is installed: the same alerts, the same sink, side by side, and what each does not do.

const WIDTH = 34;

async function speed(binary: string, chat: ChatName): Promise<void> {
  await using sink = await openSink();
  await using alertmanager = await startAlertmanager(binary, sink.url);
  await using relay = await startMemoryRelay(sink.url, chat);
  console.log(`one ${chat} receiver: ${SPEED}`);
  const results = await race({ Alertmanager: alertmanager, 'relay, storage in memory': relay }, sink, chat);
  for (const { name, rate, p50, p99, arrived, cpu } of results) {
    const waits = `p50 ${seconds(p50)}, p99 ${seconds(p99)}, ${cpu.toFixed(2)} ms of processor each`;
    console.log(
      `  ${name.padEnd(WIDTH)} ${Math.round(rate).toLocaleString('en')} alerts/s end to end, ${waits}, ${arrived} arrived`,
    );
  }
  const [theirs, ours] = results;
  console.log(`  relay = ${((ours?.rate ?? 0) / (theirs?.rate ?? 1)).toFixed(2)} × Alertmanager (aim: at least 1)\n`);
}

const installed = await installedAlertmanager();
if (installed === undefined) {
  console.log('Alertmanager is not installed (Debian: apt-get install prometheus-alertmanager).');
  process.exit(0);
}
console.log(`${machine()}, Alertmanager ${installed.version}\n`);
for (const chat of ['webhook', 'slack'] as const) await speed(installed.binary, chat);
console.log('What becomes of what was accepted (the relay as the local run, with Azurite):');
console.log(`  ${''.padEnd(WIDTH)} ${'Alertmanager'.padEnd(WIDTH * 2)} relay`);
for (const [fault, theirs, ours] of await faultLines(installed.binary)) {
  console.log(`  ${fault.padEnd(WIDTH)} ${theirs.padEnd(WIDTH * 2)} ${ours}`);
}
console.log(
  [
    '',
    'The speeds compare two that keep nothing: Alertmanager answers 200 before anything is on disk, and so does a relay with',
    'storage in memory. The relay that people run answers 202 once the event is in a queue, which costs the speed that',
    'test/bench/throughput.ts shows and is the stronger guarantee: what is accepted survives a kill. What only Alertmanager',
    'does here: repeating an alert that still fires, and gossip between several of its kind.',
  ].join('\n'),
);
process.exit(0);
