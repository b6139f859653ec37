import { parseArgs } from 'node:util';
import { typedHere } from '../src/event/command.ts';
import { createFakeAzure } from './fake-azure/fake-azure.ts';
import { generateFleet } from './fake-azure/generate.ts';
import { sampleMonitor } from './fake-azure/monitor.ts';

// A scale set fleet on this machine, to try the drift report by hand. Nothing of it leaves 127.0.0.1.

const HELP = `A fake Azure Resource Manager and Resource Graph on 127.0.0.1.

  ${typedHere.fakeAzureOptions} [options]

  --sets <n>           scale sets                                    12
  --instances <n>      instances in each                             10
  --subscriptions <n>  subscriptions that they are spread over       1
  --regions <n>        regions, at most 8                            1
  --drifted <share>    share of the sets that have drifted, 0 to 1   0.3
  --flex <share>       share of the sets that are Flexible           0
  --rolling <share>    share of the sets in mode Rolling             0.2
  --seed <n>           another number makes another fleet            1
  --latency <ms>       time that every answer takes                  0
  --no-limits          answers however often it is asked
  --port <n>           0 takes a free one                            7080
  --help`;

const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;

const options = {
  sets: text('12'),
  instances: text('10'),
  subscriptions: text('1'),
  regions: text('1'),
  drifted: text('0.3'),
  flex: text('0'),
  rolling: text('0.2'),
  seed: text('1'),
  latency: text('0'),
  port: text('7080'),
  'no-limits': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** A mistake of whoever started it is told in one line. */
function stop(message: string): never {
  console.error(`${message} (--help says more)`);
  process.exit(2);
}

function given(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof given>;

type Counted = Exclude<keyof Values, 'no-limits' | 'help'>;

function numberOf(name: Counted, text: string, most: number, whole: boolean): number {
  const value = Number(text);
  if (text !== '' && value >= 0 && value <= most && (!whole || Number.isInteger(value))) return value;
  return stop(`--${name} takes ${whole ? 'a whole number' : 'a number'} from 0 to ${most}, not "${text}"`);
}

const counted = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;

async function serve(values: Values): Promise<void> {
  const number = (name: Counted, most: number, whole = true) => numberOf(name, values[name], most, whole);
  const fleet = generateFleet({
    sets: number('sets', 10_000),
    instancesPerSet: number('instances', 1_000),
    subscriptions: Math.max(1, number('subscriptions', 1_000)),
    regions: Math.max(1, number('regions', 8)),
    driftedShare: number('drifted', 1, false),
    flexShare: number('flex', 1, false),
    rollingShare: number('rolling', 1, false),
    seed: number('seed', 1_000_000),
  });
  for (const set of fleet.sets) {
    const { name, state } = set;
    fleet.autoscale(set, { name: `${name}-scale`, minimum: 1, maximum: state.capacity + 3 });
  }
  const latency = number('latency', 60_000);
  const ending = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  const azure = await createFakeAzure({
    fleet,
    port: number('port', 65_535),
    latency,
    byHand: true,
    monitor: sampleMonitor(fleet),
    ...(values['no-limits'] && { limits: 'off' as const }),
  }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE'
      ? stop(`port ${values.port} is taken; --port 0 takes a free one`)
      : Promise.reject(error),
  );
  const scope = fleet.subscriptions.map(({ id }) => `sub:${id}`).join(',');
  const fleetSize = `${counted(fleet.sets.length, 'scale set')} in ${counted(fleet.subscriptions.length, 'subscription')}`;
  console.log(`ready  ${azure.url}  (${fleetSize})`);
  console.log(`relay  ARM_ENDPOINT=${azure.url} DRIFT_SCOPE=${scope} ${typedHere.start}`);
  const connect = `connect --url https://relay.example.net --home ${fleet.subscriptions[0]?.id}/rg-relay`;
  console.log(`who    ARM_ENDPOINT=${azure.url} ${typedHere.relay} ${connect}`);
  console.log('run    curl -X POST http://127.0.0.1:7071/admin/functions/drift');
  const [first] = fleet.sets;
  if (first !== undefined) {
    const scale = `curl -sX POST '${azure.url}/scale/${first.name}?to=${first.state.capacity + 3}'`;
    console.log(`scale  ${scale} | curl http://127.0.0.1:7071/api/webhooks -H 'content-type: application/json' -d @-`);
  }
  await ending;
  await azure[Symbol.asyncDispose]();
  console.log(`ended after ${azure.requests} requests`);
}

/**
 * Serves a scale set fleet of this machine until a signal comes, and prints how to go on. `args` as HELP has them; what is
 * wrong with them is told in one line, and ends the process with 2.
 */
export async function fakeAzure(args: readonly string[]): Promise<void> {
  const values = given(args);
  if (values.help) console.log(HELP);
  else await serve(values);
}
