import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { nearest } from '../../src/problems/spelling.ts';

const SLACK = 'https://hooks.slack.com/services/T/B/x';
const TEAMS = 'https://x.environment.api.powerplatform.com/y';

const good = `receivers:
  ops-slack: { type: slack, url: ${SLACK} }
  ops-teams: { type: teams, url: ${TEAMS} }
  audit: { type: webhook, url: https://audit.example.com/, secret: hidden }
`;

async function problemsOf(text: string, env: Record<string, string> = {}) {
  const error = await parseConfigFile(text, env).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error('the file was taken');
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a misspelt key', () => {
  it('is named with the one that was meant, where it stands', async () => {
    expect(await problemsOf(`recievers: {}\n${good}`)).toStrictEqual([
      'relay.yaml:1:1  recievers: unknown key `recievers`; did you mean `receivers`?',
    ]);
  });

  it.each([
    ['routes: [{ mach: { kind: scale }, to: [audit] }]', 'routes.0.mach: unknown key `mach`; did you mean `match`?'],
    ['routes: [{ to: [audit], continu: true }]', 'routes.0.continu: unknown key `continu`; did you mean `continue`?'],
    [
      'routes: [{ to: [audit], match: { enviroment: prod } }]',
      'routes.0.match.enviroment: unknown key `enviroment`; did you mean `environment`?',
    ],
    ['quite: {}', 'quite: unknown key `quite`; did you mean `quiet`?'],
    [
      'quiet: { windows: [{ name: n, timezone: UTC }] }',
      'quiet.windows.0.timezone: unknown key `timezone`; did you mean `timeZone`?',
    ],
    ['sources: { githb: {} }', 'sources.githb: unknown key `githb`; did you mean `github`?'],
    ['sources: { github: { secert: s } }', 'sources.github.secert: unknown key `secert`; did you mean `secret`?'],
    [
      'routes: [{ to: [audit], match: { properties.team: shop } }]',
      'routes.0.match.properties.team: unknown key `properties.team`; write `properties: { team: … }`',
    ],
    ['drill: { xyz: 1, every: 0 0 9 * * 1 }', 'drill.xyz: unknown key `xyz`; there are every, to'],
  ])('%s is a problem', async (more, told) => {
    expect(await problemsOf(`${good}${more}\n`)).toStrictEqual([expect.stringMatching(/^relay\.yaml:5:\d+ {2}/)]);
    expect((await problemsOf(`${good}${more}\n`)).join()).toContain(told);
  });

  it('inside a value of several forms is told by the form that was meant', async () => {
    expect(await problemsOf(good.replace('type: slack', 'type: slack, rate: { perSecnd: 1 }'))).toStrictEqual([
      'relay.yaml:2:37  receivers.ops-slack.rate.perSecnd: unknown key `perSecnd`; did you mean `perSecond`?',
    ]);
  });
});

describe('a key that is missing because it is misspelt', () => {
  it.each([
    [good.replace('type: slack', 'tpye: slack'), 'relay.yaml:2:16  receivers.ops-slack.tpye'],
    [good.replace('secret: hidden', 'secert: hidden'), 'relay.yaml:4:60  receivers.audit.secert'],
    [good.replace('receivers:', 'recievers:'), 'relay.yaml:1:1  recievers'],
  ])('is one problem (%#)', async (text, path) => {
    expect(await problemsOf(text)).toStrictEqual([expect.stringContaining(`${path}: unknown key`)]);
  });

  it('is two where the right one is there as well, and wrong', async () => {
    expect(await problemsOf(good.replace('type: slack', 'tpye: slack, type: slak'))).toHaveLength(2);
  });
});

describe('the place of a problem', () => {
  it('begins with the name of the file', async () => {
    const error = await parseConfigFile(`${good}quite: {}`, {}, 'deploy/other.yaml').catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ problems: [{ path: 'deploy/other.yaml:5:1  quite' }] });
  });
});

