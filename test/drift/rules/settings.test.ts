import { describe, expect, it } from 'vitest';
import { driftSettings } from '../../../src/drift/rules/settings.ts';
import { ConfigurationError } from '../../../src/problems/errors.ts';

const [ONE, TWO] = ['11111111-2222-4333-8444-555555555555', 'AAAAAAAA-2222-4333-8444-555555555555'];

const problems = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    driftSettings({ DRIFT_SCOPE: 'tenant', ...env });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('the settings', () => {
  it.each([{}, { DRIFT_SCOPE: '' }, { DRIFT_SCOPE: ' ', DRIFT_GRACE_MIN: 'odd' }])(
    'are none without a scope: %o',
    (env) => {
      expect(driftSettings(env)).toBeUndefined();
    },
  );

  it('have defaults for all but the scope', () => {
    expect(driftSettings({ DRIFT_SCOPE: 'tenant', DRIFT_REMIND_H: ' ' })).toStrictEqual({
      scopes: ['tenant'],
      schedule: '0 7,37 * * * *',
      source: 'auto',
      flexible: true,
      graceMinutes: 30,
      canaryHours: 24,
      stallMinutes: 90,
      hiddenDays: 14,
      remindHours: 168,
      ignore: [],
      actor: 'type',
      armEndpoint: 'https://management.azure.com',
      apiVersion: '2026-04-01',
    });
  });

  it('are read', () => {
    expect(
      driftSettings({
        DRIFT_SCOPE: `sub:${ONE}, ${TWO},sub:${ONE}`,
        DRIFT_SCHEDULE: '0 0 8 * * 1-5',
        DRIFT_SOURCE: 'arm',
        DRIFT_FLEXIBLE: 'off',
        DRIFT_GRACE_MIN: '0',
        DRIFT_CANARY_H: '48',
        DRIFT_STALL_MIN: '120',
        DRIFT_HIDDEN_DAYS: 'off',
        DRIFT_REMIND_H: '0',
        DRIFT_IGNORE: 'managed /rg-(a|b){1,2}/  -test$',
        DRIFT_ACTOR: 'off',
        ARM_ENDPOINT: 'https://management.chinacloudapi.cn/',
        COMPUTE_API_VERSION: '2021-11-01',
      }),
    ).toStrictEqual({
      scopes: [`sub:${ONE}`, `sub:${TWO.toLowerCase()}`],
      schedule: '0 0 8 * * 1-5',
      source: 'arm',
      flexible: false,
      graceMinutes: 0,
      canaryHours: 48,
      stallMinutes: 120,
      hiddenDays: undefined,
      remindHours: 0,
      ignore: [/\/rg-(a|b){1,2}\//i, /-test$/i],
      actor: 'off',
      armEndpoint: 'https://management.chinacloudapi.cn',
      apiVersion: '2021-11-01',
    });
  });

  it('take management groups by their ids', () => {
    expect(driftSettings({ DRIFT_SCOPE: 'mg:Corp,mg:dev.1' })?.scopes).toStrictEqual(['mg:Corp', 'mg:dev.1']);
  });

  it('tell every problem at once, and no value', () => {
    const told = problems({
      DRIFT_SCOPE: 'sub:S3CRET',
      DRIFT_SCHEDULE: '* * S3CRET',
      DRIFT_SOURCE: 'S3CRET',
      DRIFT_FLEXIBLE: 'S3CRET',
      DRIFT_GRACE_MIN: '1.5',
      DRIFT_CANARY_H: '-1',
      DRIFT_STALL_MIN: '0',
      DRIFT_HIDDEN_DAYS: 'S3CRET',
      DRIFT_REMIND_H: '99999',
      DRIFT_IGNORE: '(S3CRET',
      DRIFT_ACTOR: 'S3CRET',
      ARM_ENDPOINT: 'https://management.azure.com/S3CRET',
      COMPUTE_API_VERSION: 'S3CRET',
    });

    expect(told).toStrictEqual([
      'DRIFT_SCOPE: expected tenant, mg:<id>[,<id>] or sub:<guid>[,<guid>]',
      'DRIFT_SCHEDULE: expected NCRONTAB: five fields, or six of which the first is seconds, such as `0 0 9 * * 1`, every Monday at 09:00; there are 3',
      'DRIFT_SOURCE: expected auto, arm or arg',
      'DRIFT_FLEXIBLE: expected on or off',
      'DRIFT_GRACE_MIN: expected a whole number of minutes',
      'DRIFT_CANARY_H: expected a whole number of hours',
      'DRIFT_STALL_MIN: expected at least 1',
      'DRIFT_HIDDEN_DAYS: expected days, or off',
      'DRIFT_REMIND_H: expected at most 8760',
      'DRIFT_IGNORE: expected regular expressions with blanks between them',
      'DRIFT_ACTOR: expected name, type or off',
      'ARM_ENDPOINT: expected https:// and a host',
      'COMPUTE_API_VERSION: expected a date, such as 2026-04-01',
    ]);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:1', 'https://management.usgovcloudapi.net'])(
    'take the endpoint %s',
    (ARM_ENDPOINT) => {
      expect(problems({ ARM_ENDPOINT })).toStrictEqual([]);
    },
  );

  it.each(['https://u:p@management.azure.com', 'https://management.azure.com/x', 'ftp://127.0.0.1', 'x'])(
    'do not take the endpoint %s: tokens go there',
    (ARM_ENDPOINT) => {
      expect(problems({ ARM_ENDPOINT })).toHaveLength(1);
    },
  );

  it.each(['sub:', 'mg:', 'sub:1', 'group:x', 'mg:a/b', 'tenant,mg:a'])('do not take the scope %s', (DRIFT_SCOPE) => {
    expect(problems({ DRIFT_SCOPE })).toHaveLength(1);
  });
});
