import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpPages } from '../../src/event/help.ts';
import { noticeTopics } from '../../src/event/notice.ts';
import { en } from '../../src/locales/en/en.ts';
import { folderWith } from '../cli/support/cli.ts';
import { eventually } from '../integration/eventually.ts';
import { doubtedStorage } from '../support/doubted-storage.ts';
import { type DataFolder, dataFolder, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { ANSWER_REASONS } from '../support/reasons.ts';
import { listen } from '../support/server.ts';
import { inShell } from '../support/shell.ts';

const PAGE = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

/** Every command of the page that asks a relay or reads the configuration; what is for Azure begins otherwise. */
const lines = PAGE.match(/^(npm run relay -- |curl ).*$/gm) ?? [];
const before = lines.slice(
  0,
  lines.findIndex((line) => line.includes(' -- send ')),
);
const after = lines.slice(before.length);

// A real relay with the page's two receivers. Slack has lost its webhook until somebody mends it.
let mended = false;
let picky = false;
let notLiked = 0;
let slack: Awaited<ReturnType<typeof listen>>;
let teams: Awaited<ReturnType<typeof listen>>;
let config: Awaited<ReturnType<typeof folderWith>>;
let folder: DataFolder;
let run: LocalRun;
let url: string;

beforeAll(async () => {
  slack = await listen(({ body }) => {
    if (!mended) return { status: 404, body: 'no_service' };
    return picky && body.includes('Not liked') ? { status: 400, body: 'invalid_payload' } : { status: 200, body: 'ok' };
  });
  teams = await listen({ status: 202 });
  const text = [
    'receivers:',
    `  ops-slack: { type: slack, url: "${slack.url}", rate: off }`,
    `  ops-teams: { type: teams, url: "${teams.url}", rate: off }`,
    'routes: [{ to: [ops-slack] }]',
    'notices: [ops-slack, ops-teams]',
  ].join('\n');
  config = await folderWith({
    'relay.yaml': text,
    'other.yaml': 'receivers: { ops: { type: slack, url: "https://hooks.slack.com/services/T/B/X" } }',
    'alert.json': JSON.stringify({ kind: 'custom', title: 'Disk is nearly full' }),
  });
  folder = await dataFolder();
  run = startRun(folder, {
    AzureWebJobsStorage: await doubtedStorage('ops-slack'),
    RELAY_CONFIG: `${config.path}/relay.yaml`,
  });
  url = await run.ready();
});

afterAll(async () => {
  for (const each of [run, folder, slack, teams, config]) await each[Symbol.asyncDispose]();
});

async function works(line: string): Promise<void> {
  const { status, output } = await inShell(line, { cwd: config.path, url });
  expect({ status, output }).toMatchObject({ status: 0 });
  if (line.startsWith('curl')) expect(output).toMatch(/^HTTP\/1\.1 20\d /m);
}

async function deliveries(query: string): Promise<readonly { reason?: string; event: { short: string } }[]> {
  const response = await fetch(`${url}/api/deliveries?${query}`);
  return ((await response.json()) as { deliveries: { event: { short: string } }[] }).deliveries;
}

/** The line, with the ids of the page replaced by those that there are. */
async function ofNow(line: string): Promise<string> {
  const [dead] = await deliveries('state=dead&receiver=ops-slack');
  const [any] = await deliveries('receiver=ops-slack');
  const response = await fetch(`${url}/api/silences`);
  const [silence] = ((await response.json()) as { silences: { id: string }[] }).silences;
  return line
    .replace('9f3c1ab2', (dead ?? any)?.event.short ?? '')
    .replace('silence end 3f2a', `silence end ${silence?.id}`);
}

const toldTeams = () => teams.received.map(({ body }) => body).join('\n');
const custom = (title: string) => postJson(`${url}/api/webhooks`, { kind: 'custom', title });

describe('a receiver that is not working', () => {
  it('is told of, and its events are dead letters, the later ones without a try', async () => {
    await custom('The first');
    await eventually(() => expect(toldTeams()).toContain(en.state.notice.receiverBroken));
    for (const title of ['The second', 'The third', 'The fourth']) await custom(title);

    // The four, and nothing of the relay's own: a notice about a receiver does not go to it.
    await eventually(async () =>
      expect((await deliveries('state=dead')).map(({ reason }) => reason)).toStrictEqual(Array(4).fill('no_service')),
    );
    expect(slack.received).toHaveLength(1);
  });

  it.each(before)('%s', async (line) => {
    await works(await ofNow(line));
  });

  it('has its dead letters counted by the watch', async () => {
    await postJson(`${url}/admin/functions/watch`, {});

    await eventually(() => expect(toldTeams()).toContain(en.state.notice.deadLetters));
  });
});

/** One dead letter for a reason of its own: what died of the break is sent again by itself. */
async function refused(): Promise<void> {
  picky = true;
  notLiked += 1;
  await custom(`Not liked ${notLiked}`);
  await eventually(async () => expect(await deliveries('state=dead')).toMatchObject([{ reason: 'invalid_payload' }]));
  picky = false;
}

describe('a receiver that was mended', () => {
  it.each(after)('%s', async (line) => {
    mended = true;
    if (line.includes(' replay ') && (await deliveries('state=dead')).length === 0) await refused();

    await works(await ofNow(line));

    if (line.includes(' replay ')) {
      await eventually(async () => expect(await deliveries('state=dead')).toStrictEqual([]));
    }
  });

  it('is told of, and has got everything', async () => {
    await eventually(() => expect(toldTeams()).toContain(en.state.notice.receiverBack));
    await eventually(async () => expect(await deliveries('state=dead')).toStrictEqual([]));
    await eventually(() => {
      const got = slack.received.map(({ body }) => body).join('\n');
      for (const title of ['The first', 'The second', 'The third', 'The fourth']) expect(got).toContain(title);
    });
  });
});

describe('the page', () => {
  it.each(ANSWER_REASONS)('says what to do about %s', (reason) => {
    expect(PAGE).toMatch(new RegExp(`^\\|[^|]*\`${reason}\``, 'm'));
  });

  it.each(noticeTopics)('says what the notice %s means, in its own words', (topic) => {
    expect(PAGE).toContain(`| ${en.state.notice[topic]} | \`${topic}\` |`);
  });

  it.each(noticeTopics)('has the section that the notice %s leads to', (topic) => {
    const [file, anchor] = helpPages[topic].split('#');
    const anchors = [...PAGE.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(' ', '-')
        .replace(/[^a-z-]/g, ''),
    );

    expect(file).toBe('operations.md');
    expect(anchors).toContain(anchor);
  });
});
