import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeAzure, type FakeAzureOptions } from '../../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../../dev/fake-azure/generate.ts';
import {
  actionGroup,
  autoscaleSetting,
  functionApp,
  Monitor,
  type Resource,
  readOnlyLock,
  sampleSenders,
} from '../../../dev/fake-azure/monitor.ts';
import { cli, json } from '../support/cli.ts';
import { anySenders } from './support/any-senders.ts';
import { pasted } from './support/az.ts';
import { lean } from './support/lean.ts';
import '../../support/seed.ts';

const RELAY = 'https://relay.example.net';

/** An Azure of this machine, and the command that looks at it. */
async function azureWith(resources: readonly Resource[], more: Partial<FakeAzureOptions> = {}) {
  const fleet = more.fleet ?? generateFleet({ sets: 0 });
  const monitor = new Monitor();
  for (const each of resources) monitor.put(each);
  const fake = await createFakeAzure({ fleet, monitor, ...more });
  const connect = (...args: readonly string[]) =>
    cli(['connect', ...args], { env: { ARM_ENDPOINT: fake.url, RELAY_URL: RELAY } });
  return {
    ...{ fake, monitor, connect },
    plan: async (...args: readonly string[]) => json((await connect(...args, '--json')).stdout) as PlanShown,
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}

interface PlanShown {
  readonly senders: readonly {
    readonly name: string;
    readonly state: string;
    readonly by?: string;
    readonly enabled: boolean;
  }[];
  readonly connect: readonly string[];
  readonly undo: readonly string[];
  readonly left: readonly string[];
  readonly unread: readonly string[];
  readonly homeless?: string;
  readonly keyless?: boolean;
}

interface Rule {
  readonly properties: { readonly actions: object[] };
}

const S = generateFleet({ sets: 0 }).subscriptions[0]?.id ?? '';
const APP = functionApp(S, 'rg-relay', 'relay-app', 'relay.example.net');

describe('what is connected', () => {
  it('is what the lines name, is all then, and is as it was once the other lines have taken it back', async () => {
    await fc.assert(
      fc.asyncProperty(anySenders(S), async (resources) => {
        await using azure = await azureWith([...resources, APP]);
        const before = structuredClone(azure.monitor.resources);
        const { connect, undo, senders } = await azure.plan();
        expect(senders.map(({ state }) => state)).toStrictEqual(resources.slice(1).map(() => 'open'));

        expect(await pasted(connect, azure.monitor)).toMatchObject({ status: 0 });
        const all = await azure.plan();
        expect(all).toMatchObject({ connect: [], undo: [] });
        expect(new Set(all.senders.map(({ state }) => state))).toStrictEqual(new Set(['connected']));

        const later = await azure.plan('--undo');
        const connected = structuredClone(azure.monitor.resources);
        expect(await pasted(undo, azure.monitor)).toMatchObject({ status: 0 });
        expect(lean(azure.monitor.resources)).toStrictEqual(lean(before));

        for (const each of connected) azure.monitor.put(each);
        expect(await pasted(later.undo, azure.monitor)).toMatchObject({ status: 0 });
        expect((await azure.plan()).senders.every(({ state }) => state === 'open')).toBe(true);
        expect(later.left).toStrictEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('is byte for byte as it was where the lists were there before', async () => {
    const resources = [autoscaleSetting(S, 'rg-shop', 'shop-web-scale', []), ...sampleSenders(S, 'rg-shop'), APP];
    await using azure = await azureWith(resources);
    const before = JSON.stringify(azure.monitor.resources);
    const { connect, undo } = await azure.plan();

    await pasted(connect, azure.monitor);
    expect(JSON.stringify(azure.monitor.resources)).not.toBe(before);
    await pasted(undo, azure.monitor);

    expect(JSON.stringify(azure.monitor.resources)).toBe(before);
  });

  it('has what others were told before, and what was added since stays when it is taken back', async () => {
    const [mail, rule] = sampleSenders(S, 'rg-shop');
    if (mail === undefined || rule === undefined) throw new Error('there are no samples');
    await using azure = await azureWith([mail, rule, APP, autoscaleSetting(S, 'rg-shop', 'shop-scale', [])]);
    const { connect, undo } = await azure.plan();
    await pasted(connect, azure.monitor);
    const since = azure.monitor.resources.find(({ id }) => id === rule.id) as unknown as Rule;
    since.properties.actions.unshift({ actionGroupId: 'since' });
    const setting = azure.monitor.resources.find(({ name }) => name === 'shop-scale') as unknown as {
      properties: { notifications: object[] };
    };
    Object.assign(setting.properties.notifications[0] ?? {}, { email: { customEmails: ['since'] } });

    await pasted(undo, azure.monitor);

    const { properties } = azure.monitor.resources.find(({ id }) => id === rule.id) as unknown as Rule;
    expect(properties.actions).toStrictEqual([
      { actionGroupId: 'since' },
      { actionGroupId: mail.id, webHookProperties: { team: 'shop' } },
    ]);
    expect(JSON.stringify(azure.monitor.resources.find(({ name }) => name === 'shop-scale'))).toContain('since');
  });

  it('gets the key from the shell, which no line and no answer holds', async () => {
    await using azure = await azureWith([
      ...sampleSenders(S, 'rg-shop'),
      APP,
      autoscaleSetting(S, 'rg-shop', 'old', [
        { operation: 'Scale', webhooks: [{ serviceUri: `${RELAY}/api/webhooks?code=planted-a` }] },
      ]),
      autoscaleSetting(S, 'rg-shop', 'other', [
        { operation: 'Scale', webhooks: [{ serviceUri: 'https://u:planted-b@x.example.com/planted-c' }] },
      ]),
      actionGroup(S, 'rg-shop', 'their', {
        webhookReceivers: [{ serviceUri: `${RELAY}/api/webhooks?code=planted-d` }],
      }),
    ]);
    const said = await Promise.all(
      [[], ['--json'], ['--undo'], ['--undo', '--json']].map((args) => azure.connect(...args)),
    );
    const { connect } = await azure.plan();

    expect(JSON.stringify(said)).not.toContain('planted');
    await pasted(connect, azure.monitor, 'own-key==&token=t');
    expect(JSON.stringify(azure.monitor.resources)).toContain(`"${RELAY}/api/webhooks/azure-autoscale?code=`);
    await expect(
      pasted([connect.find((line) => line.includes('RELAY_CODE:?')) ?? ''], azure.monitor, ''),
    ).resolves.not.toMatchObject({ status: 0 });
  });
});

describe('a sender', () => {
  const posting = (uri: string) => [{ operation: 'Scale', webhooks: [{ serviceUri: uri }] }];
  const group = (name: string, receivers: object, more: object = {}) => {
    const made = actionGroup(S, 'rg-relay', name, receivers);
    return { ...made, properties: { ...(made['properties'] as object), ...more } };
  };
  const metric = (name: string, ids: readonly string[], more: object = {}): Resource => ({
    ...{ id: `/subscriptions/${S}/resourceGroups/rg-shop/providers/Microsoft.Insights/metricAlerts/${name}`, name },
    properties: { enabled: true, actions: ids.map((actionGroupId) => ({ actionGroupId })), ...more },
  });
  const stateOf = async (resources: readonly Resource[]) => {
    await using azure = await azureWith([...resources, APP]);
    const [{ state, by, enabled } = { state: 'none', by: undefined, enabled: undefined }] = (await azure.plan())
      .senders;
    return [state, by, enabled];
  };

  it.each([
    ['https://relay.example.net/api/webhooks/azure-autoscale?code=another', 'connected'],
    ['https://RELAY.example.net:443/API/webhooks', 'connected'],
    ['https://relay.example.net/api/webhooksx', 'open'],
    ['https://relay.example.net.evil.example/api/webhooks', 'open'],
    ['https://relay.example.net@evil.example/api/webhooks', 'open'],
    ['no address', 'open'],
  ])('that posts to %s is %s', async (uri, state) => {
    expect(await stateOf([autoscaleSetting(S, 'rg', 'a', posting(uri))])).toStrictEqual([state, undefined, true]);
  });

  it('that posts with another key than the shell has is connected, and that is said', async () => {
    const uri = `${RELAY}/api/webhooks/azure-autoscale?code=`;
    const through = group('relay', { webhookReceivers: [{ serviceUri: `${uri}theirs` }] });
    await using azure = await azureWith([
      ...[
        autoscaleSetting(S, 'rg', 'ours', posting(`${uri}ours%3D`)),
        autoscaleSetting(S, 'rg', 'theirs', posting(`${uri}theirs`)),
      ],
      ...[through, metric('rule', [through.id])],
    ]);
    const said = await cli(['connect'], {
      env: { ARM_ENDPOINT: azure.fake.url, RELAY_URL: RELAY, RELAY_CODE: 'ours=' },
    });

    expect(said.stdout).toMatch(/ours .* connected$/m);
    expect(said.stdout).toMatch(/theirs .* connected, with another key$/m);
    expect(said.stdout).toMatch(/rule .* connected by relay, with another key$/m);
    expect((await azure.connect()).stdout).not.toContain('another key');
  });

  const hook = { webhookReceivers: [{ name: 'relay', serviceUri: `${RELAY}/api/webhooks/azure-monitor?code=x` }] };
  const functions = { azureFunctionReceivers: [{ httpTriggerUrl: `${RELAY}/api/webhooks?code=x` }] };
  const ids = (count: number) => Array.from({ length: count }, (_, at) => group(`g${at}`, {}).id);

  it.each([
    [
      'an action group in another case',
      [group('relay', hook), metric('a', [group('relay', hook).id.toUpperCase()])],
      ['connected', 'relay', true],
    ],
    [
      'one that calls the function',
      [group('relay', functions), metric('a', [group('relay', functions).id])],
      ['connected', 'relay', true],
    ],
    [
      'one that is disabled',
      [group('relay', hook, { enabled: false }), metric('a', [group('relay', hook).id])],
      ['open', undefined, true],
    ],
    ['five others', [metric('a', ids(5))], ['full', undefined, true]],
    ['four others', [metric('a', ids(4), { enabled: false })], ['open', undefined, false]],
    [
      'nobody, and is locked',
      [metric('a', []), readOnlyLock(metric('a', []).id, 'frozen')],
      ['locked', 'frozen', true],
    ],
    [
      'nobody, in a locked group',
      [metric('a', []), readOnlyLock(`/subscriptions/${S}/resourceGroups/RG-shop`, 'frozen')],
      ['locked', 'frozen', true],
    ],
  ])('that tells %s is judged so', async (_, resources, state) => {
    expect(await stateOf(resources)).toStrictEqual(state);
  });

  it('that only makes metrics is none', async () => {
    const rule = sampleSenders(S, 'rg').find(({ id }) => id.includes('scheduledqueryrules'));
    expect(await stateOf(rule === undefined ? [] : [{ ...rule, kind: 'LogToMetric' }])).toStrictEqual([
      'none',
      undefined,
      undefined,
    ]);
  });

  it('that another group tells as well stays connected by it, and nothing takes that out', async () => {
    const shared = group('ops', { ...hook, emailReceivers: [{ name: 'ops' }] });
    await using azure = await azureWith([shared, metric('a', [shared.id]), metric('b', []), APP]);

    expect(await azure.plan('--undo')).toMatchObject({ undo: [], left: [metric('a', []).id] });
    // People would get the rules of others as well.
    expect((await azure.plan()).connect.join('\n')).not.toContain('/ops');
  });
});

describe('what is read', () => {
  const two = () => generateFleet({ sets: 0, subscriptions: 2 });

  it('is every page of every subscription, and an action group of another one', async () => {
    const fleet = two();
    const [first = '', second = ''] = fleet.subscriptions.map(({ id }) => id);
    const relay = actionGroup(second, 'rg-relay', 'relay', {
      webhookReceivers: [{ serviceUri: `${RELAY}/api/webhooks` }],
    });
    const rules = [first, second].flatMap((id) => sampleSenders(id, 'rg-shop'));
    const rule: Resource = {
      ...{ id: `/subscriptions/${first}/resourceGroups/rg/providers/Microsoft.Insights/metricAlerts/a`, name: 'a' },
      properties: { actions: [{ actionGroupId: relay.id }] },
    };
    await using azure = await azureWith([relay, ...rules, rule], { fleet, pageSize: 1 });

    expect((await azure.plan()).senders).toHaveLength(9);
    const [only, name] = [
      await azure.plan('--subscription', first, '--resource-group', 'RG'),
      fleet.subscriptions[0]?.name ?? '',
    ];
    expect(only.senders).toMatchObject([{ name: 'a', state: 'connected', by: 'relay' }]);
    expect(await azure.plan('--subscription', name.toUpperCase())).toMatchObject({ senders: { length: 5 } });
  });

  it('is what may be read: the rest is named, and the status is 1', async () => {
    const fleet = two();
    const [first = '', second = ''] = fleet.subscriptions.map(({ id }) => id);
    const fault = {
      on: { subscriptionId: second, when: () => true },
      times: Infinity,
      wrong: { kind: 'status', status: 403 },
    } as const;
    await using azure = await azureWith([...sampleSenders(first, 'rg'), ...sampleSenders(second, 'rg')], {
      fleet,
      faults: [
        { ...fault, on: { when: ({ target }) => target.toLowerCase().startsWith(`/subscriptions/${second}/`) } },
      ],
    });

    const { status, stdout } = await azure.connect();

    expect(status).toBe(1);
    expect(stdout).toContain('0 of 4 post to');
    expect(stdout).toMatch(/^.*: autoscaleSettings, .*could not be read: your sign-in may not\./m);
  });

  it('leads nowhere but to Resource Manager', async () => {
    await using azure = await azureWith([...sampleSenders(S, 'rg'), ...sampleSenders(S, 'rg-other')], {
      pageSize: 1,
      faults: [{ times: Infinity, wrong: { kind: 'foreignNextLink', origin: 'http://127.0.0.1:9' } }],
    });

    const { unread } = await azure.plan();

    expect(unread.join()).toContain('ForeignLink');
  });

  it('is no subscription at all: that is said', async () => {
    await using azure = await azureWith([], { tokens: 'any' });

    expect(await azure.connect()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/Azure could not be read: your sign-in may not/),
    });
  });
});

describe('the lines that take it back', () => {
  it('are comments: whoever runs all that is printed connects', async () => {
    await using azure = await azureWith([...sampleSenders(S, 'rg'), APP]);
    const { stdout } = await azure.connect();
    const { undo } = await azure.plan();

    expect(undo.length).toBeGreaterThan(1);
    for (const line of undo) expect(stdout).toContain(`\n# ${line}`);
    await pasted(stdout.slice(stdout.indexOf('# Connect:')).split('\n'), azure.monitor);
    expect(await azure.plan()).toMatchObject({ connect: [] });
  });

  it.each(['sendToSubscriptionAdministrator', 'sendToSubscriptionCoAdministrators'])(
    'leave a notification that tells people by now (%s)',
    async (whom) => {
      const setting = autoscaleSetting(S, 'rg', 'a', undefined);
      await using azure = await azureWith([setting, APP]);
      const { connect, undo } = await azure.plan();
      await pasted(connect, azure.monitor);
      const made = azure.monitor.resources.find(({ id }) => id === setting.id);
      const { notifications = [] } = { ...(made?.['properties'] as { notifications?: readonly object[] }) };
      expect(notifications).toHaveLength(1);
      azure.monitor.put({
        ...setting,
        properties: { notifications: [{ ...notifications[0], email: { [whom]: true } }] },
      });

      await pasted(undo, azure.monitor);

      expect(JSON.stringify(azure.monitor.resources)).toContain(whom);
    },
  );
});

describe('what is missing', () => {
  it('is a resource group that no subscription has: that is an error, and no empty list', async () => {
    await using azure = await azureWith(sampleSenders(S, 'rg'));

    expect(await azure.connect('--resource-group', 'rg', '--resource-group', 'rg-nope')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('has the resource group rg-nope'),
    });
  });

  it('is a safe address of the relay: a key would cross the network in clear', async () => {
    await using azure = await azureWith(sampleSenders(S, 'rg'));

    expect(await azure.connect('--url', 'http://relay.example.net')).toMatchObject({ status: 2 });
    expect(await azure.connect('--url', 'http://127.0.0.1:7071')).toMatchObject({ status: 0 });
  });

  it('is said: the place for an action group, and the key', async () => {
    await using azure = await azureWith(sampleSenders(S, 'rg'));

    expect(await azure.plan()).toMatchObject({ connect: [], homeless: 'unknown' });
    expect((await azure.connect()).stdout).toContain('--home');
    expect(await azure.plan('--home', 'rg-relay')).toMatchObject({ connect: { length: 5 }, keyless: true });
    expect((await azure.connect('--home', `${S}/rg-relay`)).stdout).toContain('# RELAY_CODE=$(az functionapp');
  });

  it('is never made of an action group that is there', async () => {
    await using azure = await azureWith([...sampleSenders(S, 'rg'), actionGroup(S, 'RG-relay', 'autoscale-relay', {})]);

    expect(await azure.plan('--home', 'rg-relay')).toMatchObject({ connect: [], homeless: 'taken' });
  });

  it.each([
    [['--url', 'http://relay.example.net'], { ARM_ENDPOINT: 'https://management.azure.com' }, 'https: only'],
    [['--url', 'https://relay.example.net?code=a'], {}, 'more than an address'],
    [[], { RELAY_URL: '' }, 'It is not said to which relay'],
    [['--subscription', 'Shup 1'], {}, 'There is no subscription Shup 1'],
    [['--home', 'rg'], {}, '--home does not say in which subscription'],
    [['--home', '/rg'], {}, 'There is no subscription'],
  ])('or wrong is told with status 2: %j', async (args, env, message) => {
    await using azure = await azureWith([], { fleet: generateFleet({ sets: 0, subscriptions: 2 }) });
    const { status, stderr, stdout } = await cli(['connect', ...args], {
      env: { ARM_ENDPOINT: azure.fake.url, RELAY_URL: RELAY, ...env },
    });

    expect({ status, stdout }).toStrictEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
