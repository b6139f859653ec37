import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../cli/support/cli.ts';
import { eventually } from '../integration/eventually.ts';
import { type DataFolder, dataFolder, type LocalRun, startRun } from '../support/local-run.ts';
import { inShell } from '../support/shell.ts';

const PAGE = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** What the page gives to type, block by block. */
const blocks = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
const posts = blocks.filter((block) => block.includes('/api/webhooks'));
const commands = blocks.flatMap((block) => block.match(/^npm run relay -- .*$/gm) ?? []);

const SETTINGS = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/X' };

let folder: DataFolder;
let place: Awaited<ReturnType<typeof folderWith>>;
let run: LocalRun;
let url: string;

beforeAll(async () => {
  folder = await dataFolder();
  const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
  place = await folderWith({ 'relay.yaml': yaml });
  run = startRun(folder);
  url = await run.ready();
});

afterAll(async () => {
  for (const each of [run, folder, place]) await each[Symbol.asyncDispose]();
});

const typed = (lines: string) =>
  inShell(lines.replaceAll('http://127.0.0.1:7071', url), { cwd: place.path, url, env: SETTINGS });

const inbox = async (): Promise<readonly unknown[]> =>
  ((await (await fetch(`${url}/inbox/messages`)).json()) as { messages: readonly unknown[] }).messages;

describe('a reader of the README', () => {
  it('finds two bodies to post and some commands', () => {
    expect(posts).toHaveLength(2);
    expect(commands.length).toBeGreaterThan(3);
  });

  it.each(posts)('is answered 202, and sees both messages: %#', async (block) => {
    const before = (await inbox()).length;

    const { status, output } = await typed(block);

    expect(status).toBe(0);
    expect(output).toMatch(/^HTTP\/1\.1 202 /m);
    expect(output).toContain('"receivers":["inbox-slack","inbox-teams"]');
    await eventually(async () => expect(await inbox()).toHaveLength(before + 2));
  });

  it('posts the same body again, and nobody is told twice', async () => {
    const before = (await inbox()).length;
    const [again = ''] = /^curl .*@scale\.json$/m.exec(PAGE) ?? [];

    const { output } = await typed(again);

    expect(output).toMatch(/^HTTP\/1\.1 202 /m);
    await eventually(() => expect(run.output).toMatch(/duplicate/));
    expect(await inbox()).toHaveLength(before);
  });

  it.each(commands)('can type: %s', async (command) => {
    expect(await typed(command)).toMatchObject({ status: 0 });
  });
});
