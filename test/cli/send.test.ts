import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listen } from '../support/server.ts';
import { cli, folderWith, json } from './support/cli.ts';

const BODY = readFileSync(new URL('../fixtures/custom/scale-failed.json', import.meta.url), 'utf8');

const file = (slack: string, teams: string) => `receivers:
  ops-slack: { type: slack, url: "${slack}/services/verysecret" }
  ops-teams: { type: teams, url: "${teams}/workflows/verysecret" }
routes:
  - match: { kind: scale }
    to: [ops-slack]
owners:
  - { match: { severity: ">=info" }, mention: { ops-slack: { group: S012AB3CD, name: shop-oncall } } }
`;

/** Two receivers that answer as Slack and Teams do, and a folder whose configuration names them. */
async function twoReceivers(answers: { slack?: { status: number; body: string }; teams?: { status: number } } = {}) {
  const slack = await listen(answers.slack ?? { status: 200, body: 'ok' });
  const teams = await listen(answers.teams ?? { status: 202 });
  const folder = await folderWith({ 'relay.yaml': file(slack.url, teams.url), 'body.json': BODY });
  return {
    slack,
    teams,
    start: { cwd: folder.path },
    async [Symbol.asyncDispose]() {
      await Promise.all([slack, teams, folder].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

describe('send', () => {
  it('sends a test message to every receiver, and says what each answered', async () => {
    await using two = await twoReceivers();

    const { status, stdout, stderr } = await cli(['send'], two.start);

    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ops-slack +sent +200 ok +\d+ ms$/m);
    expect(stdout).toMatch(/^ops-teams +sent +202 ok +\d+ ms +look at the channel/m);
    expect(two.slack.received.map(({ body }) => body)).toStrictEqual([
      expect.stringContaining('Test message from autoscale-relay'),
    ]);
    expect(two.teams.received).toHaveLength(1);
    expect(stdout).not.toContain('verysecret');
  });

  it('sends an event along the routes, marked as a test in its headline, and calls nobody', async () => {
    await using two = await twoReceivers();

    const { status } = await cli(['send', 'body.json'], two.start);

    expect(status).toBe(0);
    expect(two.teams.received).toHaveLength(0);
    const { text } = json(two.slack.received[0]?.body ?? '') as { text: string };
    expect(text).toMatch(/^TEST · /);
    expect(two.slack.received[0]?.body).not.toContain('S012AB3CD');
  });

  it('sends to the named receivers, whatever the routes say', async () => {
    await using two = await twoReceivers();

    const { status, stdout } = await cli(['send', '-', '--to', 'ops-teams'], { ...two.start, stdin: BODY });

    expect(status).toBe(0);
    expect(stdout).not.toContain('ops-slack');
    expect([two.slack.received.length, two.teams.received.length]).toStrictEqual([0, 1]);
  });

  it('ends with status 1 where one did not take it, and says what to do, without its address', async () => {
    await using two = await twoReceivers({ slack: { status: 404, body: 'no_service' } });

    const [text, machine] = await Promise.all([cli(['send'], two.start), cli(['send', '--json'], two.start)]);

    expect(text.status).toBe(1);
    expect(text.stdout).toMatch(/^ops-slack +broken +404 no_service +\d+ ms +make a new incoming webhook in Slack/m);
    expect(text.stdout).toContain('1 message of 2 did not arrive.');
    expect(machine).toMatchObject({ status: 1, stderr: '' });
    expect(json(machine.stdout)).toMatchObject({
      results: [
        { receiver: 'ops-slack', verdict: 'broken', status: 404, reason: 'no_service', next: expect.any(String) },
        { receiver: 'ops-teams', verdict: 'sent', status: 202 },
      ],
    });
    expect(text.stdout + machine.stdout).not.toMatch(/verysecret|127\.0\.0\.1/);
  });

  it('tries the plain form where the full one is refused, and says so', async () => {
    await using slack = await listen((_, before) =>
      before === 0 ? { status: 400, body: 'invalid_blocks' } : { status: 200, body: 'ok' },
    );
    await using folder = await folderWith({ 'relay.yaml': file(slack.url, slack.url) });

    const { status, stdout } = await cli(['send', '--to', 'ops-slack'], { cwd: folder.path });

    expect(status).toBe(0);
    expect(stdout).toContain('only its plain form was taken: the full one was refused (invalid_blocks)');
  });

  it('says so where nobody answers', async () => {
    await using folder = await folderWith({ 'relay.yaml': file('http://127.0.0.1:9', 'http://127.0.0.1:9') });

    const { status, stdout } = await cli(['send'], { cwd: folder.path });

    expect(status).toBe(1);
    expect(stdout).toMatch(/^ops-slack +failed +connection +\d+ ms +nobody answers there/m);
  });

  it.each([
    [['send', '--to', 'ops-slakc'], 2, /There is no receiver ops-slakc.*ops-slack/s],
    [['send', 'body.json', '--test'], 2, /--test sends the plain test message/],
    [['send', '-'], 1, /No route takes this event.*--to <receiver>/s],
  ])('%j ends with status %i and sends nothing', async (args, status, message) => {
    await using two = await twoReceivers();
    const stdin = JSON.stringify({ kind: 'custom', title: 'Hello' });

    const ended = await cli(args, { ...two.start, stdin });

    expect(ended).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    expect([two.slack.received.length, two.teams.received.length]).toStrictEqual([0, 0]);
  });
});
