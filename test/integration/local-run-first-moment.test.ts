import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freePort } from '../../dev/host/free-port.ts';
import { dataFolder, inboxOf, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { acceptedIds, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

/** What each post was answered, from before the relay is there until `until` is over; a refused connection is no answer. */
async function answersTo(url: string, until: Promise<unknown>): Promise<Response[]> {
  const answers: Response[] = [];
  let over = false;
  void until.finally(() => {
    over = true;
  });
  while (!over) {
    await postJson(`${url}/api/webhooks`, scaleOut()).then(
      (answer) => answers.push(answer),
      () => undefined,
    );
    await sleep(20);
  }
  return answers;
}

it.each([
  ['the built-in inbox', async () => ({})],
  [
    'a file that names the inbox',
    async (port: number, write: (name: string, text: string) => Promise<string>) => ({
      RELAY_CONFIG: await write(
        'relay.yaml',
        `receivers: { own: { type: slack, url: "http://127.0.0.1:${port}/inbox/slack" } }`,
      ),
    }),
  ],
])(
  'answers every post rightly from the first moment on: %s',
  async (_what, settings) => {
    await using folder = await dataFolder();
    const port = (await freePort()) ?? 0;
    const url = `http://127.0.0.1:${port}`;
    const env = await settings(port, folder.write);

    await using run = startRun(folder, { PORT: `${port}`, AzureWebJobsStorage: await ownStorage(), ...env });
    // Nobody waits for the ready line: who connects first is answered by the relay as it is configured.
    const early = eventually(async () => expect((await inboxOf(url)).messages.length).toBeGreaterThan(0), 100_000);
    const answers = await answersTo(url, early);
    await early;

    const said = await Promise.all(answers.map(async (each) => [each.status, await each.clone().text()]));
    expect(said.filter(([status]) => status !== 202)).toStrictEqual([]);
    expect(answers.length).toBeGreaterThan(0);
    const ids = (await Promise.all(answers.map(acceptedIds))).flat();
    const { messages } = await inboxOf(url);
    expect(ids.some((id) => messages.some(({ event }) => id.startsWith(event)))).toBe(true);
    expect(run.output).not.toContain(' 503');
  },
  120_000,
);
