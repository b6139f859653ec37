import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, type RelayEvent } from '../../src/event/event.ts';
import { withoutSecrets } from '../../src/event/secrets/secrets.ts';
import { block, line } from '../../src/event/text.ts';
import { examples } from '../support/examples.ts';

const IN = 'pl4ntedPl4ntedPl4nted';
const BASE64 = Buffer.from(`relay:${IN}`).toString('base64');
const KEY = ['-----BEGIN RSA PRIVATE KEY-----', IN, IN, '-----END RSA PRIVATE KEY-----'].join('\n');

/** One for each form: a text that holds it, and what is left. */
const SECRETS: Readonly<Record<string, readonly [text: string, left: string]>> = {
  'a private key': [`the key is\n${KEY}\nand`, 'the key is\n***\nand'],
  'a private key without its end': [`-----BEGIN PRIVATE KEY-----\n${IN}\n${IN}`, '***'],
  'a webhook of Slack': [`to https://hooks.slack.com/services/T0/B0/${IN}: 404`, 'to https://hooks.slack.com/*** 404'],
  'a workflow of Slack for governments': [
    `https://hooks.slack-gov.com/triggers/${IN}`,
    'https://hooks.slack-gov.com/***',
  ],
  'a token of Slack': [`xoxb-1234-${IN} expired`, 'xoxb-*** expired'],
  'a token of GitHub': [`remote: ghp_${IN}`, 'remote: ghp_***'],
  'a fine-grained token of GitHub': [`github_pat_${IN}`, 'github_pat_***'],
  'a token of npm': [`npm_${IN}`, 'npm_***'],
  'a token of GitLab': [`glpat-${IN}`, 'glpat-***'],
  'a key of Standard Webhooks': [`whsec_${IN}==`, 'whsec_***'],
  'a secret of Entra ID': [`abc8Q~${IN}_${IN.slice(0, 10)}`, '***'],
  'a bearer token': [`Bearer ${IN}`, 'Bearer ***'],
  'a user and a password': [`Basic ${BASE64}`, 'Basic ***'],
  'a signed token': [`token eyJhbGciOiJSUzI1NiJ9.${IN}.${IN}`, 'token ***'],
  'a signed token after its header': [`Authorization: Bearer eyJhbGciOiJ9.${IN}`, 'Authorization: Bearer ***'],
  'a key of storage': [
    `AccountName=x;AccountKey=${IN}==;EndpointSuffix=x`,
    'AccountName=x;AccountKey=***;EndpointSuffix=x',
  ],
  'a password': [`login with password=${IN} failed`, 'login with password=*** failed'],
  'a password in quotes': [`Server=x;Pwd='${IN} ${IN}'`, "Server=x;Pwd='***'"],
  'a variable': [`export AWS_SECRET_ACCESS_KEY=${IN}`, 'export AWS_SECRET_ACCESS_KEY=***'],
  'a secret in JSON': [`{"clientSecret": "${IN}", "id": 7}`, '{"clientSecret": "***", "id": 7}'],
  'a secret in JSON in JSON': [`"{\\"token\\":\\"${IN}\\"}"`, '"{\\"token\\":\\"***\\"}"'],
  'a signature in an address': [
    `GET https://x.blob.core.windows.net/a?sv=1&sig=${IN}%2B: 403`,
    'GET https://x.blob.core.windows.net/a?sv=1&sig=*** 403',
  ],
  'a signature that begins with an escape': [`https://x/?sig=%2F${IN}&b=1`, 'https://x/?sig=***&b=1'],
  'a function key in an address': [
    `https://x.azurewebsites.net/api/y?code=${IN}==`,
    'https://x.azurewebsites.net/api/y?code=***',
  ],
  'a key in an address within an address': [
    `?to=https%3A%2F%2Fx%3Fsig%3D${IN}%26b=1`,
    '?to=https%3A%2F%2Fx%3Fsig%3D***%26b=1',
  ],
  'entities of HTML by number': [`password&#61;&#34;${IN}&#34; &#60;`, 'password="***" <'],
  'entities of HTML by number, in hex': [`password&#x3D;&#X22;${IN}&#x22; &#x3c;`, 'password="***" <'],
  'a function key in a header': [`x-functions-key: ${IN}`, 'x-functions-key: ***'],
  'a header': [`-H "Authorization: ${IN}"`, '-H "Authorization: ***"'],
  'a header without digits': ['authorization: bearer secretsecretsecret', 'authorization: bearer ***'],
  'a password in an address': [`amqps://relay:${IN}@example.com/`, 'amqps://***@example.com/'],
  'a token in an address': [`git clone https://${IN}@dev.azure.com/x`, 'git clone https://***@dev.azure.com/x'],
};

