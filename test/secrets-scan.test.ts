import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Rule {
  readonly id: string;
  readonly regex: RegExp;
  readonly allowed: readonly RegExp[];
}

const [, ...blocks] = readFileSync('.gitleaks.toml', 'utf8').split('[[rules]]');
const quoted = (text: string): readonly string[] => [...text.matchAll(/'''(.*?)'''/g)].map(([, inner = '']) => inner);
const rules: readonly Rule[] = blocks.map((block) => {
  const [, id = ''] = /^id = "([\w-]+)"$/m.exec(block) ?? [];
  const [, regex = ''] = /^regex = '''(.*)'''$/m.exec(block) ?? [];
  const [, allowed = ''] = /^regexes = \[(.*)\]$/m.exec(block) ?? [];
  return { id, regex: new RegExp(regex, 'g'), allowed: quoted(allowed).map((each) => new RegExp(each)) };
});

/** What is found in a text, by the ids of the rules. Never what it is: this is printed. */
const foundIn = (text: string): readonly string[] =>
  rules.flatMap(({ id, regex, allowed }) =>
    [...text.matchAll(regex)].filter(([match]) => !allowed.some((each) => each.test(match))).map(() => id),
  );

const letters = (count: number) => 'aB3dE6gH'.repeat(Math.ceil(count / 8)).slice(0, count);

// Put together here, so that this file holds none.
describe('the rules', () => {
  it.each([
    ['slack-webhook', `https://hooks.slack.com/services/T0${'1A2B3C4D'}/B0${'1A2B3C4D'}/${letters(24)}`],
    ['slack-webhook', `https://hooks.slack-gov.com/services/T0${'1A2B3C4D'}/B0${'1A2B3C4D'}/${letters(24)}`],
    ['slack-webhook', `https://hooks.slack.com/triggers/T0${'1A2B3C4D'}/1234567890123/${letters(32)}`],
    [
      'power-automate-webhook',
      `https://default0.a1.environment.api.powerplatform.com:443/powerautomate/x?api-version=1&sig=${letters(43)}`,
    ],
    ['power-automate-webhook', `https://prod-1.eastus.logic.azure.com:443/workflows/x?sv=1.0&sig=${letters(43)}`],
    [
      'office-365-connector',
      `https://x.webhook.office.com/webhookb2/${'0'.repeat(36)}@${'0'.repeat(36)}/IncomingWebhook/${'0'.repeat(32)}/x`,
    ],
    ['function-key', `https://func-relay.azurewebsites.net/api/webhooks/jenkins?code=${letters(54)}==`],
    ['function-key', `curl -H 'x-functions-key: ${letters(54)}=='`],
    ['webhook-secret', `whsec_${letters(32)}`],
    ['storage-key', `AccountName=x;AccountKey=${letters(86)}==;`],
  ])('find a %s', (id, text) => {
    expect(foundIn(`SETTING="${text}"\n`)).toStrictEqual([id]);
  });

  it.each([
    'https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'https://hooks.slack.com/services/…',
    'https://x.environment.api.powerplatform.com/y?sig=secret',
    'https://relay.azurewebsites.net/api/webhooks/jenkins?code=<key>',
  ])('leave examples alone: %s', (text) => {
    expect(foundIn(text)).toStrictEqual([]);
  });

  it('are all read', () => {
    expect(rules.map(({ id }) => id)).not.toContain('');
    expect(rules.filter(({ regex }) => regex.source === '(?:)')).toStrictEqual([]);
  });
});

it('finds no secret in any file of the repository', () => {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = list.split('\0').filter((file) => file !== '' && existsSync(file));
  const found = files.flatMap((file) => foundIn(readFileSync(file, 'utf8')).map((id) => `${file}: ${id}`));

  expect(files.length).toBeGreaterThan(200);
  expect(found).toStrictEqual([]);
});
