import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Monitor } from '../../dev/fake-azure/monitor.ts';
import { compareVersions } from '../../src/event/versions.ts';
import { fleetRun } from '../drift/read-support/fleet-run.ts';
import { eachOnce, toldCommands } from '../drift/read-support/told-commands.ts';
import { Stack } from '../support/stack.ts';
import { azAccount, tlsFront } from './az-account.ts';
import { connectedAndBack, everySender } from './az-connect.ts';
import { pasted, pastedTooLate } from './az-paste.ts';
import { Missing, type Part } from './part.ts';

const run = promisify(execFile);

/** What docs/drift.md asks for. */
const OLDEST = '2.45.0';

/**
 * Every command that the drift report tells in a season, and every line of `relay connect`, run by the Azure command line that is
 * installed here.
 */
export const azPart: Part = {
  name: 'Azure CLI',
  version: `>=${OLDEST}`,
  from: 'Debian',
  checks: 'each command of the drift report and of connect touches what it names, and no more',
  run: () => checkAz(() => undefined),
};

/** Resolves with what was seen; `note` takes a line for each command. Rejects where anything but what a command says has happened. */
async function checkAz(note: (line: string) => void): Promise<string> {
  const program = await installed();
  const folder = await mkdtemp(join(tmpdir(), 'relay-az-'));
  // Node 22, which runs this as it is written, has no `await using`.
  const opened = new Stack();
  const monitor = new Monitor();
  try {
    const fleet = opened.use(
      await fleetRun({
        ...{ fleet: { sets: 0 }, env: { DRIFT_SOURCE: 'auto' }, azure: { writes: true, limits: 'off', monitor } },
      }),
    );
    const [{ id: first } = { id: '' }] = fleet.fleet.subscriptions;
    for (const each of everySender(first)) monitor.put(each);
    const told = await toldCommands(fleet);
    const front = opened.use(await tlsFront(folder, fleet.fake.url));
    const account = await azAccount(
      folder,
      front,
      fleet.fleet.subscriptions.map(({ id }) => id),
    );
    const env = { ...account, PATH: `${await shim(folder, program)}${delimiter}${account.PATH}` };
    const version = await versionOf(env);
    const commands = eachOnce(told);
    note(await connectedAndBack(fleet.fake, monitor, env));
    for (const each of commands) note(await pasted(each, fleet.fake, env));
    note(await pastedTooLate(commands, fleet.fake, env));
    const [verdicts, kinds] = [told.map(({ verdict }) => verdict), told.map(({ advice }) => advice)];
    return `connect and back, ${commands.length} commands of ${new Set(verdicts).size} verdicts and ${new Set(kinds).size} kinds, az ${version}`;
  } finally {
    await opened.disposeAsync();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where az is. Rejects with a `Missing`. */
async function installed(): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, 'az');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new Missing('az is not installed here');
}

async function versionOf(env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await run('az', ['version', '-o', 'json'], { env });
  const version: string = JSON.parse(stdout)['azure-cli'];
  if (compareVersions(version, OLDEST) < 0) throw new Missing(`the az on the PATH is ${version}, older than ${OLDEST}`);
  return version;
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

if (import.meta.main) {
  const result = await checkAz(console.log).catch((error: unknown) => {
    if (error instanceof Missing) return `NOT CHECKED, because ${error.message}`;
    throw error;
  });
  console.log(result);
}
