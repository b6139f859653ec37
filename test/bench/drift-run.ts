import { readFileSync } from 'node:fs';
import { driftSettings } from '../../src/drift/rules/settings.ts';
import { createDriftCheck } from '../../src/drift/run.ts';
import { resourceManager } from '../../src/outbound/arm/resource-manager.ts';
import { MemoryDriftStore } from '../drift/read-support/memory-store.ts';

// Some runs of the drift report in a process of their own, so that its memory is nobody else's. One line of JSON for each.

const [times = '1', pause = '0'] = process.argv.slice(2);
const settings = driftSettings(process.env);
if (settings === undefined) throw new Error('there is no DRIFT_SCOPE');
const check = createDriftCheck({
  settings,
  store: new MemoryDriftStore(),
  open: resourceManager({ endpoint: settings.armEndpoint, identity: { kind: 'managed' } }),
  clock: { now: Date.now },
  send: async () => undefined,
});
for (let run = 0; run < Number(times); run += 1) {
  const cpu = process.cpuUsage();
  const report = await check();
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ ...report, cpu: (user + system) / 1000, megabytes: mostMegabytes() }));
  await new Promise((done) => setTimeout(done, Number(pause)));
}

/** Since the process began; getrusage would count what the process had that started this one. */
function mostMegabytes(): number {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes ?? Number.NaN) / 1024;
}
