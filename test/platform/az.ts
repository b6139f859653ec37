import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fleetRun } from '../check-drift/support/fleet-run.ts';
import { freeOf, type ToldCommand, toldCommands } from '../check-drift/support/told-commands.ts';
import { azRequest } from '../support/az-command.ts';
import type { FakeAzure } from '../support/fake-azure/fake-azure.ts';
import { azAccount, tlsFront } from './az-account.ts';

const run = promisify(execFile);

/**
 * Runs every command that the drift report tells in a season with the Azure command line that is installed here, and holds
 * what arrives at a fake Resource Manager to what the tests' own parser says of it. Resolves with one line for people.
 */
export async function checkAz(): Promise<string> {
  const program = await installed();
  if (program === undefined) return 'NOT CHECKED: az is not installed here';
  const folder = await mkdtemp(join(tmpdir(), 'relay-az-'));
  try {
    await using fleet = await fleetRun({
      ...{ fleet: { sets: 0 }, env: { DRIFT_SOURCE: 'auto' }, azure: { writes: true, limits: 'off' } },
    });
    const told = await toldCommands(fleet);
    await using front = await tlsFront(folder, fleet.fake.url);
    const account = await azAccount(
      folder,
      front,
      fleet.fleet.subscriptions.map(({ id }) => id),
    );
    const env = { ...account, PATH: `${await shim(folder, program)}${delimiter}${account.PATH}` };
    for (const each of told) await checkOne(each, fleet.fake, env);
    const { stdout } = await run('az', ['version', '-o', 'json'], { env });
    return `checked: ${told.length} commands, az ${JSON.parse(stdout)['azure-cli']}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installed(): Promise<string | undefined> {
  const { stdout } = await run('sh', ['-c', 'command -v az']).catch(() => ({ stdout: '' }));
  return stdout.trim() || undefined;
}

/** Debian 12's az asks its own libraries for a version of Compute that they do not have: it gets the one before. */
async function shim(folder: string, program: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const text = await readFile(program, 'utf8').catch(() => '');
  if (!text.startsWith('#!/usr/bin/python3')) return bin;
  await writeFile(join(bin, 'az'), MAPPED);
  await chmod(join(bin, 'az'), 0o755);
  return bin;
}

const MAPPED = `#!/usr/bin/python3
import importlib.util, runpy
from azure.cli.core.profiles import _shared
if importlib.util.find_spec('azure.mgmt.compute.v2022_11_01') is None:
    older = lambda version: '2022-08-01' if version == '2022-11-01' else version
    profile = _shared.AZURE_API_PROFILES['latest'][_shared.ResourceType.MGMT_COMPUTE]
    profile.profile = {key: older(version) for key, version in profile.profile.items()}
runpy.run_module('azure.cli', run_name='__main__')
`;

/** Pastes one command into a shell; throws where anything but what it says has happened. */
async function checkOne(each: ToldCommand, fake: FakeAzure, env: NodeJS.ProcessEnv): Promise<void> {
  const { command, set: name, advice } = each;
  const set = () => fake.fleet.set(name);
  const [before, writes] = [freeOf(set()), fake.writes.length];
  await run('bash', ['-c', `set -e\n${command}`], { env, timeout: 300_000 }).catch((error: unknown) => {
    // There never was an upgrade of some; az says so and ends with 3.
    if (advice !== 'inspect') throw error;
  });
  const wanted = command
    .split('\n')
    .map(azRequest)
    .filter(({ method }) => method !== 'GET');
  const sent = fake.writes
    .slice(writes)
    .map(({ method, path, body = undefined }) => JSON.stringify({ method, path: path.toLowerCase(), body }));
  const meant = wanted.map(({ method, path, body }) => JSON.stringify({ method, path: path.toLowerCase(), body }));
  const updated = wanted.filter(({ path }) => path.endsWith('/manualupgrade')).flatMap(({ ids = [] }) => ids);
  const moved = before.filter((id) => !freeOf(set()).includes(id));
  const wrong =
    sent.join() !== meant.join() || (updated.length > 0 && moved.sort().join() !== [...updated].sort().join());
  if (wrong) throw new Error(`az did something else.\n${command}\nsent ${sent}\nmeant ${meant}\nmoved ${moved}`);
  console.log(`  ${advice.padEnd(8)} ${name}: ${meant.length === 0 ? 'only looked' : meant.join()}`.slice(0, 200));
}

if (import.meta.main) console.log(await checkAz());
