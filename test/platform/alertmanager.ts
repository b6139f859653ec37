import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { alertmanagerWith, installedAlertmanager } from '../bench/alertmanager-process.ts';
import { Chat } from '../bench/faults/chat.ts';
import { came } from '../bench/faults/world.ts';
import { dataFolder, postJson, startRun } from '../support/local-run.ts';
import { Stack } from '../support/stack.ts';
import { Missing, type Part } from './part.ts';

const PAGE = fileURLToPath(new URL('../../docs/senders/alertmanager.md', import.meta.url));
const TOKEN = 'a-token-of-nobody';
const LARGE = 150;
const LONGEST_MILLISECONDS = 300_000;

export const alertmanagerPart: Part = {
  name: 'Alertmanager',
  version: '>=0.25',
  from: 'Debian',
  checks: 'the snippet of its page: fired, repeated, resolved, a large group',
  run: async () => {
    const installed = await installedAlertmanager();
    if (installed === undefined) throw new Missing('Alertmanager is not installed here');
    const stack = new Stack();
    try {
      return `${await checkAlertmanager(stack, installed.binary)}, Alertmanager ${installed.version}`;
    } finally {
      await stack.disposeAsync();
    }
  },
};

interface Snippet {
  readonly receivers: readonly [
    { readonly webhook_configs: readonly [{ readonly url: string; readonly max_alerts: number }] },
  ];
  readonly route: object;
}

/** The configuration that the page shows, led here; a group is told at once, and again after a second. */
async function snippet(relay: string, token: string): Promise<Snippet> {
  const page = await readFile(PAGE, 'utf8');
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const here = yaml
    .replace('https://<app>.azurewebsites.net', relay)
    .replace('?code=<function key>', '')
    .replace('/etc/alertmanager/relay-token', token);
  const { route, ...rest } = parse(here) as Snippet;
  const quickly = { group_wait: '1s', group_interval: '1s', repeat_interval: '2s', group_by: ['alertname'] };
  // It tries for as long as the interval lasts: a relay on a busy machine needs some of it.
  const large = { matchers: ['alertname="Many"'], group_interval: '1m' };
  return { ...rest, route: { ...route, ...quickly, routes: [large] } };
}

interface Told {
  readonly data: {
    readonly state: 'fired' | 'resolved';
    readonly rule: string;
    readonly properties?: Readonly<Record<string, string>>;
  };
}

async function checkAlertmanager(stack: Stack, binary: string): Promise<string> {
  const folder = stack.use(await dataFolder());
  const chat = stack.use(await new Chat('webhook').listen());
  const secret = `whsec_${Buffer.from('nobody knows this').toString('base64')}`;
  const config = {
    receivers: { told: { type: 'webhook', url: chat.url, secret, rate: 'off' } },
    sources: { alertmanager: { token: TOKEN } },
  };
  const run = stack.use(startRun(folder, { RELAY_CONFIG: await folder.write('relay.yaml', JSON.stringify(config)) }));
  const written = await snippet(await run.ready(), await folder.write('token', TOKEN));
  const alertmanager = stack.use(await alertmanagerWith(binary, written));
  await alertmanager.start();
  const fire = (alerts: readonly object[]) => postJson(`${alertmanager.url}/api/v2/alerts`, alerts);
  const told = (rule: string) =>
    (chat.taken.map(({ payload }) => payload) as Told[]).filter((each) => each.data.rule === rule);
  const one = { labels: { alertname: 'QueueTooLong', severity: 'critical', pod: 'shop-1' } };

  await fire([one]);
  await until('an alert is told', () => told('QueueTooLong').length === 1);
  await until('it is repeated', async () => (await sent(alertmanager.url)) >= 3);
  await fire([{ ...one, startsAt: new Date(Date.now() - 60_000).toISOString(), endsAt: new Date().toISOString() }]);
  await until('its end is told', () => told('QueueTooLong').length === 2);
  const [first, second] = told('QueueTooLong').map(({ data }) => data.state);
  const many = Array.from({ length: LARGE }, (_, at) => ({ labels: { alertname: 'Many', pod: `shop-${at}` } }));
  await fire(many);
  const most = written.receivers[0].webhook_configs[0].max_alerts;
  await until('a large group is told', () => told('Many').length >= most);
  const cut = new Set(told('Many').map(({ data }) => data.properties?.['truncatedAlerts']));
  if (told('QueueTooLong').length !== 2 || first !== 'fired' || second !== 'resolved')
    throw new Error(`it is told as ${told('QueueTooLong').map(({ data }) => data.state)}`);
  if (!cut.has(`${LARGE - most}`))
    throw new Error(`of ${LARGE} alerts ${told('Many').length} are told, cut off ${[...cut]}`);
  return `${first}, ${await sent(alertmanager.url)} deliveries, ${second}; ${most} of ${LARGE} and how many are missing`;
}

/** How many times it has called the relay. */
async function sent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^alertmanager_notifications_total\{integration="webhook"\} (\d+)/m.exec(metrics)?.[1] ?? 0);
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  if (!(await came(isSo, LONGEST_MILLISECONDS))) throw new Error(`it never came so far that ${what}`);
}
