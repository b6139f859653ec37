import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, json } from './support/cli.ts';

const BODY = readFileSync(new URL('../fixtures/custom/scale-failed.json', import.meta.url));

const FILE = `receivers:
  ops-slack: { type: slack, url: "http://127.0.0.1:9/verysecret", locale: ko, timeZone: Asia/Seoul }
  ops-teams: { type: teams, url: "http://127.0.0.1:9/verysecret" }
  ops-two: { type: slack, url: "http://127.0.0.1:9/verysecret" }
  audit: { type: webhook, url: "http://127.0.0.1:9/verysecret", secret: verysecret }
routes:
  - match: { kind: scale }
    to: [ops-slack, ops-teams, ops-two, audit]
owners:
  - match: { severity: ">=info" }
    mention: { ops-slack: { group: S012AB3CD, name: shop-oncall } }
`;

const withFile = async () => folderWith({ 'relay.yaml': FILE, 'body.json': BODY });

describe('preview', () => {
  it('shows each message once, with everybody who gets it so', async () => {
    await using folder = await withFile();

    const { status, stdout, stderr } = await cli(['preview', 'body.json'], { cwd: folder.path });

    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout.match(/^→ .*$/gm)).toStrictEqual(['→ ops-slack', '→ ops-teams, ops-two', '→ audit']);
    expect(stdout).toContain('@shop-oncall');
    expect(stdout).toMatch(/^. (?:Late, .+ · )?Scaling (?:in|out) failed · /mu);
    expect(stdout).toMatch(/^ {2}.* id [0-9a-f]{8}$/m);
    expect(stdout).not.toContain('verysecret');
  });

  it('names the file that is no body, and what takes a configuration', async () => {
    await using folder = await withFile();

    const { status, stderr } = await cli(['preview', 'relay.yaml'], { cwd: folder.path });

    expect(status).toBe(1);
    expect(stderr).toContain('relay.yaml: the body is not JSON: ');
    expect(stderr).toContain('npm run relay -- lint checks a configuration.');
  });

  it('says who is reminded, and shows each receiver the event as severe as its routes say', async () => {
    const routes = `routes:
  - { to: [ops-slack], remind: 4h, set: { severity: critical }, continue: true }
  - { to: [ops-teams] }
`;
    const file = FILE.replace(/^routes:[\s\S]*?(?=^owners)/m, routes);
    const alert = { kind: 'alert', state: 'fired', rule: 'Disk full', story: 'disk', severity: 'warning' };
    await using folder = await folderWith({ 'relay.yaml': file, 'body.json': JSON.stringify(alert) });
    const run = (...more: string[]) => cli([...more], { cwd: folder.path });

    expect((await run('preview', 'body.json')).stdout.match(/^→ .*$/gm)).toStrictEqual([
      '→ ops-slack (reminded every 4 h)',
      '→ ops-teams',
    ]);
    expect(JSON.parse((await run('preview', 'body.json', '--json')).stdout)).toMatchObject({
      reminded: [{ receiver: 'ops-slack', seconds: 14_400 }],
    });
    expect((await run('lint', '--event', 'body.json')).stdout).toContain(
      '→ ops-slack (as critical, reminded every 4 h), ops-teams',
    );
    expect((await run('lint')).stdout).toContain('ops-slack (severity: critical, remind: every 4 h), and on');
  });

  it('says which keys of an event of your own are ignored, and what was meant', async () => {
    const stdin = JSON.stringify({ kind: 'custom', title: 'Disk full', sevrity: 'critical', enviroment: 'prod' });

    const { status, stderr } = await cli(['preview', '-'], { stdin });

    expect(status).toBe(0);
    expect(stderr).toContain('Ignored: sevrity (did you mean severity?); enviroment (did you mean environment?)');
  });

  it('gives programs the payloads', async () => {
    await using folder = await withFile();

    const { status, stdout } = await cli(['preview', '-', '--json'], { cwd: folder.path, stdin: BODY });

    expect(status).toBe(0);
    expect(json(stdout)).toMatchObject({
      events: [{ kind: 'scale', phase: 'failed' }],
      messages: [
        { receiver: 'ops-slack', destination: 'slack', payload: { blocks: expect.any(Array) } },
        { receiver: 'ops-teams', destination: 'teams', payload: { type: 'message' } },
        { receiver: 'ops-two', destination: 'slack' },
        { receiver: 'audit', destination: 'webhook', payload: { specversion: '1.0' } },
      ],
    });
    expect(stdout).toContain('S012AB3CD');
    expect(stdout).not.toContain('verysecret');
  });

  it('shows one receiver in a chosen language, whatever the routes say', async () => {
    await using folder = await withFile();
    const stdin = JSON.stringify({ kind: 'custom', title: 'Backup finished' });

    const both = await Promise.all(
      [[], ['--receiver', 'ops-teams', '--locale', 'ko']].map((more) =>
        cli(['preview', '-', ...more], { cwd: folder.path, stdin }),
      ),
    );

    expect(both[0]?.stdout).toContain('No route takes this event (custom, from custom): nobody is told.');
    expect(both[1]?.stdout).toMatch(/^→ ops-teams$/m);
    expect(both[1]?.stdout).toMatch(/\p{Script=Hangul}.* · Backup finished/u);
  });

  it('puts what it tells in one column, in letters that are wide as well', async () => {
    await using folder = await withFile();

    const { stdout } = await cli(['preview', 'body.json', '--receiver', 'ops-slack'], { cwd: folder.path });

    // A syllable of Hangul takes two columns.
    const columns = [...stdout.matchAll(/^( {2}\p{Script=Hangul}(?: ?\p{Script=Hangul})* {2,})\S/gmu)].map(
      ([, label = '']) => label.length + (label.match(/\p{Script=Hangul}/gu)?.length ?? 0),
    );
    expect(columns.length).toBeGreaterThan(2);
    expect(new Set(columns).size).toBe(1);
  });

  it('needs neither receivers nor storage', async () => {
    const { status, stdout } = await cli(['preview', '-'], { stdin: BODY });

    expect(status).toBe(0);
    expect(stdout).toMatch(/^→ inbox-slack, inbox-teams$/m);
  });

  it('shows nothing that could move the cursor', async () => {
    const title = 'ring\u0007 and \u001b[2J clear \u202eback';

    const { stdout } = await cli(['preview', '-'], { stdin: JSON.stringify({ kind: 'custom', title }) });

    expect(stdout).toContain('ring and');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it.each([
    [['preview', 'none.json'], 2, 'none.json: there is no such file'],
    [['preview', '.'], 2, 'it is a folder'],
    [['preview', '-', '--locale', 'fr'], 2, 'There is no language fr'],
    [['preview', '-', '--source', 'githup'], 1, 'no source of that name'],
    [['preview', '-', '--receiver', 'ops'], 2, 'There is no receiver ops'],
  ])('%j ends with status %i', async (args, status, message) => {
    const ended = await cli(args, { stdin: BODY });

    expect(ended).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(message) });
  });

  it.each([
    ['ping', 'github asking whether anybody is there'],
    ['workflow-run-skipped', 'left out as noise'],
  ])('says why nobody is told of %s', async (name, reason) => {
    const url = new URL(`../fixtures/github/${name}.request.json`, import.meta.url);
    const { body } = json(readFileSync(url, 'utf8')) as { body: unknown };

    const { status, stderr } = await cli(['preview', '-', '--source', 'github'], { stdin: JSON.stringify(body) });

    expect(status).toBe(1);
    expect(stderr).toContain(reason);
  });

  it('says which settings are wrong', async () => {
    const { status, stderr } = await cli(['preview', '-', '--json'], {
      stdin: BODY,
      env: { RELAY_TIME_ZONE: 'Seoul' },
    });

    expect(status).toBe(1);
    expect(json(stderr)).toMatchObject({ error: { status: 1, problems: [{ path: 'RELAY_TIME_ZONE' }] } });
  });
});
