import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../dev/host/free-port.ts';
import type { InboxMessage } from '../../dev/host/inbox-message.ts';
import { type DataFolder, dataFolder, inboxOf, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { eventually } from './eventually.ts';

let folder: DataFolder;
let run: LocalRun;
let env: Record<string, string>;
let url: string;
beforeAll(async () => {
  folder = await dataFolder();
  const port = `${await freePort()}`;
  const recipe = await readFile(new URL('../../docs/recipes/stories.yaml', import.meta.url), 'utf8');
  env = { PORT: port, RELAY_CONFIG: await folder.write('stories.yaml', recipe.replaceAll('7071', port)) };
  run = startRun(folder, env);
  url = await run.ready();
});
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** As a crash ends it, at once; and another one in its place. */
async function killed(): Promise<void> {
  await run[Symbol.asyncDispose]();
  run = startRun(folder, env);
  url = await run.ready();
}

const alert = (state: 'fired' | 'resolved', story: string, at: string) => ({
  ...{ kind: 'alert', id: `${story} ${state}`, state, story, rule: story, severity: 'error', occurredAt: at },
  resource: { name: 'shop-web' },
});

const at = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

const told = async (event: object): Promise<void> => {
  expect((await postJson(`${url}/api/webhooks`, event)).status).toBe(202);
};

/** What was told is written down: killed before, a bot of Teams may tell it twice. */
const recorded = (count: number): Promise<void> =>
  eventually(async () => {
    const text = await (await fetch(`${url}/api/deliveries`)).text();
    expect(text.match(/"state":"sent"/g) ?? []).toHaveLength(count);
  });

/** The messages of the two chats once they are as expected. */
const both = (check: (message: InboxMessage) => void): Promise<readonly InboxMessage[]> =>
  eventually(async () => {
    const { messages } = await inboxOf(url);
    expect(messages.map(({ destination }) => destination).sort()).toStrictEqual(['slack-app', 'teams-bot']);
    for (const message of messages) check(message);
    return messages;
  });

const buttonIn = (payload: unknown): { action: string; value: string } => {
  const [, value = ''] = /"value":"([\w.-]{40,})"/.exec(JSON.stringify(payload)) ?? [];
  const [, action = ''] = /"action_id":"(relay:acknowledge[^"]*)"/.exec(JSON.stringify(payload)) ?? [];
  return { action, value };
};

describe('the recipe of living messages', () => {
  it('is one message with its history in both chats: fired, acknowledged, resolved, and a crash between any two', async () => {
    await told(alert('fired', 'web-cpu', at(0)));
    const fired = await both((message) => expect(message.replies ?? []).toHaveLength(0));
    await recorded(2);
    await killed();

    const slack = fired.find(({ destination }) => destination === 'slack-app');
    const pressed = Date.now();
    const answer = await postJson(`${url}/inbox/press`, buttonIn(slack?.payload));
    expect(answer.status).toBe(200);
    await both((message) => {
      expect(message.replies).toHaveLength(2);
      expect(JSON.stringify(message.payload)).toContain('Acknowledged');
      expect(JSON.stringify(message.payload)).toContain('web-cpu');
    });
    console.info(`from a click to what it changed: ${Date.now() - pressed} ms`);
    await recorded(4);
    await killed();

    await told(alert('resolved', 'web-cpu', at(1)));
    await both((message) => {
      expect(message.replies).toHaveLength(3);
      expect(JSON.stringify(message.payload)).toContain('resolved');
      expect(JSON.stringify(message.payload)).toContain('Acknowledged');
    });
  }, 240_000);
});
