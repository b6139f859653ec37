import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { secretsOf } from '../../src/telemetry/redact.ts';

const TOKEN = 'xoxb-very-hidden-0001';
const SIGNING = '0123456789abcdef0123456789abcdef';
const OTHER = 'fedcba9876543210fedcba9876543210';
const env = { SLACK_BOT_TOKEN: TOKEN, SLACK_SIGNING_SECRET: SIGNING, OTHER };
const file = (app: string) => `receivers:\n  ops: { type: slack-app, ${app} }\n`;

const problemsOf = async (text: string, isLint = false): Promise<string> => {
  const thrown: unknown = await parseConfigFile(text, env, 'relay.yaml', isLint).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ConfigurationError);
  return thrown instanceof ConfigurationError
    ? thrown.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
    : '';
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of the file.
const given = 'token: "${SLACK_BOT_TOKEN}", channel: C0123456789';

describe('a receiver of a Slack app', () => {
  it('has its token, its room and the keys of its buttons, all of them secret that are', async () => {
    const keys = 'signingSecret: ["${SLACK_SIGNING_SECRET}", "${OTHER}"]';
    const { receivers } = await readConfig(env, file(`${given}, stories: update, broadcast: true, ${keys}`));

    expect(receivers).toMatchObject([
      {
        ...{ name: 'ops', type: 'slack-app', url: 'https://slack.com/api/', secrets: [TOKEN] },
        room: { channel: 'C0123456789', stories: 'update', broadcast: true },
        signingSecrets: [SIGNING, OTHER],
      },
    ]);
    for (const secret of [TOKEN, SIGNING, OTHER]) expect(secretsOf(receivers)).toContain(secret);
  });

  it('is told both ways, and in silence, unless it says otherwise', async () => {
    const { receivers } = await readConfig(env, file(given));

    expect(receivers[0]?.room).toStrictEqual({ channel: 'C0123456789', stories: 'both', broadcast: false });
    expect(receivers[0]).not.toHaveProperty('signingSecrets');
  });

  it('may be in the cloud of a government', async () => {
    const { receivers } = await readConfig(env, file(`${given}, url: "https://slack-gov.com/api/"`));

    expect(receivers[0]?.url).toBe('https://slack-gov.com/api/');
  });

  it.each([
    ['channel: C0123456789', /ops\.token: expected the bot token of a Slack app, which begins with xoxb-/],
    ['token: "${SLACK_BOT_TOKEN}"', /ops\.channel: expected the id of a channel/],
    ['token: "${SLACK_BOT_TOKEN}", channel: "#very-hidden"', /ops\.channel: expected the id of a channel, such as C01/],
    ['token: "xoxe.xoxb-1-very-hidden", channel: C0123456789', /ops\.token: expected the bot token/],
    ['token: "xoxp-very-hidden-1", channel: C0123456789', /ops\.token: expected the bot token/],
    [`${given}, stories: all`, /stories: expected one of both, update, thread/],
    [`${given}, signingSecret: very-hidden`, /signingSecret: expected the signing secret of the Slack app/],
    [`${given}, signingSecret: ["\${OTHER}", "very-hidden"]`, /signingSecret: expected the signing secret/],
    [`${given}, url: "https://example.com/api/"`, /this is not the address of a slack-app/],
    [`${given}, key: very-hidden`, /a receiver of type slack-app has a token, and no key/],
    [`${given}, secret: very-hidden`, /are not signed/],
    [`${given}, auth: entra`, /knows nobody by Entra ID/],
  ])('with %s is refused, without what is secret', async (app, message) => {
    const said = await problemsOf(file(app));

    expect(said).toMatch(message);
    expect(said).not.toContain('very-hidden');
  });

  it('is told by lint where the API is', async () => {
    expect(await problemsOf(file(`${given}, url: "https://slack.com/services/x"`), true)).toContain('leave url out');
  });

  it('is alone with a token and a channel', async () => {
    const others =
      'receivers:\n  a: { type: slack, url: "https://hooks.slack.com/services/T/B/x", token: very-hidden, channel: C0123456789, stories: both, broadcast: true, signingSecret: very-hidden }\n';
    const said = await problemsOf(others);

    expect(said).toMatch(/a\.token: a receiver of type slack has no token/);
    for (const key of ['channel', 'stories', 'broadcast'])
      expect(said).toMatch(new RegExp(`a\\.${key}: only of chat apps \\(.*slack-app.*\\)`));
    expect(said).toMatch(/a\.signingSecret: nobody presses a button in slack/);
    expect(said).not.toContain('very-hidden');
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of the file.
