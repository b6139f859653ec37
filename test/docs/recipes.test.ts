import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { routingOf } from '../../src/relay/routed.ts';
import { deferredNow } from '../../src/routing/deferred.ts';
import { cli, folderWith } from '../cli/support/cli.ts';
import { examples } from '../support/examples.ts';

const PAGE = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8');

/** Every configuration of the page, with the rows of the table beneath it. */
const recipes = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```\n\n\| When .*\n\|.*\n((?:\|.*\n)+)/gm)].map(
  ([, yaml = '', table = ''], at) => ({
    name: `${at + 1}. ${PAGE.slice(0, PAGE.indexOf(yaml))
      .match(/^## .*$/gm)
      ?.at(-1)
      ?.slice(3)}`,
    yaml,
    rows: table
      .trim()
      .split('\n')
      .map((row) => row.split('|').map((cell) => cell.trim())),
  }),
);

const { scale, alert, deployment, drift } = examples;
const SEVERITIES = { Sev0: 'critical', Sev1: 'error', Sev2: 'warning', Sev3: 'info' } as const;
const sev = (level: keyof typeof SEVERITIES) => ({ level, severity: SEVERITIES[level] });
const shop = { ...scale.resource, group: 'rg-shop-prod' };
const ofShop = { ...alert, resource: shop };
const deployed = (phase: 'started' | 'succeeded' | 'failed' | 'waiting', environment: string): RelayEvent => ({
  ...deployment,
  ...{ phase, environment },
  severity: { started: 'info', succeeded: 'info', failed: 'error', waiting: 'warning' }[phase] as 'info',
});
const { environment: _, ...nowhere } = ofShop;
const ofCheckout = { ...alert, source: 'alertmanager', properties: { namespace: 'checkout' }, level: undefined };
const { properties: __, ...unowned } = { ...alert, ...sev('Sev2'), resource: { name: 'sql-7', group: 'rg-data' } };

/** What the tables speak of. */
const EVENTS: Readonly<Record<string, RelayEvent>> = {
  'a set of the shop in prod begins to scale out': { ...scale, resource: shop },
  'a set of the shop in prod has scaled out': { ...scale, resource: shop, phase: 'succeeded' },
  'a scaling of the shop in prod fails': { ...scale, resource: shop, phase: 'failed', severity: 'error' },
  'a set of the shop in prod drifts': { ...drift, resource: shop },
  'Sev0 at the shop in prod': { ...ofShop, ...sev('Sev0') },
  'Sev1 at the shop in prod': { ...ofShop, ...sev('Sev1') },
  'Sev2 at the shop in prod': { ...ofShop, ...sev('Sev2') },
  'Sev3 at the shop in prod': { ...ofShop, ...sev('Sev3') },
  'Sev1 at the shop in test': { ...nowhere, ...sev('Sev1'), resource: { ...shop, group: 'rg-shop-test' } },
  'Sev1 of the payments team': { ...alert, properties: { team: 'payments' }, resource: { name: 'pay-api' } },
  "Sev2 of nobody's": unowned,
  'a deployment to prod begins': deployed('started', 'prod'),
  'a deployment to prod succeeds': deployed('succeeded', 'prod'),
  'a deployment to prod fails': deployed('failed', 'prod'),
  'a deployment to prod waits for approval': deployed('waiting', 'prod'),
  'a deployment to staging fails': deployed('failed', 'staging'),
  'a warning of Prometheus about checkout': { ...ofCheckout, severity: 'warning' },
  'a critical alert of Prometheus about checkout': { ...ofCheckout, severity: 'critical' },
  'a warning of Prometheus about another namespace': {
    ...ofCheckout,
    severity: 'warning',
    properties: { namespace: 'search' },
  },
  'Flux cannot apply a release': { ...deployment, source: 'flux' },
};

const ENV: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...PAGE.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      name.startsWith('SLACK')
        ? 'https://hooks.slack.com/services/T000/B000/secret-in-the-path'
        : name.startsWith('TEAMS')
          ? `https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1${name === 'TEAMS_RELEASE_URL' ? '' : '?sig=x'}`
          : name.startsWith('MATTERMOST')
            ? 'https://chat.example.com/hooks/abcdefghijklmnopqrstuvwxyz'
            : name.startsWith('GOOGLE')
              ? 'https://chat.googleapis.com/v1/spaces/AAAA/messages?key=k3y&token=t0ken'
              : name.startsWith('SMTP')
                ? 'smtp://relay:password@smtp.example.com:587'
                : name === 'PAGERDUTY_KEY'
                  ? 'abcdefghijklmnopqrstuvwxyz123456'
                  : name.endsWith('_URL')
                    ? 'https://events.example.com/relay'
                    : `whsec_${Buffer.from(`a-secret-named-${name}-of-its-own`).toString('base64')}`,
    ]),
  ),
  TENANT_ID: '0b1ad0bb-64b0-4ad7-9a0d-0aeb52cb6d11',
  RELAY_TIME_ZONE: 'UTC',
};

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** In a week of November 2026, whose 22nd is a Sunday. */
const momentOf = (day: string, time: string) => Date.parse(`2026-11-${22 + DAYS.indexOf(day)}T${time}Z`);

/** Who is told, as the tables say it. */
async function toldBy(yaml: string, when: string): Promise<string> {
  const [, what = '', day = 'Wednesday', time = '12:00'] = /^(.*?)(?:, on (\w+) at ([\d:]+))?$/.exec(when) ?? [];
  const event = EVENTS[what];
  if (event === undefined) throw new Error(`no test knows "${what}"`);
  const config = await readConfig(ENV, yaml);
  const now = momentOf(day, time);
  const { event: routed, receivers } = routingOf(config)(event);
  const told = receivers.map((receiver) => {
    const until = deferredNow(routed, [receiver], config.quiet, now)[0]?.until;
    const on = until && DAYS[new Date(until).getUTCDay()] !== day ? ` on ${DAYS[new Date(until).getUTCDay()]}` : '';
    return until === undefined ? receiver : `${receiver}${on} at ${until.slice(11, 16)}`;
  });
  return told.join(', ') || 'nobody';
}

it('are ten, and each has its table', () => {
  expect(PAGE.match(/^## /gm)).toHaveLength(10);
  expect(recipes).toHaveLength(PAGE.match(/^```yaml/gm)?.length ?? 0);
});

describe.each(recipes)('$name', ({ yaml, rows }) => {
  it('is what lint has nothing against', async () => {
    await using place = await folderWith({ 'relay.yaml': yaml });

    const { status, stdout } = await cli(['lint', '--deployed', '--json', 'relay.yaml'], {
      env: { ...ENV, AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
      cwd: place.path,
    });

    expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [] });
    expect(status).toBe(0);
  });

  it.each(rows)('of "%s%s" tells %s', async (_before, when = '', who = '') => {
    expect(await toldBy(yaml, when)).toBe(who);
  });
});
