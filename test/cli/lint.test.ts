import { describe, expect, it } from 'vitest';
import { cli, folderWith, json } from './support/cli.ts';

const GOOD = `receivers:
  ops-slack: { type: slack, url: "\${SLACK}", locale: ko, timeZone: Asia/Seoul }
  ops-teams: { type: teams, url: "http://127.0.0.1:9/teams" }
routes:
  - match: { kind: deployment, environment: "prod*" }
    to: [ops-slack]
    routes:
      - match: { phase: [failed, waiting] }
        to: [ops-slack, ops-teams]
  - match: { severity: ">=warning" }
    to: [ops-slack]
    continue: true
  - to: [ops-teams]
`;

const env = { SLACK: 'http://127.0.0.1:9/T0/B0/verysecret' };

const DEPLOYMENT = JSON.stringify({
  ...{ kind: 'deployment', subject: 'shop', phase: 'failed', environment: 'dev', resource: { name: 'shop-web' } },
});

describe('lint of a good configuration', () => {
  it('sums up receivers, routes, and which route takes a sample of each kind', async () => {
    await using folder = await folderWith({ 'relay.yaml': GOOD });

    const { status, stdout, stderr } = await cli(['lint'], { cwd: folder.path, env });

    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^good {2}relay\.yaml$/m);
    expect(stdout).toMatch(/^ops-slack +slack +ko +Asia\/Seoul$/m);
    expect(stdout).toMatch(/^1\.1 +phase=failed\|waiting +ops-slack, ops-teams$/m);
    expect(stdout).toMatch(/^2 +severity>=warning +ops-slack, and on$/m);
    expect(stdout).toMatch(/^Deployment failed: .* \(in prod\) +1\.1 +ops-slack, ops-teams$/m);
    expect(stdout).toMatch(/^Scaled out: shop-web 3 → 6 \(in prod\) +3 +ops-teams$/m);
    expect(stdout).toMatch(/^Alert fired: .* 2, 3 +ops-slack, ops-teams$/m);
    expect(stdout).not.toContain('verysecret');
  });

  it('is one document with --json', async () => {
    await using folder = await folderWith({ 'other.yaml': GOOD });

    const { status, stdout } = await cli(['lint', 'other.yaml', '--json'], { cwd: folder.path, env });

    expect(status).toBe(0);
    expect(json(stdout)).toMatchObject({
      ok: true,
      file: 'other.yaml',
      receivers: [{ name: 'ops-slack', locale: 'ko' }, { name: 'ops-teams' }],
      routes: expect.arrayContaining([
        { at: 'routes.0.routes.0', match: 'phase=failed|waiting', to: ['ops-slack', 'ops-teams'], goesOn: false },
      ]),
      samples: expect.arrayContaining([
        {
          ...{ kind: 'scale', sample: 'scale out shop-web 3 → 6', environment: 'prod' },
          ...{ routes: ['routes.2'], to: ['ops-teams'] },
        },
      ]),
    });
    expect(stdout).not.toContain('verysecret');
  });

  it('is the two settings where there is no file', async () => {
    const { status, stdout } = await cli(['lint'], {
      env: { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/X' },
    });

    expect(status).toBe(0);
    expect(stdout).toMatch(/^slack +slack +en +UTC$/m);
    expect(stdout).toMatch(/^1 +everything +slack$/m);
  });
});

