import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redacted, secretsOf } from '../../src/telemetry/redact.ts';

const IN = 'pl4ntedPl4ntedPl4nted';

const SECRETS: Readonly<Record<string, string>> = {
  'a webhook of Slack': `https://hooks.slack.com/services/T000/B000/${IN}`,
  'a workflow of Slack': `https://hooks.slack.com/triggers/E000/1/${IN}`,
  'a webhook of Slack for governments': `https://hooks.slack-gov.com/services/T000/B000/${IN}`,
  'a token of Slack': `xoxb-1234-${IN}`,
  'a workflow of Power Automate': `https://x.environment.api.powerplatform.com/workflows/1/invoke?api-version=1&sp=%2Ftriggers&sv=1.0&sig=${IN}`,
  'a function key in a URL': `https://relay.azurewebsites.net/api/webhooks?code=${IN}==`,
  'a function key in a header': `x-functions-key: ${IN}`,
  'a token in a URL': `https://example.com/hook?token=${IN}&x=1`,
  'a key in an escaped URL': `https://example.com/hook?x=1\\u0026sig=${IN}`,
  'a key in a URL within a URL': `https://example.com/?to=https%3A%2F%2Fx%2F%3Fsig%3D${IN}%2F${IN}%26b=1`,
  'a bearer token': `Authorization: Bearer ${IN}.${IN}`,
  'a user and a password': `Basic ${Buffer.from(`relay:${IN}`).toString('base64')}`,
  'a password in a URL': `amqps://relay:${IN}@example.com/`,
  'a signed token': `eyJhbGciOiJSUzI1NiJ9.${IN}.${IN}`,
  'a token of GitHub': `ghp_${IN}`,
  'a fine-grained token of GitHub': `github_pat_${IN}`,
  'a token of GitLab': `glpat-${IN}`,
  'a key of Standard Webhooks': `whsec_${Buffer.from(IN).toString('base64')}`,
  'a key of storage': `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${IN}==;EndpointSuffix=core.windows.net`,
  'a signature of storage': `BlobEndpoint=https://x;SharedAccessSignature=sv=2026&sig=${IN}`,
};

const sightings = (text: string): readonly string[] =>
  [IN, Buffer.from(IN).toString('base64'), Buffer.from(`relay:${IN}`).toString('base64')].filter((each) =>
    text.includes(each),
  );

describe.each(Object.entries(SECRETS))('%s', (_what, text) => {
  it.each([
    ['alone', text],
    ['in a sentence', `the call to ${text} failed`],
    ['in JSON', JSON.stringify({ url: text, next: 'kept' })],
    ['in JSON in JSON', JSON.stringify({ text: JSON.stringify({ url: text }) })],
    ['on lines of their own', `one\n${text}\ntwo`],
  ])('is not told %s', (_where, given) => {
    expect(sightings(given).length).toBeGreaterThan(0);
    expect(sightings(redact(given))).toStrictEqual([]);
  });

  it('is not told by the second look either', () => {
    expect(redact(redact(text))).toBe(redact(text));
  });
});

it.each([
  'sent  ops-slack  event 0123456789ab  812 ms',
  '{"outcome":"dead","receiver":"ops","reason":"invalid_token","eventId":"0123456789abcdef0123456789abcdef"}',
  'RELAY_CONFIG: expected a file; the key "sig" is not known',
  'teams did not accept the message: status-401',
  'https://portal.azure.com/#resource/subscriptions/1/resourceGroups/rg-shop?tab=overview',
  'accepted code=3 of 4; 12 tokens were read',
])('leaves alone what is no secret: %s', (text) => {
  expect(redact(text)).toBe(text);
});

it('takes away what is known, whatever it looks like', () => {
  const known = secretsOf([
    {
      url: `https://chat.example.com/a/${IN}/b?x=1`,
      secrets: ['a-signing-key', 'short'],
      proxy: 'http://relay:p%40ssword@10.0.0.1:3128',
    },
  ]);

  const text = `GET /a/${IN}/b?x=1 failed; a-signing-key; short; p@ssword or p%40ssword`;

  expect(redact(text, known)).toBe('GET *** failed; ***; short; *** or ***');
});

it('never throws, and finds a secret in any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...Object.values(SECRETS)), fc.string(), (before, secret, after) => {
      expect(sightings(redact(`${before} ${secret} ${after}`))).toStrictEqual([]);
    }),
  );
});

it('takes no longer for a text that is made to take long', () => {
  for (const each of ['a.', '-eyJ-', 'https://', '?sig=', 'Bearer ', ';key%3D%', 'xoxb-'])
    expect(redact(each.repeat(2 ** 20 / each.length))).not.toBe('');
});

describe('an error', () => {
  it('keeps its class and loses its secrets and its cause', () => {
    const cause = new Error(SECRETS['a webhook of Slack']);
    const thrown = new TypeError(`Invalid URL: ${SECRETS['a webhook of Slack']}`, { cause });

    const error = redacted(thrown);

    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'Invalid URL: https://hooks.slack.com/***' });
    expect(sightings(`${(error as Error).stack} ${String((error as Error).cause)}`)).toStrictEqual([]);
  });

  it('that is read-only loses them as well', () => {
    expect(redacted(new DOMException(SECRETS['a bearer token']))).toMatchObject({
      message: 'Authorization: Bearer ***',
    });
  });

  it('that is none becomes one', () => {
    expect(redacted(`no: ${SECRETS['a bearer token']}`)).toMatchObject({ message: 'no: Authorization: Bearer ***' });
  });
});
