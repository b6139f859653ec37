import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { wantedToken } from '../../src/destinations/teams-bot/bot.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { secretsOf } from '../../src/telemetry/redact.ts';

const SECRET = 'very-hidden~secret';
const env = { BOT_SECRET: SECRET };
const file = (bot: string) => `receivers:\n  ops: { type: teams-bot, ${bot} }\n`;
const [appId, tenant] = ['11111111-2222-4333-8444-555555555555', 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'];
const CHANNEL = '19:c0ffee_1-a@thread.tacv2';

const problemsOf = async (text: string, isLint = false): Promise<string> => {
  const thrown: unknown = await parseConfigFile(text, env, 'relay.yaml', isLint).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ConfigurationError);
  return thrown instanceof ConfigurationError
    ? thrown.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
    : '';
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of the file.
const ids = `tenant: ${tenant}, appId: ${appId}`;
const room = `channel: "${CHANNEL}"`;
const secret = 'secret: "${BOT_SECRET}"';

const receiverOf = async (bot: string, development = false) => {
  const local = development ? { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' } : {};
  const { receivers } = await readConfig({ ...env, ...local }, file(bot));
  const [receiver] = receivers;
  if (receiver === undefined) throw new Error('there is no receiver');
  return receiver;
};

describe('a receiver of a Teams bot', () => {
  it('has its room, its app and a secret that is one', async () => {
    const receiver = await receiverOf(`${ids}, ${room}, ${secret}, stories: update`);

    expect(receiver).toMatchObject({
      url: 'https://smba.trafficmanager.net/teams',
      room: { channel: CHANNEL, stories: 'update', broadcast: false },
      bot: { appId, tenant },
      secrets: [SECRET],
    });
    expect(secretsOf([receiver])).toContain(SECRET);
    expect(wantedToken(receiver)).toStrictEqual({
      audience: 'https://api.botframework.com',
      app: { id: appId, secret: SECRET, tokens: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` },
    });
  });

  it('may be the identity of the relay', async () => {
    const receiver = await receiverOf(`${ids}, ${room}, auth: entra, url: "https://smba.trafficmanager.net/emea/"`);

    expect(wantedToken(receiver)).toStrictEqual({ audience: 'https://api.botframework.com' });
  });

  it('is without an address as with that of all', async () => {
    expect(wantedToken(await receiverOf(`${ids}, ${room}, auth: entra`))).toStrictEqual({
      audience: 'https://api.botframework.com',
    });
  });

  it.each([
    ['https://smba.infra.gcc.teams.microsoft.com/gcc', 'com'],
    ['https://smba.infra.gov.teams.microsoft.us/gcch', 'us'],
    ['https://smba.infra.dod.teams.microsoft.us/teams', 'us'],
  ])('in the cloud of a government has the tokens of that: %s', async (url, end) => {
    const given = `${ids}, ${room}, url: "${url}"`;
    const [byApp, byIdentity] = [await receiverOf(`${given}, ${secret}`), await receiverOf(`${given}, auth: entra`)];

    expect(wantedToken(byApp)).toMatchObject({
      audience: `https://api.botframework.${end}`,
      app: { tokens: `https://login.microsoftonline.${end}/${tenant}/oauth2/v2.0/token` },
    });
    expect(wantedToken(byIdentity)).toStrictEqual({ audience: `https://api.botframework.${end}` });
  });

  it('shows the secret of a local run to nobody but this machine', async () => {
    const url = 'http://127.0.0.1:7071/inbox/teams-bot/ops';
    const given = `${ids}, ${room}, ${secret}, url: "${url}"`;

    expect(wantedToken(await receiverOf(given, true))?.app?.tokens).toBe(`${url}/oauth2/v2.0/token`);
    expect(await problemsOf(file(given))).toMatch(/ops\.url: this is not a service of Teams/);
  });

  it.each(['19:x@thread.skype', '19:x@thread.v2', '19:x_y@unq.gbl.spaces', 'a:1pL6i0oY3C0K8oAj8'])(
    'may write in %s',
    async (channel) => {
      expect((await receiverOf(`${ids}, ${secret}, channel: "${channel}"`)).room?.channel).toBe(channel);
    },
  );

  it.each([
    [`${ids}, ${secret}`, /ops\.channel: expected the id of a channel, such as 19:/],
    [`${ids}, ${secret}, channel: very-hidden`, /ops\.channel: expected the id of a channel/],
    [`${ids}, ${secret}, channel: "${CHANNEL};messageid=1"`, /ops\.channel: expected the id of a channel/],
    [`${room}, ${secret}, appId: ${appId}`, /ops\.tenant: expected the id of the tenant/],
    [`${room}, ${secret}, tenant: contoso.com, appId: ${appId}`, /ops\.tenant: expected the id of the tenant/],
    [`${room}, ${secret}, tenant: ${tenant}`, /ops\.appId: expected the Microsoft App ID/],
    [`${room}, ${secret}, tenant: ${tenant}, appId: "28:${appId}"`, /ops\.appId: expected the Microsoft App ID/],
    [`${ids}, ${room}`, /ops\.secret: expected a client secret of the app/],
    [`${ids}, ${room}, secret: [very-hidden, very-hidden-2]`, /ops\.secret: expected a client secret/],
    [`${ids}, ${room}, ${secret}, auth: entra`, /ops\.secret: auth says that there is no secret/],
    [`${ids}, ${room}, ${secret}, broadcast: true`, /ops\.broadcast: Teams shows an answer in its thread/],
    [`${ids}, ${room}, ${secret}, host: gateway.example.com`, /ops\.host: it is called at its own hosts/],
    [`${ids}, ${room}, ${secret}, token: very-hidden`, /ops\.token: a receiver of type teams-bot has no token/],
    [`${ids}, ${room}, ${secret}, key: very-hidden`, /ops\.key: a receiver of type teams-bot has an appId, and no key/],
    [`${ids}, ${room}, ${secret}, url: "https://very-hidden.example.com/teams"`, /ops\.url: this is not a service of/],
    [`${ids}, ${room}, ${secret}, url: "http://smba.trafficmanager.net/teams"`, /ops\.url: this is not a service of/],
  ])('with %s is refused, without what is secret', async (bot, message) => {
    const said = await problemsOf(file(bot));

    expect(said).toMatch(message);
    expect(said).not.toContain('very-hidden');
  });

  it('is alone with a tenant and an app', async () => {
    const others = `receivers:\n  a: { type: teams, url: "https://x.environment.api.powerplatform.com/w?sig=x", ${ids} }\n`;
    const said = await problemsOf(others);

    expect(said).toMatch(/a\.tenant: only bots of Teams have a tenant/);
    expect(said).toMatch(/a\.appId: only bots of Teams have an appId/);
  });

  it('calls people and tags, and no whole channel', async () => {
    const tag = 'MjQzMmI1N2ItMGFiZC00M2RiLWFhN2ItMTZlYWRkMTE1ZDM0'.repeat(2);
    const calling = (mention: string) =>
      `${file(`${ids}, ${room}, ${secret}`)}owners:\n  - mention: { ops: ${mention} }\n`;

    expect((await readConfig(env, calling(`{ group: "${tag}", name: On call }`))).owners).toHaveLength(1);
    expect(await problemsOf(calling('{ group: ops, name: On call }'))).toMatch(/expected the id of a tag of the team/);
    expect(await problemsOf(calling('"@here"'))).toMatch(/a bot of Teams can call people and the tags/);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of the file.