const forms = Object.entries(SECRETS);
const sightings = (value: unknown): readonly string[] =>
  [IN, BASE64, 'secretsecretsecret'].filter((each) => JSON.stringify(value).includes(each));

describe.each(forms)('%s', (_form, [text, left]) => {
  it('is masked, and nothing around it', () => {
    expect(sightings(text)).not.toStrictEqual([]);
    expect(withoutSecrets(text)).toBe(left);
  });

  it('is masked once and for all', () => {
    expect(withoutSecrets(left)).toBe(left);
  });

  it('is not cut into a half that nobody knows again', () => {
    for (let max = 1; max <= text.length + 1; max += 1) {
      const cut = block(max).parse(text);

      expect(left.startsWith(cut.replace(/…$/, ''))).toBe(true);
      expect(block(max).parse(cut)).toBe(cut);
    }
  });
});

describe('an event', () => {
  const [text] = SECRETS['a token of GitHub'] ?? [];
  const said: readonly (readonly [string, object])[] = [
    ['the output of a deployment', { ...examples.deployment, output: text }],
    ['its change', { ...examples.deployment, change: text }],
    ['its failed step', { ...examples.deployment, failedStep: text }],
    ['the reason of a scaling', { ...examples.scale, reason: text }],
    ['the description of an alert', { ...examples.alert, description: text }],
    ['its dimensions', { ...examples.alert, dimensions: { url: text } }],
    ['the text of a custom event', { ...examples.custom, text }],
    ['its title, and what is named after it', { ...examples.custom, title: text, resource: { name: text } }],
    ['its properties', { ...examples.custom, properties: { note: text } }],
    ['the reason of a notice', { ...examples.notice, reason: text }],
  ];

  it.each(said)('is kept and sent without the secrets in %s', (_field, draft) => {
    expect(sightings(draft)).not.toStrictEqual([]);
    expect(sightings(event.parse(draft))).toStrictEqual([]);
    expect(JSON.stringify(event.parse(draft))).toContain('remote: ghp_***');
  });

  it('keeps what tells it from others, whatever that looks like', () => {
    const named = { ...examples.custom, id: 'build?key=1', story: 'builds?key=7' };

    expect(event.parse(named)).toMatchObject({ id: 'build?key=1', story: 'builds?key=7' });
  });

  it('has its command as it is: half a command can do anything', () => {
    const command = "az login --password='$PASSWORD'";

    expect(event.parse({ ...examples.drift, command })).toMatchObject({ command });
  });
});

const word = fc.constantFrom(
  ...[
    'Basic authentication is missing:',
    'a bearer token',
    'AuthorizationFailed: The client',
    'Authorization: required,',
  ],
  ...[
    'the key is',
    'password: expected text',
    'secret',
    '12 tokens',
    '"token": 7,',
    'x=y@z',
    'code=3 of 4;',
    '3 = 3',
    'a&b',
  ],
  ...['replicas=3', 'monkey=7', 'keys=3', 'sig', 'ghp_', 'npm_lifecycle', 'eyJ', 'Standard_D2s_v5', 'v2.41.0-rc.1'],
  ...['at 2026-11-20T14:05:09Z', 'sha256:9f3c1ab2d4e5f60718293a4b5c6d7e8f', '9f3c1ab2d4e5f60718293a4b5c6d7e8f90a1b2c3'],
  ...['https://portal.azure.com/#resource/subscriptions/a1?tab=overview', 'git@github.com:contoso/shop.git'],
  ...[
    'ssh://git@github.com/x',
    'http://localhost:8080/a@v1',
    'kim.minji@contoso.com',
    '/subscriptions/a1/resourceGroups/x',
  ],
  ...['#1834', '90 %', 'npm ERR!', '한국어', '배포', '***', '…', '{', '}', '\n', '\t'],
);

