import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Accounts of one Azurite, each for one test; who takes one makes a folder of its number. */
    accounts: { readonly folder: string; readonly connectionStrings: readonly string[] };
  }
}

const MANY = 64;
const KEY = Buffer.alloc(32, 1).toString('base64');
const names = Array.from({ length: MANY }, (_, at) => `run${at}`);

const connectionString = (account: string, [blob, queue, table]: readonly string[]): string =>
  [
    `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${KEY}`,
    `BlobEndpoint=${blob}/${account};QueueEndpoint=${queue}/${account};TableEndpoint=${table}/${account}`,
  ].join(';');

/** One Azurite for all local runs whose own is not what their test is about: to start one takes longer than the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-accounts-'));
  const { resolve } = createRequire(import.meta.url);
  const azurite = spawn(
    process.execPath,
    [
      ...[resolve('azurite/dist/src/azurite.js'), '--inMemoryPersistence'],
      ...['--disableTelemetry', '--skipApiVersionCheck', '--silent'],
      ...['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
    ],
    {
      env: { AZURITE_ACCOUNTS: names.map((name) => `${name}:${KEY}`).join(';') },
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: folder,
    },
  );
  const ended = new Promise<void>((done) => azurite.once('close', () => done()));
  let output = '';
  const ports = new Promise<readonly string[]>((done, fail) => {
    azurite.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const at = ['Blob', 'Queue', 'Table'].map(
        (name) => new RegExp(`${name} service (?:is )?successfully list\\w+ (?:at|on) (\\S+)`).exec(output)?.[1],
      );
      if (at.every((each) => each !== undefined)) done(at);
    });
    void ended.then(() => fail(new Error(`Azurite did not start: ${output}`)));
  });
  const at = await ports;
  project.provide('accounts', { folder, connectionStrings: names.map((name) => connectionString(name, at)) });
  return async () => {
    azurite.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}
