import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misspeltSettings } from '../../src/config/misspelt.ts';
import { settings } from '../../src/config/settings.ts';
import { driftSettingNames } from '../../src/drift/rules/settings.ts';

const SETTINGS = [...Object.keys(settings.shape), ...driftSettingNames, 'RELAY_URL', 'RELAY_KEY', 'RELAY_CODE'];

describe('a variable that is no setting', () => {
  it.each([
    ['SLACK_WEBHOOK', 'SLACK_WEBHOOK_URL'],
    ['SLACK_WEBHOK_URL', 'SLACK_WEBHOOK_URL'],
    ['SLACK_WEBHOOK_URI', 'SLACK_WEBHOOK_URL'],
    ['TEAMS_WEBHOOK', 'TEAMS_WEBHOOK_URL'],
    ['teams_webhook_url', 'TEAMS_WEBHOOK_URL'],
    ['RELAY_LOCAL', 'RELAY_LOCALE'],
    ['RELAY_TIMEZONE', 'RELAY_TIME_ZONE'],
    ['RELAY_CONFG', 'RELAY_CONFIG'],
    ['RELAY_DATADIR', 'RELAY_DATA_DIR'],
    ['DRIFT_SCOPES', 'DRIFT_SCOPE'],
    ['DRIFT_SHEDULE', 'DRIFT_SCHEDULE'],
    ['AzureWebJobsStorage__acountName', 'AzureWebJobsStorage__accountName'],
  ])('%s is told with the one that was meant: %s', (name, meant) => {
    expect(misspeltSettings({ [name]: 'a-secret' })).toStrictEqual([
      `The environment variable ${name} is not a setting; did you mean ${meant}?`,
    ]);
  });

  it.each([
    'SLACK_URL',
    'SLACK_BOT_TOKEN',
    'TEAMS_APP_ID',
    'RELAY_HOST',
    'AzureWebJobsStorage__credential',
    'PATH',
    'POST',
    'WEBHOOK_URL',
  ])('%s is near none', (name) => {
    expect(misspeltSettings({ [name]: 'a' })).toStrictEqual([]);
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a configuration file writes it
    ['that the file uses', { SLACK_WEBHOOK: 'a' }, 'receivers: { a: { url: "${SLACK_WEBHOOK}" } }'],
    ['beside the setting that it is near', { SLACK_WEBHOOK: 'a', SLACK_WEBHOOK_URL: 'b' }, undefined],
    ['that is empty', { SLACK_WEBHOOK: ' ' }, undefined],
  ])('%s is meant as it is written', (_what, env, text) => {
    expect(misspeltSettings(env, text)).toStrictEqual([]);
  });
});

it('no setting is taken for another', () => {
  expect(misspeltSettings(Object.fromEntries(SETTINGS.map((name) => [name, 'a'])))).toStrictEqual([]);
  for (const name of SETTINGS) expect(misspeltSettings({ [name]: 'a' })).toStrictEqual([]);
});

it('no value is ever told, whatever the name', () => {
  const name = fc.tuple(fc.constantFrom('SLACK_', 'RELAY_', 'DRIFT_', ''), fc.string()).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, (each) => {
      expect(misspeltSettings({ [each]: '<the value>' }).join()).not.toContain('<the value>');
    }),
  );
});