describe('a misspelt value', () => {
  it.each([
    ['routes: [{ to: [audit], match: { kind: deploymnet } }]', 'routes.0.match.kind', 'deployment'],
    ['routes: [{ to: [audit], match: { kind: [scale, "!alret"] } }]', 'routes.0.match.kind.1', 'alert'],
    ['routes: [{ to: [audit], match: { kind: scaling } }]', 'routes.0.match.kind', 'scale'],
    ['routes: [{ to: [audit], match: { phase: faild } }]', 'routes.0.match.phase', 'failed'],
    ['routes: [{ to: [audit], match: { phase: fail } }]', 'routes.0.match.phase', 'failed'],
    ['routes: [{ to: [audit], match: { severity: ">=warn" } }]', 'routes.0.match.severity', 'warning'],
    ['routes: [{ to: [audit], match: { state: fierd } }]', 'routes.0.match.state', 'fired'],
    ['routes: [{ to: [audit], match: { severity: ">=waring" } }]', 'routes.0.match.severity', 'warning'],
    ['routes: [{ to: [audit], match: { level: "<=Sv1" } }]', 'routes.0.match.level', 'Sev1'],
    ['routes: [{ to: [audit], match: { source: azure-montior } }]', 'routes.0.match.source', 'azure-monitor'],
    ['routes: [{ to: [ops-slak] }]', 'routes.0.to.0', 'ops-slack'],
    ['routes: [{ to: [audit], routes: [{ to: [adit] }] }]', 'routes.0.routes.0.to.0', 'audit'],
    ['notices: [ops-taems]', 'notices.0', 'ops-teams'],
    ['drill: { every: 0 0 9 * * 1, to: [ops-team] }', 'drill.to.0', 'ops-teams'],
    ['review: [{ to: [ops-teams] }, { to: [ops-team] }]', 'review.1.to.0', 'ops-teams'],
    ['quiet: { windows: [{ name: n, timeZone: Asia/Soeul }] }', 'quiet.windows.0.timeZone', 'Asia/Seoul'],
    ['quiet: { windows: [{ name: n, days: [tues] }] }', 'quiet.windows.0.days.0', 'tue'],
    ['quiet: { breakThrough: critcal }', 'quiet.breakThrough', 'critical'],
    ['quiet: { inhibit: [{ same: [resuorce] }] }', 'quiet.inhibit.0.same.0', 'resource'],
    ['owners: [{ mention: { ops-slak: { user: U012AB, name: a } } }]', 'owners.0.mention.ops-slak', 'ops-slack'],
    ['sources: { github: { include: [job] } }', 'sources.github.include.0', 'jobs'],
  ])('%s is a problem', async (more, path, meant) => {
    expect(await problemsOf(`${good}${more}\n`)).toStrictEqual([
      expect.stringMatching(new RegExp(`^relay\\.yaml:5:\\d+ {2}${path}: .*did you mean \`${meant}\`\\?$`)),
    ]);
  });

  it.each([
    ['type: slack', 'type: slak', 'slack'],
    ['type: slack', 'type: slack, locale: ek', 'en'],
    ['type: slack', 'type: slack, fallback: ops-team', 'ops-teams'],
  ])('%s as %s is a problem', async (right, wrong, meant) => {
    expect((await problemsOf(good.replace(right, wrong))).join()).toContain(`did you mean \`${meant}\`?`);
  });

  it('is a glob that fits none of the words, but not one that fits some', async () => {
    const route = (kind: string) => `${good}routes: [{ to: [audit], match: { kind: "${kind}" } }]\n`;

    expect((await parseConfigFile(route('dep*'), {})).routes).toHaveLength(1);
    expect(await problemsOf(route('dpe*'))).toHaveLength(1);
  });

  it('is not guessed at where nothing is near', () => {
    expect(nearest('fax', ['slack', 'teams', 'webhook'])).toBeUndefined();
    expect(nearest('recievers', ['receivers', 'routes'])).toBe('receivers');
    expect(nearest('ops-two', ['ops-slack', 'ops-teams'])).toBeUndefined();
    expect(nearest('shop-prod', ['shop-dev'])).toBeUndefined();
  });

  it('is not guessed at for a word of one letter, or by one', () => {
    expect(nearest('', ['a', 'b'])).toBeUndefined();
    expect(nearest('c', ['a', 'b'])).toBeUndefined();
    expect(nearest('ab', ['a', 'b'])).toBeUndefined();
  });

  it('is told with all that there is to choose from', async () => {
    expect((await problemsOf(good.replace('type: slack', 'type: slack, locale: fr'))).join()).toMatch(
      /locale: expected one of en, ko, cs, vi$/,
    );
  });
});

