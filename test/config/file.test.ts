import { describe, expect, it } from 'vitest';
import { parseConfigFile } from '../../src/config/file.ts';
import { MOST_CONFIG_BYTES, readConfigText } from '../../src/config/file-text.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { cli, folderWith } from '../cli/support/cli.ts';

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

/** The file with one more receiver, on line 5. */
const webhook = (more: string) =>
  good.replace('\nroutes:', `\n  audit: { type: webhook, url: "https://audit.example.com/events", ${more} }\nroutes:`);

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

  it('says where a variable is that is not set', async () => {
    expect(await problemsOf(good, { TEAMS: env.TEAMS })).toStrictEqual([
      'relay.yaml:3:34  receivers.ops-slack.url: the environment variable SLACK is not set',
    ]);
  });

  it('lists every problem at once, each with line, column and path', async () => {
    const wrong = good
      .replace('type: teams', 'type: fax')
      .replace('Asia/Seoul', 'Asia/Nowhere')
      .replace('to: [ops-teams]', 'to: [nobody]')
      .replace('continue: true', 'contineu: true');

    const problems = await problemsOf(wrong.replace('secret: ["new", "old"]', 'entra: {}'));

    expect(problems).toContainEqual(expect.stringMatching(/^relay\.yaml:4:\d+ {2}receivers\.ops-teams\.type: /));
    expect(problems).toContainEqual(
      expect.stringMatching(/^relay\.yaml:3:\d+ {2}receivers\.ops-slack\.timeZone: expected an IANA/),
    );
    expect(problems).toContainEqual(
      'relay.yaml:10:5  routes.1.contineu: unknown key `contineu`; did you mean `continue`?',
    );
    expect(problems).toContainEqual('relay.yaml:11:10  routes.2.to.0: there is no receiver nobody');
    expect(problems).toContainEqual(
      expect.stringMatching(/^relay\.yaml:13:.*sources\.github\.entra: only azure-monitor/),
    );
  });

  it('refuses a route to a receiver that does not exist', async () => {
    expect(await problemsOf(good.replace('to: [ops-teams]', 'to: [nobody]'))).toStrictEqual([
      'relay.yaml:11:10  routes.2.to.0: there is no receiver nobody',
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
      expect.stringMatching(/^relay\.yaml:4:\d+ {2}receivers\.ops-teams\.url: this is an Office 365 connector/),
    ]);
  });

  it('says where YAML is broken', async () => {
    expect(await problemsOf('receivers:\n  a: {type: slack')).toStrictEqual([
      expect.stringMatching(/^relay\.yaml:2:\d+: /),
    ]);
  });

  it.each(['', 'null', '[]', '"text"', '3'])('refuses a file that is %j', async (text) => {
    expect((await problemsOf(text)).length).toBeGreaterThan(0);
  });

  it.each([
    ['"whsec_c2VjcmV0"', 'whsec_c2VjcmV0'],
    ['"any other text"', 'any other text'],
    ['["whsec_bmV3ZXI=", "whsec_b2xkZXI="]', ['whsec_bmV3ZXI=', 'whsec_b2xkZXI=']],
  ])('takes the secret of a webhook: one, or two while one is rotated (%s)', async (given, secret) => {
    const { receivers } = await parseConfigFile(webhook(`secret: ${given}`), env);

    expect(receivers['audit']).toMatchObject({ type: 'webhook', secret });
  });

  it('demands a secret for a webhook, where that receiver stands', async () => {
    const told =
      'expected a secret: a webhook is signed, so that its subscriber can trust it; or auth: { entra: <audience> }';

    expect(await problemsOf(webhook('locale: en'))).toStrictEqual([`relay.yaml:5:10  receivers.audit.secret: ${told}`]);
  });

  it('refuses a secret where nothing is signed', async () => {
    const text = good
      .replace('locale: en', 'secret: very-hidden')
      .replace('type: teams', 'type: teams, secret: [a, b]');

    expect(await problemsOf(text)).toStrictEqual([
      'relay.yaml:3:54  receivers.ops-slack.secret: messages to slack are not signed: a secret has no use here',
      'relay.yaml:4:37  receivers.ops-teams.secret: messages to teams are not signed: a secret has no use here',
    ]);
  });

  it.each([
    ['"whsec_not Base64: very-hidden"', /expected Base64 after whsec_$/],
    ['"whsec_"', /expected Base64 after whsec_$/],
    ['["whsec_c2VjcmV0", "whsec_very-hidden"]', /expected Base64 after whsec_$/],
    ['[very-hidden, b, c]', /^relay\.yaml:5:\d+ {2}receivers\.audit\.secret: /],
    ['[]', /^relay\.yaml:5:\d+ {2}receivers\.audit\.secret: /],
    ['""', /^relay\.yaml:5:\d+ {2}receivers\.audit\.secret: /],
  ])('refuses the secret %s, and does not repeat it', async (given, told) => {
    const problems = await problemsOf(webhook(`secret: ${given}`));

    expect(problems).toStrictEqual([expect.stringMatching(told)]);
    expect(problems.join()).not.toContain('very-hidden');
  });

  it('tells only once that the variable of a secret is not set', async () => {
    expect(await problemsOf(webhook('secret: "\u0024{AUDIT_SECRET}"'))).toStrictEqual([
      'relay.yaml:5:76  receivers.audit.secret: the environment variable AUDIT_SECRET is not set',
    ]);
  });

  it('repeats no secret in a problem', async () => {
    const wrong = good
      .replace('\u0024{SLACK}', 'https://hooks.slack.com/services/T0/B0/very-secret')
      .replace('type: slack', 'type: fax');

    expect((await problemsOf(wrong)).join()).not.toContain('very-secret');
  });
});

describe('a configuration file that is too large', () => {
  it.each(['RELAY_CONFIG', undefined])('is refused where it is named by %s, and by the command line', async (named) => {
    await using folder = await folderWith({ 'relay.yaml': `receivers: {}\n${'#'.repeat(MOST_CONFIG_BYTES)}` });
    const env = { [named ?? 'none']: 'relay.yaml' };
    const { status, stderr } = await cli(['lint'], { cwd: folder.path, env });

    expect(status).toBe(1);
    expect(stderr).toContain('larger than 1 MiB, the most that a configuration may be');
    await expect(readConfigText(`${folder.path}/relay.yaml`)).rejects.toThrow('larger than 1 MiB');
  });

  it('is taken at the limit, and a device without an end is not read to it', async () => {
    const text = '#'.repeat(MOST_CONFIG_BYTES);
    await using folder = await folderWith({ 'relay.yaml': text });

    expect(await readConfigText(`${folder.path}/relay.yaml`)).toBe(text);
    await expect(readConfigText('/dev/zero')).rejects.toThrow('larger than 1 MiB');
  });
});
