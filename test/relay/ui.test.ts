import { describe, expect, it } from 'vitest';
import type { RelayParts } from '../../src/relay/parts.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { DATA } from '../../src/relay/ui/doors.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, doubted } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, requestOf } from '../support/relay.ts';

type Claims = readonly (readonly [typ: string, val: string])[];

/** What App Service says of somebody who is signed in: https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities */
const principal = (...claims: Claims): string =>
  Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
      claims: claims.map(([typ, val]) => ({ typ, val })),
    }),
  ).toString('base64');

const OPERATOR = principal(['preferred_username', 'ann@example.com'], ['roles', 'Relay.Operator']);
const VIEWER = principal(['preferred_username', 'vic@example.com'], ['roles', 'Relay.Viewer']);

const PLATFORM = { platform: true, local: false, rules: { viewers: [], operators: [] } };

interface Asking {
  readonly as?: string | undefined;
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

async function world(more: Partial<RelayParts> = {}) {
  const ports = memoryPorts();
  const chat = await chatAt(ports);
  const receivers = [{ ...receiverAt('slack', chat.url, 'ops'), rate: {} }];
  const parts = { receivers, routes: [{ to: ['ops'] }], ports, signIn: PLATFORM, ...more };
  const relay = createRelay(parts);
  const ask = async (path: string, { as, method = 'GET', body, headers = {}, query = '' }: Asking = {}) => {
    const given = requestOf(body === undefined ? '' : JSON.stringify(body), {
      method,
      query,
      headers: {
        ...(as !== undefined && { 'x-ms-client-principal': as }),
        ...(method !== 'GET' && { 'x-relay-page': '1' }),
        ...headers,
      },
    });
    return relay.page({ ...given, params: path === '' ? {} : { path } });
  };
  const tell = async (...events: readonly Parameters<typeof deliveryTo>[1][]) => {
    for (const each of events) await ports.deliveries.send(deliveryTo(['ops'], each));
    await drain(relay, ports, ports.time.now + 1_000);
  };
  return { ports, relay, ask, tell, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const SILENCE = { match: { resource: 'shop-web' }, for: '10m', reason: 'test' };

describe('who is let in to the page', () => {
  it.each([
    ['an app role', OPERATOR, 'operator'],
    ['an app role to look', VIEWER, 'viewer'],
    [
      'the claim of roles that the platform names',
      principal(['http://schemas.microsoft.com/ws/2008/06/identity/claims/role', 'Relay.Operator']),
      'operator',
    ],
    ['no role', principal(['preferred_username', 'eve@example.com'], ['roles', 'Other.Admin']), 'none'],
    ['a role that only looks like one', principal(['name', 'Relay.Operator']), 'none'],
    ['nothing', undefined, 'none'],
    [
      'what another provider says',
      Buffer.from(Buffer.from(OPERATOR, 'base64').toString().replace('"aad"', '"google"')).toString('base64'),
      'none',
    ],
    ['what is no Base64', '%%%', 'none'],
    ['what is no principal', Buffer.from('{"claims":"roles"}').toString('base64'), 'none'],
    ['a header as large as a bomb', Buffer.alloc(400_000, 'x').toString('base64'), 'none'],
  ])('by %s', async (_what, as, role) => {
    await using there = await world();

    const { status, jsonBody } = await there.ask('data/me', { as });

    expect(status).toBe(200);
    expect(jsonBody).toMatchObject({ role, signIn: expect.stringContaining('/.auth/login') });
  });

  it('by relay.yaml: a sign-in name, an object id, a group, in whatever case', async () => {
    const rules = { viewers: ['0F8FAD5B-D9CB-469F-A165-70867728950E'], operators: ['Ann@Example.com', 'object-1'] };
    await using there = await world({ signIn: { ...PLATFORM, rules } });
    const roleOf = async (...claims: Claims) =>
      (await there.ask('data/me', { as: principal(...claims) })).jsonBody as { role: string };

    expect(await roleOf(['preferred_username', 'ann@example.com'])).toMatchObject({ role: 'operator' });
    expect(await roleOf(['http://schemas.microsoft.com/identity/claims/objectidentifier', 'object-1'])).toMatchObject({
      role: 'operator',
    });
    expect(await roleOf(['groups', '0f8fad5b-d9cb-469f-a165-70867728950e'])).toMatchObject({ role: 'viewer' });
    expect(await roleOf(['name', 'ann@example.com'])).toMatchObject({ role: 'none' });
  });

  it("never by the header where the platform signs nobody in: it is a caller's own word", async () => {
    await using there = await world({ signIn: { ...PLATFORM, platform: false } });

    expect((await there.ask('data/me', { as: OPERATOR })).jsonBody).toStrictEqual({
      by: '',
      role: 'none',
      via: 'none',
    });
    expect(await there.ask('data/deliveries', { as: OPERATOR })).toMatchObject({ status: 401 });
    expect(await there.ask('data/silences', { as: OPERATOR, method: 'POST', body: SILENCE })).toMatchObject({
      status: 401,
    });
    await using without = await world({ signIn: undefined });
    expect(await without.ask('data/now', { as: OPERATOR })).toMatchObject({ status: 401 });
  });

  it('shows a name that is markup or worse as text, and a long one cut', async () => {
    await using there = await world();
    const as = principal(['preferred_username', `<img src=x>\u202e${'é'.repeat(500)}`], ['roles', 'Relay.Viewer']);

    const { by } = (await there.ask('data/me', { as })).jsonBody as { by: string };

    expect(by.startsWith('<img src=x>')).toBe(true);
    expect(by.length).toBeLessThanOrEqual(120);
    expect(by).not.toContain('\u202e');
  });
});

const calls = Object.entries(DATA).flatMap(([name, methods]) =>
  Object.entries(methods).map(([method, [role]]) => ({ name, method, role })),
);

describe('what a role may do', () => {
  it("says of every call that changes something that it is an operator's", () => {
    expect(calls.filter(({ method, role }) => (method === 'GET') !== (role === 'viewer'))).toStrictEqual([]);
    expect(calls.length).toBeGreaterThan(10);
  });

  it.each(calls.filter(({ method }) => method !== 'GET'))(
    'a viewer cannot $method $name, and is told so; nothing is written',
    async ({ name, method }) => {
      await using there = await world();

      const { status, jsonBody } = await there.ask(`data/${name}/x`, { as: VIEWER, method, body: SILENCE });

      expect(status).toBe(403);
      expect(JSON.stringify(jsonBody)).toContain('vic@example.com is a viewer');
      expect(there.ports.ledger.rows('~changes')).toStrictEqual([]);
      expect(there.ports.deliveries.sent).toStrictEqual([]);
    },
  );

  it.each(calls.filter(({ method }) => method === 'GET'))(
    'a viewer can read $name, and nobody without a role',
    async ({ name }) => {
      await using there = await world();
      await there.tell({});
      const query = name === 'show' ? `id=${examples.scale.id}` : '';

      expect(await there.ask(`data/${name}`, { as: VIEWER, query })).toMatchObject({ status: 200 });
      expect(await there.ask(`data/${name}`, { as: principal(['name', 'eve']), query })).toMatchObject({ status: 403 });
      expect(await there.ask(`data/${name}`, { query })).toMatchObject({ status: 401 });
    },
  );

  it('another site cannot have a signed-in operator change something', async () => {
    await using there = await world();
    const silence = { as: OPERATOR, method: 'POST', body: SILENCE };

    for (const headers of [
      { 'x-relay-page': '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect(await there.ask('data/silences', { ...silence, headers })).toMatchObject({ status: 403 });
    expect(
      await there.ask('data/silences', { ...silence, headers: { 'sec-fetch-site': 'same-origin' } }),
    ).toMatchObject({ status: 201 });
  });

  it.each(['data/constructor', 'data/__proto__', 'data/', 'data/webhook', 'data/preview', 'nothing', '../host.json'])(
    'there is nothing else: %s',
    async (path) => {
      await using there = await world();

      const { status, headers = {} } = await there.ask(path, { as: OPERATOR });

      expect(status).toBe(404);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    },
  );
});

describe('who changed what', () => {
  it('is written down with every change, whoever makes it and by whichever way', async () => {
    await using there = await world();
    const { relay, ask } = there;
    const made = await ask('data/silences', {
      as: OPERATOR,
      method: 'POST',
      body: { ...SILENCE, author: 'somebody else' },
    });
    const { id, author } = (made.jsonBody as { silence: { id: string; author: string } }).silence;
    there.ports.time.now += 1_000;
    expect(await ask(`data/silences/${id}`, { as: OPERATOR, method: 'DELETE' })).toMatchObject({ status: 200 });
    there.ports.time.now += 1_000;
    await ask('data/replay', { as: OPERATOR, method: 'POST', body: {} });
    there.ports.time.now += 1_000;
    await relay.replay(requestOf('{}'));

    expect(author).toBe('ann@example.com');
    const { jsonBody } = await ask('data/changes', { as: VIEWER });
    expect((jsonBody as { changes: object[] }).changes).toMatchObject([
      { by: 'admin key', via: 'key', what: 'replay', about: 'all' },
      { by: 'ann@example.com', via: 'entra', what: 'replay', about: 'all' },
      { by: 'ann@example.com', via: 'entra', what: 'silenceEnded', about: id },
      { by: 'ann@example.com', via: 'entra', what: 'silence', about: id },
    ]);
  });

  it('the second of two who end one silence hears that it has ended, and the first end stays', async () => {
    await using there = await world();
    const made = await there.ask('data/silences', { as: OPERATOR, method: 'POST', body: SILENCE });
    const { id } = (made.jsonBody as { silence: { id: string } }).silence;
    there.ports.time.now += 60_000;
    const first = await there.ask(`data/silences/${id}`, { as: OPERATOR, method: 'DELETE' });
    there.ports.time.now += 60_000;
    const second = await there.ask(`data/silences/${id}`, { as: OPERATOR, method: 'DELETE' });

    expect(second).toMatchObject({ status: 200, jsonBody: { ended: 'already' } });
    expect((second.jsonBody as { silence: object }).silence).toStrictEqual(
      (first.jsonBody as { silence: object }).silence,
    );
  });

  it('nothing is changed where it cannot be written down', async () => {
    await using there = await world();
    there.ports.ledger.down = true;

    expect(await there.ask('data/replay', { as: OPERATOR, method: 'POST', body: {} })).toMatchObject({ status: 503 });
    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });
});

describe('what is open now', () => {
  const at = (minutes: number) => new Date(Date.parse('2026-11-20T14:05:09.000Z') + minutes * 60_000).toISOString();
  const alert = { ...examples.alert, occurredAt: at(-60) };

  it('is what fires, the worst first, with who was told, and not what has ended', async () => {
    await using there = await world();
    const sev0 = { ...alert, id: 'sev0', story: 'db', rule: 'db-down', severity: 'critical', level: 'Sev0' } as const;
    const over = { ...alert, id: 'over', story: 'over', rule: 'over' };
    const failed = {
      ...examples.deployment,
      id: 'dep',
      phase: 'failed',
      severity: 'error',
      occurredAt: at(-5),
    } as const;
    await there.tell(
      { event: alert },
      { event: over },
      { event: { ...over, id: 'over-end', state: 'resolved', occurredAt: at(-30) } },
      { event: sev0 },
      { event: failed },
    );

    const { jsonBody } = await there.ask('data/now', { as: VIEWER });

    const { stories, receivers } = jsonBody as {
      stories: { event: { id: string }; receivers: object[] }[];
      receivers: object[];
    };
    expect(stories.map(({ event }) => event.id)).toStrictEqual(['sev0', alert.id, 'dep']);
    expect(stories[0]?.receivers).toMatchObject([{ receiver: 'ops', state: 'sent' }]);
    expect(receivers).toMatchObject([{ name: 'ops', type: 'slack', state: 'ok', parked: 0 }]);
  });

  it('says what is held and until when, by which window, and which windows there are', async () => {
    const quiet = compileMutes(
      {
        windows: [
          { name: 'night', from: '14:00', to: '16:00' },
          { name: 'sunday', days: ['sun'], from: '08:30' },
        ],
      },
      'UTC',
    );
    await using there = await world({ quiet });
    await there.tell({ event: { ...alert, severity: 'error' } });

    const now = await there.ask('data/now', { as: VIEWER });
    const silences = await there.ask('data/silences', { as: VIEWER });

    expect(now.jsonBody).toMatchObject({
      stories: [{ receivers: [{ state: 'quiet', reason: 'window night', until: '2026-11-20T16:00:00.000Z' }] }],
    });
    expect(silences.jsonBody).toMatchObject({
      windows: [
        { name: 'night', isOpen: true, until: '2026-11-20T16:00:00.000Z', held: 1 },
        { name: 'sunday', isOpen: false, opensAt: '2026-11-22T08:30:00.000Z', held: 0 },
      ],
    });
  });

  it('says of a receiver in trouble since when and why', async () => {
    await using there = await world();
    await doubted(there.ports, 'ops');
    const { ledger, time } = there.ports;
    const [row] = ledger.rows('ops', 'state');
    const broken = { since: time.now - 60_000, reason: 'status-404', probeAt: time.now + 60_000 };
    await ledger.write('ops', [{ kind: 'put', key: 'state', value: { ...(row?.value as object), broken } }]);

    const { jsonBody } = await there.ask('data/now', { as: VIEWER });

    expect(jsonBody).toMatchObject({ receivers: [{ state: 'broken', since: at(-1), reason: 'status-404' }] });
  });
});

describe('an answer to the page', () => {
  it.each(['data/me', 'data/now', 'data/nothing', 'nothing'])(
    'keeps strangers out of the browser: %s',
    async (path) => {
      await using there = await world();

      const { headers = {} } = await there.ask(path, { as: VIEWER });

      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'.*form-action 'none'/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      if (path.startsWith('data/')) expect(headers['cache-control']).toBe('no-store');
    },
  );
});
