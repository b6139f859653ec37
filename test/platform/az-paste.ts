import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { type FakeSet, isBehind } from '../../dev/fake-azure/scale-set.ts';
import type { ToldCommand } from '../drift/read-support/told-commands.ts';
import { type AzRequest, azRequest } from '../support/az-command.ts';

const run = promisify(execFile);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const paste = (command: string, env: NodeJS.ProcessEnv): Promise<Ended> =>
  run('bash', ['-c', `set -e\n${command}`], { env, timeout: 300_000 }).then(
    (ended) => ({ code: 0, ...ended }),
    (error: Ended) => error,
  );

/**
 * Pastes one command into a shell, just after autoscale has added a machine. Resolves with a line for people; rejects where
 * anything but what the command says has happened: another request, another instance of the whole fleet that changed, one
 * touched that was held, excluded or being made, a capacity that was undone, or a list of something else.
 */
export async function pasted(each: ToldCommand, fake: FakeAzure, env: NodeJS.ProcessEnv): Promise<string> {
  const { command, set: name, advice, free, verdict } = each;
  const set = () => fake.fleet.set(name);
  const capacity = set().state.capacity + 1;
  fake.fleet.scale(name, capacity);
  const [before, writes] = [modelsOf(fake), fake.writes.length];
  const { code, stdout, stderr } = await paste(command, env);
  const requests = command.split('\n').map(azRequest);
  const wanted = requests.filter(({ method }) => method !== 'GET');
  const named = wanted.flatMap(({ ids = [] }) => ids);
  const updated = wanted.filter(({ path }) => /\/(?:manualupgrade|approveRollingUpgrade)$/.test(path));
  const moved = [...modelsOf(fake)].flatMap(([key, model]) => (model === before.get(key) ? [] : [key]));
  const problems = [
    // There never was an upgrade of some; az says so and ends with 3.
    ...(code === 0 || (advice === 'inspect' && code === 3) ? [] : [`ended with ${code}: ${stderr}`]),
    ...differing('sent', fake.writes.slice(writes).map(line), wanted.map(line)),
    ...differing(
      'moved',
      moved,
      updated.flatMap(({ ids = [] }) => ids).map((id) => `${set().id}/${id}`),
    ),
    ...named.filter((id) => !free.includes(id)).map((id) => `${id} was to be left alone`),
    ...differing('capacity', [`${set().state.capacity}`], [`${capacity}`]),
    ...listed(requests, stdout, set()),
  ];
  if (problems.length > 0) throw new Error(`az did something else.\n${command}\n${problems.join('\n')}`);
  return `  ${verdict.padEnd(16)} ${advice.padEnd(8)} ${name}: ${wanted.map(line).join() || 'only looked'}`.slice(
    0,
    200,
  );
}

/**
 * A machine, and then a set, that is gone between the report and the paste: nothing happens, to others neither, and az says
 * what is not there. One command of each kind; only those that name machines know one that is gone.
 */
export async function pastedTooLate(
  commands: readonly ToldCommand[],
  fake: FakeAzure,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const kinds = [...new Map(commands.map((each) => [each.advice, each])).values()];
  for (const { command, set } of kinds) {
    const [id] = azRequest(command.split('\n')[0] ?? '').ids ?? [];
    if (id === undefined) continue;
    fake.fleet.surge(set, [id]);
    await refused(command, /InvalidParameter/, fake, env);
  }
  for (const { command, set } of kinds) {
    if (fake.fleet.find(set) !== undefined) fake.fleet.deleteSet(set);
    await refused(command, /(?:Resource)?NotFound/, fake, env);
  }
  return `  too late: ${kinds.length} kinds of commands change nothing once a machine that they name, or the set, is gone`;
}

async function refused(command: string, word: RegExp, fake: FakeAzure, env: NodeJS.ProcessEnv): Promise<void> {
  const before = modelsOf(fake);
  const { code, stderr } = await paste(command, env);
  const moved = [...modelsOf(fake)].flatMap(([key, model]) => (model === before.get(key) ? [] : [key]));
  if (code !== 0 && word.test(stderr) && moved.length === 0) return;
  throw new Error(`az was to refuse it.\n${command}\nended with ${code}: ${stderr}\nmoved ${moved}`);
}

/** The model of every instance of the fleet, by its id. */
const modelsOf = ({ fleet }: FakeAzure) =>
  new Map(fleet.sets.flatMap(({ id, state }) => state.instances.map((one) => [`${id}/${one.id}`, one.model] as const)));

const line = ({ method, path, body }: Pick<AzRequest, 'path' | 'body'> & { readonly method: string }): string =>
  JSON.stringify({ method, path: path.toLowerCase(), body });

const differing = (what: string, seen: readonly string[], meant: readonly string[]): readonly string[] =>
  seen.toSorted().join() === meant.toSorted().join() ? [] : [`${what} ${seen}\nmeant ${meant}`];

/** Whether the list of what is behind besides, which follows an update, is that. Of a Flexible set it is every VM. */
function listed(requests: readonly AzRequest[], stdout: string, set: FakeSet): readonly string[] {
  const last = requests.at(-1);
  if (requests.length < 2 || last?.method !== 'GET') return [];
  const seen = stdout.split('\n').flatMap((row) => row.split('\t')[0] || []);
  const meant = set.state.instances.filter(
    (one) => set.orchestration === 'Flexible' || (isBehind(one, set.state) && !one.isProtected),
  );
  return differing(
    'listed',
    seen,
    meant.map(({ id }) => id),
  );
}
