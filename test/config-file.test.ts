import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../src/config-file.ts';
import { ConfigurationError } from '../src/errors.ts';

const good = `
receivers:
  ops-slack: { type: slack, url: "\${SLACK}", locale: en, timeZone: Asia/Seoul }
  ops-teams: { type: teams, url: "\${TEAMS}" }
routes:
  - match: { kind: deployment, environment: "prod*", phase: [failed, waiting] }
    to: [ops-slack, ops-teams]
  - match: { severity: ">=warning" }
    to: [ops-slack]
    continue: true
  - to: [ops-teams]
sources:
  github: { secret: ["new", "old"], include: [jobs] }
  azure-monitor: { entra: { tenant: t, audience: api://relay } }
`;

const env = { SLACK: 'https://hooks.slack.com/services/x', TEAMS: 'https://x.environment.api.powerplatform.com/y' };

async function problemsOf(text: string, given: Record<string, string | undefined> = env) {
  const error = await parseConfigFile(text, given).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error('the file was taken');
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('the configuration file', () => {
  it('fills in environment variables', async () => {
    const { receivers, sources } = await parseConfigFile(good, env);

    expect(receivers['ops-slack']?.url).toBe(env.SLACK);
    expect(sources?.['github']?.secret).toStrictEqual(['new', 'old']);
  });

  it('is JSON as well', async () => {
    const json = JSON.stringify({ receivers: { ops: { type: 'slack', url: env.SLACK } } });

    expect((await parseConfigFile(json, {})).receivers['ops']?.type).toBe('slack');
  });

  it('has a sample that is right', async () => {
    const sample = await readFile(new URL('../relay.sample.yaml', import.meta.url), 'utf8');
    const { SLACK: SLACK_WEBHOOK_URL, TEAMS: TEAMS_WEBHOOK_URL } = env;
    const given = { SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL, GITHUB_WEBHOOK_SECRET: 's', AUTOSCALE_TOKEN: 't' };

    expect((await parseConfigFile(sample, given)).routes).toHaveLength(3);
  });

  it('says where a variable is that is not set', async () => {
    expect(await problemsOf(good, { TEAMS: env.TEAMS })).toStrictEqual([
      'line 3, column 34, receivers.ops-slack.url: the environment variable SLACK is not set',
    ]);
  });

  it('lists every problem at once, each with line, column and path', async () => {
    const wrong = good
      .replace('type: teams', 'type: fax')
      .replace('Asia/Seoul', 'Asia/Nowhere')
      .replace('to: [ops-teams]', 'to: [nobody]')
      .replace('continue: true', 'contineu: true');

    const problems = await problemsOf(wrong.replace('secret: ["new", "old"]', 'entra: {}'));

    expect(problems).toContainEqual(expect.stringMatching(/^line 4, column \d+, receivers\.ops-teams\.type: /));
    expect(problems).toContainEqual(
      expect.stringMatching(/^line 3, column \d+, receivers\.ops-slack\.timeZone: expected an IANA/),
    );
    expect(problems).toContainEqual(expect.stringMatching(/^line 8, column \d+, routes\.1: .*contineu/));
    expect(problems).toContainEqual('line 11, column 10, routes.2.to.0: there is no receiver nobody');
    expect(problems).toContainEqual(expect.stringMatching(/^line 13, .*sources\.github\.entra: only azure-monitor/));
  });

  it('refuses a route to a receiver that does not exist', async () => {
    expect(await problemsOf(good.replace('to: [ops-teams]', 'to: [nobody]'))).toStrictEqual([
      'line 11, column 10, routes.2.to.0: there is no receiver nobody',
    ]);
  });

  it('refuses a secret for a sender that does not sign, and an extra that does not exist', async () => {
    const text = `${good}  jenkins: { secret: s, include: [nothing-like-it] }\n`;

    expect(await problemsOf(text)).toStrictEqual([
      expect.stringMatching(/sources\.jenkins\.secret: this sender does not sign/),
      expect.stringMatching(/sources\.jenkins\.include\.0: /),
    ]);
  });

  it('refuses an Entra ID token from a sender that has none', async () => {
    const text = `${good}  gitlab: { entra: { tenant: t, audience: a } }\n`;

    expect(await problemsOf(text)).toStrictEqual([
      expect.stringMatching(/sources\.gitlab\.entra: only azure-monitor and event-grid/),
    ]);
  });

  it('says where a URL does not fit its receiver, and does not repeat it', async () => {
    const text = good.replace('url: "\u0024{TEAMS}"', 'url: "https://contoso.webhook.office.com/hidden"');

    expect(await problemsOf(text)).toStrictEqual([
      expect.stringMatching(/^line 4, column \d+, receivers\.ops-teams\.url: this is an Office 365 connector/),
    ]);
  });

  it('says where YAML is broken', async () => {
    expect(await problemsOf('receivers:\n  a: {type: slack')).toStrictEqual([
      expect.stringMatching(/^line 2, column \d+: /),
    ]);
  });

  it.each(['', 'null', '[]', '"text"', '3'])('refuses a file that is %j', async (text) => {
    expect((await problemsOf(text)).length).toBeGreaterThan(0);
  });

  it('repeats no secret in a problem', async () => {
    const wrong = good
      .replace('\u0024{SLACK}', 'https://hooks.slack.com/services/T0/B0/very-secret')
      .replace('type: slack', 'type: fax');

    expect((await problemsOf(wrong)).join()).not.toContain('very-secret');
  });
});
