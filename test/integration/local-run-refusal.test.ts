import { createServer } from 'node:net';
import { describe, inject, it } from 'vitest';
import { dataFolder, startRun } from '../support/local-run.ts';
import { listen } from '../support/server.ts';

describe.concurrent('a local run that cannot start', () => {
  it('says which relay has the data folder and what to set, and leaves that relay alone', async ({ expect }) => {
    await using folder = await dataFolder();
    await using first = startRun(folder);
    const url = await first.ready();
    const storage = await folder.storagePid();

    await using second = startRun(folder);

    expect(await second.ended).toBe(1);
    expect(second.output).toContain(url);
    expect(second.output).toContain('RELAY_DATA_DIR');
    expect(second.output).not.toMatch(/^ready/m);
    expect((await fetch(`${url}/api/health?deep=1`)).status).toBe(200);
    expect(await folder.storagePid()).toBe(storage);
  });

  it('explains a port that is taken, and leaves no storage behind', async ({ expect }) => {
    await using other = await listen({ status: 200 });
    await using folder = await dataFolder();

    await using run = startRun(folder, { PORT: new URL(other.url).port });

    expect(await run.ended).toBe(1);
    expect(run.output).toMatch(/port is taken.*PORT=/);
    expect(await folder.storagePid()).toBeUndefined();
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
