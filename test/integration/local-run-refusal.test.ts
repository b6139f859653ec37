import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, inject, it } from 'vitest';
import { dataFolder, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen } from '../support/server.ts';

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer().on('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

describe.concurrent('a local run that cannot start', () => {
  it('says which relay has the data folder and how to start a second one, and leaves that relay alone', async ({
    expect,
  }) => {
    await using folder = await dataFolder();
    await using first = startRun(folder);
    const url = await first.ready();
    const storage = await folder.storagePid();
    const inbox = await stat(join(folder.path, 'inbox.jsonl'));

    // The port is taken as well, by the same relay: that is no second problem.
    await using second = startRun(folder, { PORT: new URL(url).port });

    expect(await second.ended).toBe(1);
    expect(second.output).toContain(`A relay already runs in this folder: ${url}. End it (Ctrl-C in its terminal)`);
    const [, port = '', place = ''] = /: PORT=(\d+) RELAY_DATA_DIR=(\S+) npm start$/m.exec(second.output) ?? [];
    expect(place).toBe(`${folder.path}-2`);
    expect(existsSync(place)).toBe(false);
    expect(await isFree(Number(port))).toBe(true);
    expect(second.output).not.toMatch(/^ready/m);
    expect((await fetch(`${url}/api/health?deep=1`)).status).toBe(200);
    expect(await folder.storagePid()).toBe(storage);
    expect(await stat(join(folder.path, 'inbox.jsonl'))).toStrictEqual(inbox);
  });

  it('takes over the folder of a relay that was killed, whoever has its port now', async ({ expect }) => {
    await using folder = await dataFolder();
    await using killed = startRun(folder);
    const { port } = new URL(await killed.ready());
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    await using another = await dataFolder();
    await using other = startRun(another, { AzureWebJobsStorage: await ownStorage(), PORT: port });
    await other.ready();

    await using run = startRun(folder);

    expect(await run.ready()).not.toContain(`:${port}`);
  });

  it('names a port that another program has, and leaves no storage behind', async ({ expect }) => {
    await using other = await listen({ status: 200 });
    const { port } = new URL(other.url);
    await using folder = await dataFolder();

    await using run = startRun(folder, { PORT: port });

    expect(await run.ended).toBe(1);
    expect(run.output).toContain(`Port ${port} is taken by another program. Take a free one: PORT=0 npm start\n`);
    expect(await folder.storagePid()).toBeUndefined();
  });

  it('says that its data folder is none', async ({ expect }) => {
    await using folder = await dataFolder();
    const file = await folder.write('notes.txt', 'mine');

    for (const place of [file, join(file, 'below')]) {
      await using run = startRun(folder, { RELAY_DATA_DIR: place });

      expect(await run.ended).toBe(1);
      expect(run.output).toContain(`The settings cannot be used:\n  RELAY_DATA_DIR: ${place} is no folder\n`);
    }
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('waits a moment for a port that is just being given back', async ({ expect }) => {
    const other = createServer();
    const port = await new Promise<number>((done) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        done(typeof address === 'object' && address ? address.port : 0);
      });
    });
    await using folder = await dataFolder();
    await using run = startRun(folder, { PORT: `${port}`, AzureWebJobsStorage: inject('storage') });
    setTimeout(() => other.close(), 1_200);

    expect(await run.ready()).toBe(`http://127.0.0.1:${port}`);
  });

  it('lists everything that is wrong with the settings and repeats no URL', async ({ expect }) => {
    await using folder = await dataFolder();

    await using run = startRun(folder, {
      SLACK_WEBHOOK_URL: 'http://hooks.example.com/services/T0SECRET/B0SECRET/sesame',
      TEAMS_WEBHOOK_URL: 'sesame',
      RELAY_LOCALE: 'xx',
      RELAY_TIME_ZONE: 'Mars/Olympus',
      PORT: '70000',
    });

    expect(await run.ended).toBe(1);
    for (const name of ['SLACK_WEBHOOK_URL', 'TEAMS_WEBHOOK_URL', 'RELAY_LOCALE', 'RELAY_TIME_ZONE', 'PORT']) {
      expect(run.output).toMatch(new RegExp(`^ *${name}: expected`, 'm'));
    }
    for (const secret of ['hooks.example.com', 'T0SECRET', 'sesame']) expect(run.output).not.toContain(secret);
    expect(run.output).not.toMatch(/^ +at /m);
  });
});