describe('what leads nowhere', () => {
  it('is a route without receivers, its own or inherited', async () => {
    const routes = 'routes: [{ match: { kind: scale } }, { routes: [{ match: { kind: alert } }, { to: [audit] }] }]\n';

    expect(await problemsOf(good + routes)).toStrictEqual([
      expect.stringMatching(/^relay\.yaml:5:\d+ {2}routes\.0: expected `to`/),
      expect.stringMatching(/^relay\.yaml:5:\d+ {2}routes\.1\.routes\.0: expected `to`/),
    ]);
    expect(
      await parseConfigFile(`${good}routes: [{ to: [audit], routes: [{ match: { kind: scale } }] }]`, {}),
    ).toBeDefined();
  });

  it('is a fallback that is the receiver itself', async () => {
    expect(await problemsOf(good.replace('type: slack', 'type: slack, fallback: ops-slack'))).toStrictEqual([
      'relay.yaml:2:39  receivers.ops-slack.fallback: expected another receiver than itself',
    ]);
  });

  it('is a circle of fallbacks, told once', async () => {
    const text = good
      .replace('type: slack', 'type: slack, fallback: ops-teams')
      .replace('type: teams', 'type: teams, fallback: audit')
      .replace('type: webhook', 'type: webhook, fallback: ops-teams');

    expect(await problemsOf(text)).toStrictEqual([
      'relay.yaml:3:39  receivers.ops-teams.fallback: expected no circle: ops-teams → audit → ops-teams',
    ]);
  });
});

describe('a mention', () => {
  const owner = (mention: string) => `${good}owners: [{ mention: { ${mention} } }]\n`;

  it.each([
    ['ops-slack: { user: U012AB3CD, name: Ann }'],
    ['ops-slack: { user: W012AB3CD, name: Ann }'],
    ['ops-slack: { group: S012AB3CD, name: oncall }'],
    ['ops-slack: "@here"'],
    ['ops-slack: "@channel"'],
    ['ops-teams: { user: ann@example.com, name: Ann }'],
    ['ops-teams: { user: 0b1ad0bb-64b0-4ad7-9a0d-0aeb52cb6d11, name: Ann }'],
  ])('is taken in its chat (%s)', async (mention) => {
    expect((await parseConfigFile(owner(mention), {})).owners).toHaveLength(1);
  });

  it.each([
    ['ops-slack: { user: ann, name: Ann }', /ops-slack\.user: expected the id of a member/],
    ['ops-slack: { user: S012AB3CD, name: Ann }', /ops-slack\.user: expected the id of a member/],
    ['ops-slack: { group: "@oncall", name: oncall }', /ops-slack\.group: expected the id of a user group/],
    ['ops-slack: { group: "S012AB3CD> <!channel", name: oncall }', /ops-slack\.group: expected/],
    ['ops-teams: { user: Ann, name: Ann }', /ops-teams\.user: expected a sign-in name/],
    ['ops-teams: { group: S012AB3CD, name: oncall }', /ops-teams\.group: messages to teams can call no group/],
    ['ops-slack: "@hear"', /ops-slack: expected .*@here, @channel/],
    ['ops-teams: "@here"', /ops-teams: there is no @here here: a Teams workflow can call nobody but people/],
    ['audit: "@channel"', /audit: there is no @channel here: messages to webhook call nobody/],
    ['audit: { user: U012AB3CD, name: Ann }', /audit\.user: messages to webhook can call no user/],
    ['ops-slack: { name: Ann }', /ops-slack: expected a user or a group/],
    ['ops-slack: { user: U012AB3CD, group: S012AB3CD, name: Ann }', /ops-slack: expected a user or a group/],
    ['ops-slack: { user: U012AB3CD }', /ops-slack\.name: this is missing: expected text/],
  ])('of another form is refused (%s)', async (mention, told) => {
    expect(await problemsOf(owner(mention))).toStrictEqual([expect.stringMatching(told)]);
  });
});

