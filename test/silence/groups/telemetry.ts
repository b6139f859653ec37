import { setTimeout as sleep } from 'node:timers/promises';
import { canCertify, certificate } from '../../support/certificate.ts';
import { listen } from '../../support/server.ts';
import { Bundle, configured } from '../bundle.ts';
import { webhook } from '../callers.ts';
import { type Behaviour, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { silentStorage } from '../storage.ts';
import { chats } from './storage.ts';

// Spans and metrics may each have one request under way, and a second one begins while the first is given up.
const MOST_OPEN = 4;

const ANSWERS = { headers: { 'content-type': 'application/json' }, status: 200 };

/** Application Insights and a collector, which both behave so, and what leads there. */
async function sinks(stack: Run['stack']) {
  const own = stack.use(await certificate());
  const insights = stack.use(await listen({ ...ANSWERS, body: '{"itemsReceived":1,"itemsAccepted":1,"errors":[]}' }));
  const collector = stack.use(await listen({ ...ANSWERS, body: '{}' }));
  const doors = [
    stack.use(await doorTo({ to: insights.url, tls: own })),
    stack.use(await doorTo({ to: collector.url })),
  ] as const;
  const env = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=00000000-0000-4000-8000-0000000000aa;IngestionEndpoint=${doors[0].url}/`,
    OTEL_EXPORTER_OTLP_ENDPOINT: doors[1].url,
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
    NODE_EXTRA_CA_CERTS: own.file,
  };
  return { doors, env };
}

/** Where the relay tells of itself: webhooks do not wait for it, connections do not pile up, and an end is not held up. */
export const telemetryGroup: Group = {
  name: 'telemetry',
  async run(run) {
    if (!(await canCertify())) return run.progress('telemetry: not looked at, there is no openssl');
    run.progress(`telemetry: ${run.behaviours.join(', ')}`);
    const { config } = await chats(run.stack);
    const storage = await silentStorage(run.stack);
    const env = { AzureWebJobsStorage: storage.through, ...(await configured(run.stack, config)) };
    await Promise.all(run.behaviours.map((behaviour) => told(run, env, behaviour)));
  },
};

async function told(
  { stack, folder, note, short }: Run,
  env: Record<string, string>,
  behaviour: Behaviour,
): Promise<void> {
  const { doors, env: more } = await sinks(stack);
  const bundle = await Bundle.start(stack, folder, { ...env, ...more });
  const about = { dependency: 'telemetry', behaviour } as const;
  await webhook.call(bundle, new Set());
  for (const door of doors) door.behaviour = behaviour;
  const until = Date.now() + (short ? 20_000 : 100_000);
  let slowest = await timed({ ...about, caller: 'webhook, the slowest', figure: 'webhook' }, () =>
    webhook.call(bundle, new Set()),
  );
  let calls = 1;
  while (Date.now() < until) {
    await sleep(500);
    const row = await timed({ ...about, caller: 'webhook, the slowest', figure: 'webhook' }, () =>
      webhook.call(bundle, new Set()),
    );
    calls += 1;
    if (row.fault !== undefined || row.seconds > slowest.seconds) slowest = row;
  }
  note({ ...slowest, result: `${slowest.result}, of ${calls}` });
  const open = doors.map((door) => door.open);
  note({
    ...{ ...about, caller: 'connections at the end', figure: 'deep', seconds: 0, result: open.join(' and ') },
    ...(open.some((each) => each > MOST_OPEN) && { fault: 'they pile up' }),
  });
  note(
    await timed({ ...about, caller: 'its end', figure: 'end' }, async () => {
      await bundle.terminate();
      return { result: 'ended' };
    }),
  );
}