describe('ordinary text', () => {
  it('is left as it is', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join(' ');

        expect(withoutSecrets(text)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(Object.values(examples).map((each: RelayEvent) => [each.kind, each] as const))(
    'is left as it is in an example (%s)',
    (_kind, example) => {
      expect(event.parse(example)).toStrictEqual(example);
    },
  );
});

const anyPieces = fc.array(
  fc.oneof(
    word,
    fc.constantFrom(...forms.flatMap(([, [text]]) => [text, text.slice(0, 30), text.slice(9)])),
    fc.string(),
  ),
  { maxLength: 8 },
);

describe('any text', () => {
  it('with secrets in it has none of them afterwards, and is the same from then on', () => {
    fc.assert(
      fc.property(
        anyPieces,
        fc.constantFrom('', ' ', '\n', ', '),
        fc.integer({ min: 1, max: 200 }),
        (pieces, by, max) => {
          const masked = withoutSecrets(pieces.join(by));
          const [kept, told] = [block(max), line(max)].map((field) => field.parse(pieces.join(by)));

          expect(withoutSecrets(masked)).toBe(masked);
          expect([block(max).parse(kept), line(max).parse(told)]).toStrictEqual([kept, told]);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('of a megabyte is looked through in a moment, however it is made', () => {
    const seeds = [
      'a.',
      '-eyJ-',
      'eyJaaaaaaaa.',
      'https://',
      'x://y:',
      '?sig=',
      '?sig=%',
      'Bearer ',
      'Bearer a',
      'Basic a1',
    ];
    const more = [
      ';key%3D%',
      'xoxb-',
      'ghp_',
      'password="',
      '"token":',
      'authorization:',
      '-----BEGIN PRIVATE KEY-----',
      '0Q~',
      ' ',
      '| password ',
      'password  ',
      'password: !!str ',
      'password: |\n ',
      'password: a',
      'password a',
      '|-|\n',
      'authorization: digest ',
      '%25',
      '&amp;',
      'pаss',
    ];
    for (const seed of [...seeds, ...more]) {
      const text = `${seed.repeat(2 ** 20 / seed.length)}=`;

      expect(withoutSecrets(text), seed).not.toBe('');
    }
  });
});

const HOOK = 'pl4nted000i3aq7mk2xw9vb4';

it.each([
  ...['services', 'servis', 'SERVICES', ''].map((word) => [`hooks.slack.com/`, `${word}/t0/b0/`]),
  ['hooks.slack.com:443/', 'services/t0/b0/'],
  ['hooks.slack.com./', 'services/'],
  ['contoso.webhook.office.com/', 'wbhookb2/'],
  ['outlook.office365.com/webhookb2/', ''],
  ['outlook.office.com/webhok/', ''],
  ['discord.com/api/v10/webhooks/', '1/'],
  ['discord.com:443/api/webhook/', '1/'],
  ['api.telegram.org/', 'bt1:'],
  ['events.pagerduty.com/integraton/', ''],
  ['alert.victorops.com/', 'integration/generic/1/alert/'],
  ['hooks.zapier.com/', 'hooks/standard/1/'],
  ['hook.eu1.make.com/', ''],
  ['maker.ifttt.com/', 'use/'],
  ['open.feishu.cn/open-apis/bot/hook/', ''],
  ['hooks.ringcentral.com/', 'webhook/v2/'],
  ['nosnch.in/', ''],
  ['hc-ping.com/', ''],
  ['oncall-eu.grafana.net/oncall/integrations/v1/alertmanager/', ''],
  ['uptime.betterstack.com/api/v1/heartbeat/', ''],
  ['api.vercel.com/v1/integrations/deploy/prj_1/', ''],
  ['hub.docker.com/api/build/v1/source/', 'a/trigger/'],
  ['n8n.example.com/webhook/', ''],
  ['chat.example.com/hooks/', '64a1b2c3d4e5f6a7b8c9d0e1/'],
  ['api.netlify.com/build_hooks/', ''],
  ['api.flock.com/hooks/', 'sendMessage/'],
])('masks the rest of an address that is its own password: %s', (stays, rest) => {
  expect(withoutSecrets(`see https://${stays}${rest}${HOOK} now`)).toBe(`see https://${stays}*** now`);
});

it.each([
  'https://github.com/a/b/settings/hooks/123456789',
  'https://github.com/o/webhooks/commit/4f2a9c1b7de84a1aa3b2c4d5e6f708192a3b4c5d',
  'https://github.com/o/webhooks/actions/runs/12345678901',
  'https://dev.azure.com/o/_apis/hooks/subscriptions/11111111-2222-3333-4444-555555555555',
  'https://portal.azure.com/#/resource/a/webhooks/autoscale-relay-production-01',
  'https://relay.example.com/api/webhooks/azure-alert',
  'https://events.pagerduty.com/v2/enqueue',
  'https://discord.com/channels/1/2',
  'https://hub.docker.com/r/library/node',
])('leaves an address that leads to a page as it is: %s', (link) => {
  expect(withoutSecrets(link)).toBe(link);
});
