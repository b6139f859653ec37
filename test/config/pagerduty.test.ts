import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { secretsOf } from '../../src/telemetry/redact.ts';

const KEY = '0123456789abcdefABCDEF0123456789';
const env = { PAGERDUTY_KEY: KEY };
const file = (pager: string) => `receivers:\n  on-call: { type: pagerduty, ${pager} }\n`;

const problemsOf = async (text: string, more = {}): Promise<string> => {
  const thrown: unknown = await parseConfigFile(text, { ...env, ...more }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ConfigurationError);
  return thrown instanceof ConfigurationError
    ? thrown.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
    : '';
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of the file.
describe('a receiver of PagerDuty', () => {
  it.each([
    ['key: "${PAGERDUTY_KEY}"', 'https://events.pagerduty.com'],
    ['key: "${PAGERDUTY_KEY}", region: us', 'https://events.pagerduty.com'],
    ['key: "${PAGERDUTY_KEY}", region: eu', 'https://events.eu.pagerduty.com'],
    ['key: "${PAGERDUTY_KEY}", url: "https://events.eu.pagerduty.com"', 'https://events.eu.pagerduty.com'],
    ['key: "${PAGERDUTY_KEY}", host: gw.example.com, url: "https://gw.example.com/pd"', 'https://gw.example.com/pd'],
  ])('with %s leads to %s', async (given, url) => {
    const { receivers } = await readConfig(env, file(given));

    expect(receivers).toMatchObject([{ name: 'on-call', type: 'pagerduty', url, secrets: [KEY] }]);
    expect(secretsOf(receivers)).toContain(KEY);
  });

  it('may lead to this machine in a local run alone', async () => {
    const text = file('key: "${PAGERDUTY_KEY}", url: "http://127.0.0.1:7071/inbox/pagerduty"');

    await parseConfigFile(text, { ...env, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' });
    expect(await problemsOf(text)).toContain('expected https:');
  });

  it.each([
    ['locale: en', /receivers\.on-call\.key: expected the integration key, 32 letters and digits: in PagerDuty/],
    ['key: "very-hidden"', /receivers\.on-call\.key: expected the integration key/],
    ['key: "${PAGERDUTY_KEY}", region: asia', /region: expected one of us, eu/],
    ['key: "${PAGERDUTY_KEY}", region: eu, url: "https://events.pagerduty.com"', /region has no use here/],
    ['key: "${PAGERDUTY_KEY}", url: "https://example.com"', /this is not the address of a pagerduty webhook/],
    ['key: "${PAGERDUTY_KEY}", secret: very-hidden', /are not signed/],
    ['key: "${PAGERDUTY_KEY}", auth: entra', /knows nobody by Entra ID/],
  ])('with %s is refused, without the key', async (given, message) => {
    const said = await problemsOf(file(given));

    expect(said).toMatch(message);
    expect(said).not.toMatch(/very-hidden|0123456789/);
  });

  it('is the only one with a key, and the only one without an address', async () => {
    const others =
      'receivers:\n  a: { type: slack }\n  b: { type: slack, url: "https://hooks.slack.com/services/T/B/x", key: very-hidden, region: eu }\n';
    const said = await problemsOf(others);

    expect(said).toMatch(/receivers\.a\.url: expected the address that its messages go to/);
    expect(said).toMatch(/receivers\.b\.key: a receiver of type slack has an address, and no key/);
    expect(said).toMatch(/receivers\.b\.region: a receiver of type slack has an address, and no region/);
    expect(said).not.toContain('very-hidden');
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of the file.