describe('lint of environments', () => {
  const body = JSON.stringify({ kind: 'custom', title: 'Disk full', resource: { name: 'db-1', group: 'rg-prod-db' } });
  const rules = `environments:
  - { name: prod, match: { group: "rg-prod*" } }
  - { name: late, match: { group: rg-prod-db } }
`;

  it('lists the rules, and warns of one that matches nothing', async () => {
    await using folder = await folderWith({ 'relay.yaml': rules + GOOD });

    const { status, stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(status).toBe(0);
    expect(stdout).toMatch(/^1 +prod +group=rg-prod\*$/m);
    expect(stdout).toContain('Rule 2 of `environments` (late) matches nothing: rule 1 takes everything that it would.');
  });

  it('says with --event, as preview does, which rule gave an event its environment', async () => {
    await using folder = await folderWith({ 'relay.yaml': rules + GOOD, 'body.json': body });
    const where = { cwd: folder.path, env };

    const [lint, preview, machine] = await Promise.all([
      cli(['lint', '--event', 'body.json'], where),
      cli(['preview', 'body.json'], where),
      cli(['preview', 'body.json', '--json'], where),
    ]);

    expect(lint.stdout).toContain('environment prod, by rule 1 of `environments`');
    expect(preview.stdout).toContain('environment prod, by rule 1 of `environments`');
    expect(preview.stdout).toContain('Disk full (db-1, prod)');
    expect(json(machine.stdout)).toMatchObject({ environments: [{ environment: 'prod', rule: 'environments.0' }] });
  });

  it('refuses a rule that asks for an environment', async () => {
    const asking = 'environments: [{ name: prod, match: { environment: production } }]\n';
    await using folder = await folderWith({ 'relay.yaml': asking + GOOD });

    const { status, stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(status).not.toBe(0);
    expect(stdout).toContain('environments.0.match.environment: only events without an environment come to a rule');
  });
});

describe('lint of nothing', () => {
  it('is good for a local run, which has an inbox, and says how to have real receivers', async () => {
    const [text, machine] = await Promise.all([cli(['lint']), cli(['lint', '--json'])]);

    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /^No receiver is configured\. npm start then uses its own inbox\. .*relay\.sample\.yaml/,
    );
    expect(json(machine.stdout)).toMatchObject({ ok: true, receivers: [], warnings: [expect.any(String)] });
  });

  it('tells with --event what the receivers of that inbox get, as preview does', async () => {
    await using folder = await folderWith({ 'body.json': DEPLOYMENT });
    const where = { cwd: folder.path };
    const [lint, preview] = await Promise.all([
      cli(['lint', '--event', 'body.json', '--json'], where),
      cli(['preview', 'body.json', '--json'], where),
    ]);

    expect(lint.status).toBe(0);
    const [{ receivers }] = (json(lint.stdout) as { events: readonly [{ receivers: readonly string[] }] }).events;
    const { messages } = json(preview.stdout) as { messages: readonly { receiver: string }[] };
    expect(receivers).toStrictEqual(['inbox-slack', 'inbox-teams']);
    expect(messages.map(({ receiver }) => receiver)).toStrictEqual(receivers);
  });

  it('says which variable was probably meant to be a setting, and nothing of its value', async () => {
    const { status, stdout } = await cli(['lint'], { env: { SLACK_WEBHOOK: 'https://hooks.slack.com/verysecret' } });

    expect(status).toBe(0);
    expect(stdout).toContain('SLACK_WEBHOOK is not a setting; did you mean SLACK_WEBHOOK_URL?');
    expect(stdout).not.toContain('verysecret');
  });
});

describe('lint warns', () => {
  const receivers = GOOD.slice(0, GOOD.indexOf('routes:'));
  const warned = async (more: string) => {
    await using folder = await folderWith({ 'relay.yaml': receivers + more });
    const { status, stdout } = await cli(['lint', '--json'], { cwd: folder.path, env });
    expect(status).toBe(0);
    return (json(stdout) as { warnings: readonly string[] }).warnings;
  };

  it.each([
    ['no route names it', 'routes: [{ to: [ops-slack] }]\n'],
    ['all is taken before', 'routes: [{ to: [ops-slack] }, { to: [ops-teams] }]\n'],
  ])('of a receiver that gets nothing: %s', async (_what, routes) => {
    expect(await warned(routes)).toContain('No route leads to ops-teams.');
  });

  it.each([
    ['routes: [{ to: [ops-slack], continue: true }, { to: [ops-teams] }]\n'],
    ['routes: [{ match: { kind: scale }, to: [ops-slack] }, { to: [ops-teams] }]\n'],
    ['routes: [{ to: [ops-slack], routes: [{ match: { kind: scale }, to: [ops-teams] }] }]\n'],
    ['routes: [{ to: [ops-slack] }]\nnotices: [ops-teams]\n'],
    ['routes: [{ to: [ops-slack] }]\nsources: { custom: { mayChoose: true } }\n'],
    [''],
  ])('of nobody where everybody may get something (%#)', async (more) => {
    expect(await warned(more)).toStrictEqual([]);
  });

  it('of events without an environment that nobody gets', async () => {
    const routes = 'routes: [{ match: { kind: scale, environment: prod }, to: [ops-slack, ops-teams] }]\n';

    expect(await warned(routes)).toStrictEqual(['Without an environment, these go to nobody: scale.']);
  });

  it('of none where a rule gives every event an environment', async () => {
    const routes = 'routes: [{ match: { kind: scale, environment: prod }, to: [ops-slack, ops-teams] }]\n';

    expect(await warned(`environments: [{ name: prod }]\n${routes}`)).toStrictEqual([]);
  });

  it('of a rule that holds nothing back, since no sender can prove itself', async () => {
    const inhibit = (during: string) => `quiet: { inhibit: [{ during: ${during} }] }\n`;

    for (const during of ['{}', '{ source: "git*" }', '{ environment: prod }']) {
      expect(await warned(inhibit(during))).toStrictEqual([
        'Rule 1 of `quiet.inhibit` holds nothing back: no sender has credentials under `sources`, and its `during` names no `source`.',
      ]);
    }
    expect(await warned(inhibit('{ source: github }'))).toStrictEqual([]);
    expect(await warned(`${inhibit('{}')}sources: { github: { token: known } }\n`)).toStrictEqual([]);
  });

  const never = 'takes everything that it would, and does not `continue`.';
  const all = '[ops-slack, ops-teams]';

  it.each([
    [`{ to: ${all} }, { match: { kind: scale }, to: [ops-slack] }`, `No event comes to route 2: route 1 ${never}`],
    [
      `{ match: { group: "rg-*" }, to: ${all} }, { match: { kind: scale, group: rg-shop }, to: [ops-slack] }`,
      `No event comes to route 2: route 1 ${never}`,
    ],
    [
      `{ to: ${all}, routes: [{ match: { kind: scale } }, { match: { kind: scale, phase: failed } }] }`,
      `No event comes to route 1.2: route 1.1 ${never}`,
    ],
    [
      `{ match: { kind: deployment, state: fired }, to: ${all} }`,
      'No event comes to route 1: no event of the kind deployment has the state fired.',
    ],
    [
      `{ match: { kind: scale, phase: [waiting, approved] }, to: ${all} }`,
      'No event comes to route 1: no event of the kind scale has the phase waiting or approved.',
    ],
    [
      `{ match: { kind: alert }, tell: ends, to: ${all} }`,
      'Route 1 has `tell: ends`, which is about scalings and deployments alone: it takes none.',
    ],
  ])('of what no event comes to: %s', async (routes, warning) => {
    expect(await warned(`routes: [${routes}]\n`)).toStrictEqual([warning]);
  });

  it.each([
    [`{ match: { kind: [deployment, alert], state: fired }, to: ${all} }`],
    [`{ match: { kind: drift, state: resolved }, to: ${all} }`],
    [`{ match: { kind: drift, state: "canary*" }, to: ${all} }`],
    [`{ match: { kind: alert, phase: failed, level: "<=Sev1" }, to: ${all} }`],
    [`{ match: { kind: deployment, state: "!fired", version: "v*" }, to: ${all} }`],
    [`{ match: { kind: "!alert" }, tell: ends, to: ${all} }`],
    [`{ match: { kind: scale }, to: ${all}, continue: true }, { match: { kind: scale }, to: ${all} }`],
    [`{ match: { severity: ">=error" }, to: ${all} }, { match: { severity: ">=info" }, to: ${all} }`],
  ])('of nothing where some event may come: %s', async (routes) => {
    expect(await warned(`routes: [${routes}]\n`)).toStrictEqual([]);
  });

  it('and guesses no level where all are as near', async () => {
    const wrong = `${receivers}routes: [{ match: { level: "<=Sev5" }, to: ${all} }]\n`;
    await using folder = await folderWith({ 'relay.yaml': wrong });

    const { stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(stdout).toContain('expected Sev0, Sev1, Sev2, Sev3, Sev4');
    expect(stdout).not.toContain('did you mean');
  });

  it('that a schedule with both days wants both to fit', async () => {
    const said = await warned(`routes: [{ to: ${all} }]\ndrill: { every: "0 0 9 1 * MON" }\n`);

    expect(said).toStrictEqual([
      'drill.every: it runs where the day of the month and the day of the week both fit; cron would take either.',
    ]);
  });

  it('in the text as well, which tells a drill in plain words', async () => {
    const more = 'routes: [{ to: [ops-slack] }]\ndrill: { every: "0 0 9 * * 1" }\n';
    await using folder = await folderWith({ 'relay.yaml': receivers + more });

    const { stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(stdout).toMatch(/^No route leads to ops-teams\.$/m);
    expect(stdout).toContain('a fire drill every Monday at 09:00 UTC');
  });
});

describe('lint of schedules', () => {
  const good = GOOD.slice(0, GOOD.indexOf('routes:'));
  const scope = { ...env, DRIFT_SCOPE: 'tenant' };
  const lintWith = async (more: string, settings: Readonly<Record<string, string>>, ...options: readonly string[]) => {
    await using folder = await folderWith({ 'relay.yaml': good + more });
    return await cli(['lint', ...options], { cwd: folder.path, env: settings });
  };

  it('shows the next three times of each', async () => {
    const settings = { ...scope, DRIFT_SCHEDULE: '0 30 6 1 1 *' };
    const [{ stdout }, machine] = await Promise.all([
      lintWith('drill: { every: "0 0 9 29 2 *" }\n', settings),
      lintWith('drill: { every: "0 0 9 29 2 *" }\n', settings, '--json'),
    ]);

    expect(stdout).toMatch(/^drill\.every +0 0 9 29 2 \* +(\d{4}-02-29 09:00:00(, )?){3}$/m);
    expect(stdout).toMatch(/^DRIFT_SCHEDULE +0 30 6 1 1 \* +(\d{4}-01-01 06:30:00(, )?){3}$/m);
    expect(json(machine.stdout)).toMatchObject({
      schedules: [
        {
          setting: 'drill.every',
          schedule: '0 0 9 29 2 *',
          next: [1, 2, 3].map(() => expect.stringMatching(/-02-29T09:00:00.000Z$/)),
        },
        { setting: 'DRIFT_SCHEDULE', next: [1, 2, 3].map(() => expect.stringMatching(/-01-01T06:30:00.000Z$/)) },
      ],
    });
  });

  it.each(['0 61 * * * *', 'every day at six please now', '0 0 2 30 2 *', '0 0 9 * * 7', '24:00:00'])(
    'refuses %j wherever it stands',
    async (schedule) => {
      const [setting, drill] = await Promise.all([
        lintWith('', { ...scope, DRIFT_SCHEDULE: schedule }),
        lintWith(`drill: { every: "${schedule}" }\n`, env),
      ]);

      expect([setting.status, drill.status]).toStrictEqual([1, 1]);
      expect(setting.stdout).toMatch(/^settings {2}DRIFT_SCHEDULE: expected /m);
      expect(drill.stdout).toMatch(/^relay\.yaml:\d+:\d+ {2}drill\.every: expected /m);
    },
  );

  it('shows them without receivers as well, with what is said of them', async () => {
    await using folder = await folderWith({});
    const where = { cwd: folder.path, env: { DRIFT_SCOPE: 'tenant', DRIFT_SCHEDULE: '* 0 9 * * *' } };
    const [{ status, stdout }, machine] = await Promise.all([cli(['lint'], where), cli(['lint', '--json'], where)]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/^DRIFT_SCHEDULE: it comes 60 times a minute/m);
    expect(stdout).toMatch(/^DRIFT_SCHEDULE +\* 0 9 \* \* \* +\d{4}-/m);
    expect(json(machine.stdout)).toMatchObject({ schedules: [{ setting: 'DRIFT_SCHEDULE' }] });
  });

  it('warns of five fields where Azure reads them, and of a clock that is not UTC', async () => {
    const settings = { ...scope, DRIFT_SCHEDULE: '0 9 * * 1', WEBSITE_TIME_ZONE: 'Korea Standard Time' };
    const [used, alone] = await Promise.all([
      lintWith('drill: { every: "0 9 * * 1" }\n', settings, '--json'),
      lintWith('', { ...env, WEBSITE_TIME_ZONE: 'Korea Standard Time' }, '--json'),
    ]);

    expect(json(used.stdout)).toMatchObject({
      ok: true,
      warnings: [
        expect.stringMatching(/^DRIFT_SCHEDULE: it has five fields.*`0 0 9 \* \* 1`\.$/),
        expect.stringMatching(/^WEBSITE_TIME_ZONE is set/),
      ],
    });
    expect(json(alone.stdout)).toMatchObject({ ok: true, warnings: [] });
  });

  it('warns of what may not be meant, and of a schedule that Azure cannot read though it is not used', async () => {
    const [used, unused] = await Promise.all([
      lintWith('drill: { every: "* 0 22-2 * * 1" }\n', { ...scope, DRIFT_SCHEDULE: '* */30 * * * *' }, '--json'),
      lintWith('', { ...env, DRIFT_SCHEDULE: '0 61 * * * *' }, '--json'),
    ]);

    expect(json(used.stdout)).toMatchObject({
      ok: true,
      warnings: [
        expect.stringMatching(/^drill\.every: it comes 60 times a minute/),
        'drill.every: the range 22-2 runs backwards, and is taken for 2 to 22.',
        expect.stringMatching(/^DRIFT_SCHEDULE: it comes 60 times a minute/),
      ],
    });
    expect(json(unused.stdout)).toMatchObject({
      ok: true,
      warnings: [expect.stringMatching(/^DRIFT_SCHEDULE: expected NCRONTAB.*DRIFT_SCOPE is not set\.$/)],
    });
  });
});

describe('lint of a wrong configuration', () => {
  const WRONG = GOOD.replace('type: teams', 'type: teems')
    .replace('match: { kind', 'match: { knd')
    .replace('to: [ops-teams]', 'to: [ops-team]');

  it('lists every problem with its file, line and column, in their order, with status 1', async () => {
    await using folder = await folderWith({ 'relay.yaml': WRONG });

    const { status, stdout } = await cli(['lint'], { cwd: folder.path, env: { RELAY_LOCALE: 'fr' } });

    expect(status).toBe(1);
    const lines = stdout.split('\n');
    expect(lines.slice(0, -3).map((line) => line.split(' ')[0])).toStrictEqual([
      'settings',
      'relay.yaml:2:34',
      'relay.yaml:3:22',
      'relay.yaml:5:14',
      'relay.yaml:13:10',
    ]);
    expect(stdout).toContain('the environment variable SLACK is not set');
    expect(lines.at(-2)).toBe('5 problems.');
  });

  it('gives programs numbers', async () => {
    await using folder = await folderWith({ 'relay.yaml': WRONG });

    const { status, stdout, stderr } = await cli(['lint', '--json'], { cwd: folder.path, env });

    expect({ status, stderr }).toStrictEqual({ status: 1, stderr: '' });
    expect(json(stdout)).toMatchObject({
      ok: false,
      file: 'relay.yaml',
      problems: [
        { line: 3, column: 22, path: 'receivers.ops-teams.type' },
        { line: 5, column: 14, path: 'routes.0.match.knd' },
        { line: 13, column: 10, path: 'routes.2.to.0' },
      ],
    });
  });

  it('refuses this machine as a receiver where the file is to be deployed', async () => {
    await using folder = await folderWith({ 'relay.yaml': GOOD });

    const { status, stdout } = await cli(['lint', '--deployed'], { cwd: folder.path, env });

    expect(status).toBe(1);
    expect(stdout).toMatch(/relay\.yaml:3:\d+ {2}receivers\.ops-teams\.url: expected https:/);
    expect(stdout).not.toContain('verysecret');
  });

  it.each([[['lint', '--deployed']], [['lint', '--deployed', '--event', '-']]])(
    'says that nobody would be told where nothing is configured (%j)',
    async (args) => {
      const { status, stdout } = await cli(args);

      expect(status).toBe(1);
      expect(stdout).toContain('No receiver is configured');
    },
  );

  it('says so for a file without receivers', async () => {
    await using folder = await folderWith({ 'relay.yaml': 'receivers: {}\n' });

    expect(await cli(['lint'], { cwd: folder.path })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('No receiver is configured'),
    });
  });

  it('is wrong usage where the file is not there', async () => {
    const { status, stderr } = await cli(['lint', 'none.yaml']);

    expect(status).toBe(2);
    expect(stderr).toBe('error  none.yaml: there is no such file.\n');
  });

  it('says why the file that RELAY_CONFIG names cannot be read', async () => {
    const { status, stderr } = await cli(['lint'], { env: { RELAY_CONFIG: '.' } });

    expect({ status, stderr }).toStrictEqual({ status: 1, stderr: 'error  RELAY_CONFIG: it is a folder.\n' });
  });

  it('names a route that leaves out by `tell` what its own `match` asks for', async () => {
    const text = GOOD.replace(
      'match: { phase: [failed, waiting] }',
      'match: { phase: [started, failed] }\n        tell: ends',
    );
    await using folder = await folderWith({ 'relay.yaml': text });

    const { status, stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(status).toBe(0);
    expect(stdout).toContain(
      'Route 1.1 has `tell: ends`, and tells started all the same: its `phase` names it. Delete one of the two.',
    );
  });

  it('tells a misspelt key once, as npm start does', async () => {
    const text = GOOD.replace('type: slack', 'tpye: slack');
    await using folder = await folderWith({ 'other.yaml': text });

    const [lint, preview] = await Promise.all([
      cli(['lint', 'other.yaml'], { cwd: folder.path, env }),
      cli(['preview', '-'], { cwd: folder.path, env: { ...env, RELAY_CONFIG: 'other.yaml' }, stdin: DEPLOYMENT }),
    ]);

    const problem = 'other.yaml:2:16  receivers.ops-slack.tpye: unknown key `tpye`; did you mean `type`?';
    expect(lint.stdout).toBe(`${problem}\n\n1 problem.\n`);
    expect(preview.stderr).toContain(`\n  ${problem}\n`);
  });

  it('says that the blob which is to hold the file cannot be had', async () => {
    const { status, stderr } = await cli(['lint'], { env: { RELAY_CONFIG_BLOB: 'config/relay.yaml' } });

    expect(status).toBe(1);
    expect(stderr).toContain('RELAY_CONFIG_BLOB: expected AzureWebJobsStorage, which holds it');
  });
});

describe('lint --event', () => {
  it('says which routes take a body, and why the others do not', async () => {
    await using folder = await folderWith({ 'relay.yaml': GOOD, 'body.json': DEPLOYMENT });

    const { status, stdout } = await cli(['lint', '--event', 'body.json'], { cwd: folder.path, env });

    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toStrictEqual([
      'Deployment failed: shop-web · shop → dev  from custom',
      'ROUTE  VERDICT  WHY',
      '1  does not fit  environment is dev, not prod*',
      '2  takes it  → ops-slack; and later routes are asked as well',
      '3  takes it  → ops-teams',
      '→ ops-slack, ops-teams',
      '',
    ]);
  });

  it('reads standard input, with a byte order mark and CRLF', async () => {
    await using folder = await folderWith({ 'relay.yaml': GOOD });
    const stdin = `\ufeff${DEPLOYMENT.replaceAll(',', ',\r\n').replace('dev', 'production')}\r\n`;

    const { status, stdout } = await cli(['lint', '--event', '-', '--json'], { cwd: folder.path, env, stdin });

    expect(status).toBe(0);
    expect(json(stdout)).toMatchObject({
      events: [
        {
          routes: [
            { at: 'routes.0', verdict: 'inside' },
            { at: 'routes.0.routes.0', verdict: 'takes', to: ['ops-slack', 'ops-teams'] },
            { at: 'routes.1', verdict: 'unreached', why: 'route 1 took it and does not continue' },
            { at: 'routes.2', verdict: 'unreached' },
          ],
          receivers: ['ops-slack', 'ops-teams'],
          chosen: false,
        },
      ],
    });
  });

  it.each([
    ['{ name: always }', true],
    ['{ name: always, match: { resource: quiet* } }', true],
    ['{ name: always, from: "00:00", to: "24:00", days: [mon, tue, wed, thu, fri, sat, sun] }', true],
    ['{ name: always, to: "23:59" }', false],
    ['{ name: always, days: [mon, tue, wed, thu, fri, sat] }', false],
  ])('warns of a quiet window that never ends (%s: %s)', async (window, endless) => {
    await using folder = await folderWith({ 'relay.yaml': `${GOOD}quiet:\n  windows:\n    - ${window}\n` });

    const { status, stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(status).toBe(0);
    expect(stdout.includes('Quiet window always never ends: what comes in it is never told.')).toBe(endless);
  });

  it.each([
    ['never end', '12:00', true],
    ['end', '12:01', false],
  ])('warns of quiet windows that follow one another and %s', async (_what, from, endless) => {
    const windows = `quiet:\n  windows:\n    - { name: am, to: "12:00" }\n    - { name: pm, from: "${from}" }\n`;
    await using folder = await folderWith({ 'relay.yaml': `${GOOD}${windows}` });

    const { stdout } = await cli(['lint'], { cwd: folder.path, env });

    expect(/Quiet window [ap]m never ends: what comes in it is never told\./.test(stdout)).toBe(endless);
  });

  it('tells that a sender chose the receivers itself, and that a window keeps the event back', async () => {
    const file = `${GOOD}sources:\n  custom: { mayChoose: true }\nquiet:\n  windows:\n    - { name: always }\n`;
    await using folder = await folderWith({ 'relay.yaml': file });
    const stdin = JSON.stringify({
      kind: 'custom',
      title: 'Hello',
      properties: { 'relay-receivers': 'ops-slack, nobody' },
    });

    const { stdout } = await cli(['lint', '--event', '-'], { cwd: folder.path, env, stdin });

    expect(stdout).toContain('→ ops-slack (its sender chose)');
    expect(stdout).toContain('its sender also named nobody: no such receivers');
    expect(stdout).toContain('held now: ops-slack, and never told (window always never ends)');
  });

  it.each([
    ['', 'the body is empty'],
    ['{"kind":', 'the body is not JSON'],
    ['{"hello":"world"}', '--source <name> says whose it is'],
    [`{"kind":"custom","title":"${'x'.repeat(1024 * 1024)}"}`, 'larger than 1048576 bytes'],
  ])('refuses %.20s with a reason', async (stdin, reason) => {
    await using folder = await folderWith({ 'relay.yaml': GOOD });

    const { status, stderr } = await cli(['lint', '--event', '-'], { cwd: folder.path, env, stdin });

    expect(status).toBe(1);
    expect(stderr).toContain(reason);
  });
});