describe('a value', () => {
  it.each([
    ['receivers: 3', 'relay.yaml:1:12  receivers: expected keys and values'],
    ['routes: []', 'relay.yaml:1:1  receivers: this is missing: expected keys and values'],
    ['receivers: { a b: { type: slack, url: x } }', /:1:14 {2}receivers\.a b: expected letters, digits, - and _$/m],
    [`${good}routes: { to: [audit] }`, /routes: expected a list$/],
    [
      `${good}routes: [{ to: [audit], remind: 10s }]`,
      /routes\.0\.remind: expected at least 15m and at most 7d, or off$/,
    ],
    [
      `${good}routes: [{ to: [audit], remind: 8d }]`,
      /routes\.0\.remind: expected at least 15m and at most 7d, or off$/,
    ],
    [`${good}routes: [{ to: [audit], remind: often }]`, /routes\.0\.remind: expected/],
    [`${good}routes: [{ to: [audit], set: { severity: bad } }]`, /set\.severity: expected one of info, warning/],
    [`${good}routes: [{ to: audit }]`, /routes\.0\.to: expected a list$/],
    [`${good}routes: [{ to: [] }]`, /routes\.0\.to: expected at least one receiver; to drop events, /],
    [`${good}routes: [{ to: [audit], continue: "yes" }]`, /continue: expected true or false$/],
    [`${good}routes: [{ to: [audit], match: { group: 3 } }]`, /match\.group: expected text or a list$/],
    [good.replace('type: slack', 'type: slack, rate: fast'), /rate: expected off or keys and values$/],
    [good.replace('type: slack', 'type: slack, rate: { perSecond: 0 }'), /rate\.perSecond: expected at least 0.001$/],
    [`${good}quiet: { inhibit: [{ atMost: 2 hours }] }`, /atMost: expected a duration such as/],
    [`${good}drill: { every: monday }`, /every: expected NCRONTAB/],
    [`${good}review: [{ to: [a], at: monday }]`, /review\.0\.at: expected NCRONTAB/],
    [good.replace('secret: hidden', 'secret: hidden, charts: true'), /audit\.charts: .+ draws no charts$/],
    [`${good}review: []`, /review: expected/],
    [`${good}review: [{ environment: prod }]`, /review\.0\.to: /],
    [`${good}drill: { every: 0 0 25 * * 1 }`, /drill\.every: expected NCRONTAB.* the field hour takes 0 to 23/],
    [`${good}drill: { every: 0 0 9 * * 7 }`, /drill\.every: expected NCRONTAB.* takes 0 \(Sunday\) to 6/],
    [`${good}drill: { every: on the first monday at nine }`, /drill\.every: expected NCRONTAB/],
    [`${good}drill: { every: 0 0 9 30 2 * }`, /drill\.every: expected a time that comes/],
  ])('of another type is told in plain words (%#)', async (text, told) => {
    expect(await problemsOf(text)).toContainEqual(typeof told === 'string' ? told : expect.stringMatching(told));
  });

  it('that YAML takes for something else is told what it needs', async () => {
    const route = (pattern: string) => `${good}routes:\n  - match: { environment: ${pattern} }\n    to: [audit]\n`;

    expect(await problemsOf(route('!prod'))).toStrictEqual([
      'relay.yaml:6:27: text that begins with ! must be in quotes',
    ]);
    expect(await problemsOf(route('*-db'))).toStrictEqual([
      'relay.yaml:6:27: text that begins with * must be in quotes',
    ]);
    expect((await problemsOf(route('>=warning')))[0]).toMatch(
      /^relay\.yaml:6:27: .*; text that begins with > must be in quotes$/,
    );
  });

  it('is in the order of the file, whatever kind of problem it has', async () => {
    const text = `receivers:
  a: { type: slak, url: "\u0024{NONE}" }
  b: { type: teams, url: ${SLACK} }
routes:
  - to: [c]
  - too: [b]
`;

    expect((await problemsOf(text)).map((each) => each.split(': ')[0])).toStrictEqual([
      'relay.yaml:2:14  receivers.a.type',
      'relay.yaml:2:25  receivers.a.url',
      'relay.yaml:3:26  receivers.b.url',
      'relay.yaml:5:10  routes.0.to.0',
      'relay.yaml:6:5  routes.1.too',
    ]);
  });

  it('grows without bounds by aliases, and is refused', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 9; at += 1)
      lines.push(`a${at}: &a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join()}]`);

    expect(await problemsOf(lines.join('\n'))).toStrictEqual([expect.stringMatching(/^relay\.yaml:1:1: /)]);
  });
});
