import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { dataFolder, isAlive, postJson, startNpm, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen } from '../support/server.ts';
import { scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

const refused = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health`).then(
    () => false,
    () => true,
  );

describe.concurrent('the end of a local run', () => {
  it.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'is clean on %s: exit code 0 and no Azurite left',
    async (signal, { expect }) => {
      await using folder = await dataFolder();
      await using run = startRun(folder);
      const url = await run.ready();
      const storage = await folder.storagePid();
      expect(isAlive(storage ?? 0)).toBe(true);
      // An open page must not hold it up.
      await fetch(`${url}/inbox/stream`);

      process.kill(run.pid, signal);

      expect(await run.ended).toBe(0);
      await eventually(() => expect(isAlive(storage ?? 0)).toBe(false));
      expect(await folder.storagePid()).toBeUndefined();
      expect(await refused(url)).toBe(true);
    },
  );

  it('lets a message that is on its way arrive', async ({ expect }) => {
    await using slack = await listen({ status: 200, body: 'ok', after: 1_500 });
    await using folder = await dataFolder();
    await using run = startRun(folder, { AzureWebJobsStorage: await ownStorage(), SLACK_WEBHOOK_URL: slack.url });
    await postJson(`${await run.ready()}/api/webhooks`, scaleOut());
    await eventually(() => expect(slack.received).toHaveLength(1));

    process.kill(run.pid, 'SIGTERM');

    expect(await run.ended).toBe(0);
    expect(run.output).toMatch(/sent +slack/);
    expect(run.output).toMatch(/^ready .* · configuration: SLACK_WEBHOOK_URL · /m);
  });

  it('loses nothing that a paused Azurite had taken', async ({ expect }) => {
    let isBusy = true;
    await using slack = await listen(() => (isBusy ? { status: 503 } : { status: 200, body: 'ok' }));
    await using folder = await dataFolder();
    const env = { SLACK_WEBHOOK_URL: slack.url };
    await using run = startRun(folder, env);
    await postJson(`${await run.ready()}/api/webhooks`, scaleOut());
    await eventually(() => expect(run.output).toMatch(/retry +slack/));
    const storage = (await folder.storagePid()) ?? 0;

    process.kill(storage, 'SIGSTOP');
    process.kill(run.pid, 'SIGTERM');

    expect(await run.ended).toBe(0);
    await eventually(() => expect(isAlive(storage)).toBe(false));
    isBusy = false;
    await using next = startRun(folder, env);
    await next.ready();
    await eventually(() => expect(next.output).toMatch(/sent +slack/));
  });

  it('leaves no Azurite behind when it comes before the start is over', async ({ expect }) => {
    await using folder = await dataFolder();
    await using run = startRun(folder);
    const storage = await eventually(async () => {
      const pid = await folder.storagePid();
      expect(pid).toBeDefined();
      return pid ?? 0;
    });

    process.kill(run.pid, 'SIGTERM');
    await run.ended;

    await eventually(() => expect(isAlive(storage)).toBe(false));
  });

  it('comes when the npm that started it is ended, and leaves nothing running', async ({ expect }) => {
    await using folder = await dataFolder();
    await using npm = startNpm(folder);
    const url = await npm.ready();
    const storage = (await folder.storagePid()) ?? 0;
    expect(isAlive(storage)).toBe(true);

    process.kill(npm.pid, 'SIGTERM');

    // The output ends when nobody can write to it any more: the relay has gone, too.
    expect(await Promise.race([npm.ended.then(() => 'ended'), sleep(120_000)])).toBe('ended');
    expect(await refused(url)).toBe(true);
    await eventually(() => expect(isAlive(storage)).toBe(false));
  });

  // The shell of a terminal that closes passes on the signal that its programs have had already.
  it('is as clean when the terminal is closed, which says so more than once', async ({ expect }) => {
    await using folder = await dataFolder();
    await using npm = startNpm(folder);
    const url = await npm.ready();
    const storage = (await folder.storagePid()) ?? 0;
    expect(isAlive(storage)).toBe(true);

    for (let times = 0; times < 3; times += 1) {
      process.kill(-npm.pid, 'SIGHUP');
      await sleep(20);
    }

    expect(await Promise.race([npm.ended.then(() => 'ended'), sleep(120_000)])).toBe('ended');
    expect(await refused(url)).toBe(true);
    await eventually(() => expect(isAlive(storage)).toBe(false));
    expect(await folder.storagePid()).toBeUndefined();
  });
});
