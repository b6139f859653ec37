import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { search } from 'jmespath';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError, PayloadError } from '../../src/problems/errors.ts';
import { receive } from '../../src/relay/receive.ts';
import { beginning } from '../../src/sources/mapped/beginning.ts';
import { expression } from '../../src/sources/mapped/expression.ts';
import { type Mapping, mapped } from '../../src/sources/mapped/mapped.ts';
import { newMeter } from '../../src/sources/mapped/meter.ts';
import { isCloudEvent } from '../../src/sources/own-cloud-event.ts';
import { ownSources, sources } from '../../src/sources/registry.ts';
import { memoryPorts } from '../support/ports.ts';
import { post } from '../support/relay.ts';

const page = readFileSync(new URL('../../docs/senders/mapping.md', import.meta.url), 'utf8');
const EXAMPLES = [...page.matchAll(/```yaml\n(.*?)```\n```json\n(.*?)```/gs)].map(([, yaml = '', json = '']) => {
  const options: Readonly<Record<string, Mapping>> = parse(yaml).sources;
  return {
    name: Object.keys(options)[0] ?? '',
    yaml,
    options,
    body: JSON.parse(json) as Readonly<Record<string, unknown>>,
  };
});

const context = (receivedAt = '2026-11-20T15:00:00.000Z') => ({
  headers: new Headers(),
  receivedAt,
  includes: () => false,
});

const EXPECTED: Readonly<Record<string, object>> = {
  datadog: {
    ...{ kind: 'alert', state: 'fired', severity: 'error', rule: 'Disk of tide-db fills up', story: 'c-77' },
    ...{ resource: { name: 'tide-db' }, properties: { team: 'maps', scope: 'host:tide-db' } },
    occurredAt: '2026-11-20T14:05:11.000Z',
  },
  pagerduty: {
    ...{ kind: 'alert', state: 'fired', severity: 'error', resource: { name: 'tide-tables' }, story: 'QTIDE01' },
    properties: { priority: 'P1', assignees: 'Lead Two' },
  },
  'new-relic': {
    kind: 'alert',
    state: 'fired',
    severity: 'critical',
    properties: { policy: 'Tides', conditions: 'Error rate' },
  },
  'argo-cd': { kind: 'deployment', phase: 'failed', severity: 'error', subject: 'tide-tables', version: '4f1c9d2e' },
};

describe.each(EXAMPLES)('the mapping of $name', ({ name, yaml, options, body }) => {
  it('is a good configuration', async () => {
    const env = Object.fromEntries(
      [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, variable]) => [variable, 'a token for it']),
    );
    const file = `receivers: {}\nroutes: [{ match: { source: ${name} }, to: [x] }]\n${yaml}`.replace(
      '{}',
      '{ x: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }',
    );

    expect((await parseConfigFile(file, env)).sources?.[name]?.map).toStrictEqual(options[name]?.map);
  });

  it('reads the body, by its name and by what it is like, once however often it comes', async () => {
    const own = ownSources(options);
    const read = async (source?: string) =>
      (await receive(post(body, source), { settings: {}, own, ports: memoryPorts(), keep: false })).read;
    const [event] = (await read(name)) as readonly Record<string, unknown>[];

    expect(event).toMatchObject({ source: name, ...EXPECTED[name] });
    expect(event?.['links']).toHaveLength(options[name]?.map?.['links'] === undefined ? 0 : 1);
    expect(mapped(name, options[name] ?? {}).read(body, context('2026-11-21T15:00:00.000Z'))).toMatchObject([
      { id: event?.['id'] },
    ]);
    if (options[name]?.like !== undefined) expect(await read()).toStrictEqual([event]);
    for (const each of sources) expect((await each.load()).detects(body, new Headers())).toBe(false);
  });
});

describe('a mapping', () => {
  const problemsOf = async (source: string, isLint = false) => {
    const file = `receivers: { x: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }\nsources: ${source}`;
    const error: unknown = await parseConfigFile(file, {}, 'relay.yaml', isLint).catch((thrown: unknown) => thrown);
    return error instanceof ConfigurationError
      ? error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
      : '';
  };

  it.each([
    ['{ mine: { map: { title: "a..b" } } }', /sources\.mine\.map\.title: expected an expression/],
    ['{ mine: { map: { titel: a } } }', /sources\.mine\.map\.titel: an event has no such field.*title/],
    ['{ mine: { map: { title: "gunzip(a)" } } }', /map\.title: expected one of the functions/],
    ['{ mine: { like: { "a[": x }, map: { title: a } } }', /sources\.mine\.like/],
    ['{ github: { like: { a: b } } }', /sources\.github\.like: the relay reads this sender itself/],
    ['{ mine: { secret: short, map: { title: a } } }', /sources\.mine\.secret: .*16 bytes/],
    ['{ mine: { secret: [whsec_!, short], map: { title: a } } }', /sources\.mine\.secret\.1/],
    ['{ mine: { include: [x], map: { title: a } } }', /sources\.mine\.include/],
    ['{ mine: { entra: { tenant: t, audience: a }, map: { title: a } } }', /sources\.mine\.entra/],
    ['{ githb: { token: abcdefghijklmnopqrst } }', /unknown key `githb`.*github.*needs `map`/],
    ['{ relay: { map: { title: a } } }', /expected a name/],
  ])('that cannot be is told at its place: %s', async (given, said) => {
    expect(await problemsOf(given)).toMatch(said);
  });

  it.each([
    ['{ kind: alert, rule: a, state: b, text: c }', /map\.text: no alert event has such a field.*`description`/],
    ['{ kind: "\'alert\'", rule: a, state: b, title: c }', /map\.title: no alert event has such a field/],
    ['{ title: a, resource: { nmae: b } }', /map\.resource\.nmae: no resource has such a field.*`name`/],
    ['{ kind: alert, rule: a, state: fired }', /map\.state: .*in quotes of its own: "'fired'"/],
    ['{ title: a, severity: error }', /map\.severity: .*"'error'"/],
  ])('that cannot be meant is told by lint alone: %s', async (map, said) => {
    expect(await problemsOf(`{ mine: { map: ${map} } }`, true)).toMatch(said);
    expect(await problemsOf(`{ mine: { map: ${map} } }`)).toBe('');
  });

  it.each(EXAMPLES)('of the page leaves lint no doubt: $name', async ({ options }) => {
    const plain = Object.entries(options).map(([name, { map, like }]) => [name, { map, ...(like && { like }) }]);
    expect(await problemsOf(JSON.stringify(Object.fromEntries(plain)), true)).toBe('');
  });

  it('that gives what no event allows says where in the file', () => {
    const source = mapped('mine', { map: { title: 'a', severity: 'b' } });

    expect(() => source.read({ a: 'x', b: 'dreadful' }, context())).toThrow(/sources\.mine\.map\.severity/);
  });

  it('ends however it grows', () => {
    const doubled = `[@, @]${'[] | [@, @]'.repeat(60)} | to_string(@)`;

    expect(() => mapped('mine', { map: { title: doubled } }).read({ a: 'x' }, context())).toThrow(PayloadError);
  });

  it.each([
    'a.b',
    'list[0].x',
    'list[-1].x',
    'list[*].x',
    'list[].x',
    "list[?x == 'two'].y | [0]",
    'a.*',
    'nested[][]',
    "a.b == 'c' && 'yes' || 'no'",
    '!nothing',
    '{one: a.b, two: list[].y}',
    "join('-', list[].x)",
    'length(list)',
    'list[?y > `1`].x',
    'a.b.c.d',
    "contains(a.b, 'c')",
    'not_null(nothing, a.b)',
  ])('finds what the library itself finds: %s', (text) => {
    const body = {
      a: { b: 'c' },
      list: [
        { x: 'one', y: 1 },
        { x: 'two', y: 2 },
      ],
      nested: [[[1], 2], [3]],
    };

    expect(expression(text)(body, newMeter())).toStrictEqual(search(body, text));
  });

  it('reads nothing but what a body holds', () => {
    for (const text of ['constructor', '__proto__', 'toString', 'a.constructor.name', '__proto__.toString']) {
      expect(expression(text)({ a: 'x' }, newMeter())).toBeNull();
    }
  });

  it('fails on no body but with an answer', () => {
    const { options } = EXAMPLES.find(({ name }) => name === 'pagerduty') ?? {};
    const source = mapped('pagerduty', options?.['pagerduty'] ?? {});
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (body) => {
        try {
          source.detects(body, new Headers());
          source.read(body, context());
        } catch (error) {
          expect(error).toBeInstanceOf(PayloadError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out links that no event can have, names them, and tells the event', () => {
    const source = mapped('mine', { map: { title: 'a', links: 'links' } });
    const links = [
      'http://tide.example/',
      'no link',
      'https://tide.example/good',
      'https://u:hunter2hunter2@tide.example/',
    ];
    const many = Array.from({ length: 8 }, (_, at) => `https://tide.example/${at}`);
    const bodyOf = (urls: readonly string[]) => ({ a: 'x', links: urls.map((url, at) => ({ rel: `run ${at}`, url })) });

    expect(source.read(bodyOf(links), context())).toMatchObject([{ links: [{ url: 'https://tide.example/good' }] }]);
    expect(
      source
        .ignored?.(bodyOf(links), context())
        .map(({ key }) => key)
        .sort(),
    ).toStrictEqual(['links.0', 'links.1', 'links.3']);
    expect(source.read(bodyOf(many), context())).toMatchObject([{ links: { length: 6 } }]);
    expect(source.ignored?.(bodyOf(many), context())).toHaveLength(2);
  });

  it('names what no event of its kind holds', () => {
    const source = mapped('mine', { map: { kind: 'a', rule: 'b', state: 'c', text: 'b' } });

    expect(source.ignored?.({ a: 'alert', b: 'x', c: 'fired' }, context())).toStrictEqual([
      { key: 'text', didYouMean: 'description' },
    ]);
  });
});

describe('a mapping to begin with', () => {
  const KUMA = {
    heartbeat: { monitorID: 4, status: 0, time: '2026-11-30 01:20:00.123', msg: 'timeout' },
    monitor: { id: 4, name: 'Tide tables' },
    msg: '[Tide tables] Down',
  };
  const STATUSPAGE = {
    page: { id: 'tide', status_description: 'Partial outage' },
    incident: { id: 'inc-1', name: 'Late tides', status: 'investigating', updated_at: '2026-11-20T14:05:09Z' },
  };
  const bodies: readonly unknown[] = [
    KUMA,
    STATUSPAGE,
    { id: 'issue-1', title: 'Error rate', state: 'ACTIVATED', actor: { id: 1 }, timestamp: 1_795_183_511 },
    [{ name: 'north', time: 'now' }, { other: true }],
    ...EXAMPLES.map(({ body }) => body),
    ...globSync('test/fixtures/*/*.json').map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown),
  ];
  const offered = (body: unknown): Mapping | undefined => {
    const text = beginning(body)?.split('to begin with: ')[1];
    return text === undefined ? undefined : parse(text).sources['my-sender'];
  };
  const idsOf = (mapping: Mapping, body: unknown) => {
    const read = mapped('my-sender', mapping).read(body, context());
    return 'reply' in read ? [] : read.map(({ id }) => id);
  };

  it('is in the answer to what nothing reads, with keys and no values', async () => {
    const body = { tide_title: 'very-hidden', tide_id: 7, host: { name: 'very-hidden' } };
    const given = receive(post(body), { settings: {}, ports: memoryPorts(), keep: false });

    await expect(given).rejects.toThrow(/map: \{ title: tide_title/);
    await expect(given).rejects.not.toThrow(/very-hidden| id:/);
  });

  it('joins what an incident’s id joins, and takes the times that it can read', () => {
    expect(offered(STATUSPAGE)?.map).toMatchObject({ story: 'incident.id', occurredAt: 'incident.updated_at' });
    expect(offered(KUMA)?.map).not.toHaveProperty('occurredAt');
  });

  it('reads the body that it was made of', () => {
    const isRead = (body: unknown) => {
      const mapping = offered(body);
      if (mapping === undefined) return;
      expect(mapped('my-sender', mapping).detects(body, new Headers())).toBe(true);
      expect(idsOf(mapping, body)).not.toHaveLength(0);
    };
    bodies.forEach(isRead);
    const named = fc.dictionary(fc.constantFrom('title', 'level', 'host', 'time', 'id', 'true', 'x'), fc.jsonValue());
    fc.assert(fc.property(fc.oneof(named, fc.jsonValue({ maxDepth: 3 })), isRead), { numRuns: 100 });
  });

  // A CloudEvent's id is the occurrence's own.
  it('tells two bodies that differ', () => {
    for (const body of bodies) {
      const mapping = offered(body);
      for (const other of mapping === undefined || isCloudEvent(body) ? [] : variants(body).slice(0, 3)) {
        expect(idsOf(mapping ?? {}, other)[0]).not.toBe(idsOf(mapping ?? {}, body)[0]);
      }
    }
  });

  /** The body with another status or time, wherever it holds one. */
  function variants(body: unknown): readonly unknown[] {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
    return Object.entries(body).flatMap(([key, value]) => {
      const inner = variants(value).map((each) => ({ ...body, [key]: each }));
      return /^(status|state|phase)$/i.test(key) ? [...inner, { ...body, [key]: 'another' }] : inner;
    });
  }
});

describe('a mapping beside a sender that came later', () => {
  const FLUX = {
    involvedObject: { kind: 'Kustomization', namespace: 'maps', name: 'tide-tables', uid: '7d0cdc51' },
    ...{ severity: 'error', timestamp: '2026-11-20T14:05:09Z', message: 'Health check failed', reason: 'Failed' },
    reportingController: 'kustomize-controller',
  };
  const map = { kind: 'custom', title: 'involvedObject.name', id: 'message' };
  const like = { reportingController: '*' };
  const read = async (options: Readonly<Record<string, Mapping>>, source?: string) =>
    (await receive(post(FLUX, source), { settings: {}, own: ownSources(options), ports: memoryPorts(), keep: false }))
      .read;

  it.each(['flux', 'our-flux'])('named %s reads what it read before', async (name) => {
    const event = { source: name, kind: 'custom', title: 'tide-tables' };

    expect(await read({ [name]: { like, map } })).toMatchObject([event]);
    expect(await read({ [name]: { like, map } }, name)).toMatchObject([event]);
    expect(await read({ [name]: { map } }, name)).toMatchObject([event]);
  });

  it('leaves the built-in sender what it is not like, and what is posted to that by name', async () => {
    const other = { 'our-flux': { like: { reportingController: 'helm*' }, map } };

    expect(await read(other)).toMatchObject([{ source: 'flux', kind: 'deployment' }]);
    expect(await read({ 'our-flux': { like, map } }, 'flux')).toMatchObject([{ source: 'flux', kind: 'deployment' }]);
  });

  it('is a good configuration', async () => {
    const file =
      'receivers: { x: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }\n' +
      'sources: { flux: { token: abcdefghijklmnopqrst, like: { reportingController: "*" }, map: { title: message } } }';

    expect((await parseConfigFile(file, {})).sources?.['flux']?.map).toStrictEqual({ title: 'message' });
  });
});

describe('a mapping of CloudEvents', () => {
  const DATA = { headline: 'Tides are late', level: 'warning' };
  const ATTRIBUTES = {
    specversion: '1.0',
    id: '7',
    source: '/tides',
    type: 'com.example.tides.late',
    time: '2026-11-20T14:05:00Z',
  };
  const headers = Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, value]) => [`ce-${name}`, value]));
  const CLOUD = { 'content-type': 'application/cloudevents+json' };
  const MODES: readonly (readonly [mode: string, body: unknown, headers: Record<string, string>])[] = [
    ['structured', { ...ATTRIBUTES, data: DATA }, CLOUD],
    ['with bytes', { ...ATTRIBUTES, data_base64: Buffer.from(JSON.stringify(DATA)).toString('base64') }, CLOUD],
    ['binary', DATA, headers],
    ['a batch', [{ ...ATTRIBUTES, data: DATA }], { 'content-type': 'application/cloudevents-batch+json' }],
  ];
  const byData: Mapping = { like: { headline: '*', level: '*' }, map: { title: 'headline', severity: 'level' } };
  const byType: Mapping = { like: { type: 'com.example.*' }, map: { title: 'data.headline', severity: 'data.level' } };
  const read = async (mapping: Mapping, body: unknown, given: Record<string, string>, source?: string) => {
    const own = ownSources({ tides: mapping });
    return (await receive(post(body, source, given), { settings: {}, own, ports: memoryPorts(), keep: false })).read;
  };

  it.each(MODES)(
    '%s: reads them by their data, and by the type where there is the whole event',
    async (_mode, body, given) => {
      const expected = [
        { source: 'tides', title: 'Tides are late', severity: 'warning', occurredAt: '2026-11-20T14:05:00.000Z' },
      ];
      for (const source of [undefined, 'tides']) {
        expect(await read(byData, body, given, source)).toMatchObject(expected);
        expect(await read(byType, body, given, source)).toMatchObject(expected);
      }
    },
  );

  it.each(MODES)('%s: is one event by its source and id, however it comes', async (_mode, body, given) => {
    const [whole] = (await read(byData, MODES[0]?.[1], CLOUD)) as readonly { readonly id: string }[];

    expect(await read(byData, body, given)).toMatchObject([{ id: whole?.id }]);
  });

  it('reads by its name, without `like`, what came', async () => {
    expect(await read({ map: { title: 'headline' } }, DATA, headers, 'tides')).toMatchObject([
      { title: 'Tides are late' },
    ]);
    expect(await read({ map: { title: 'data.headline' } }, MODES[0]?.[1], CLOUD, 'tides')).toMatchObject([
      { title: 'Tides are late' },
    ]);
  });

  it('named as a sender that reads CloudEvents itself gets what any other name gets', async () => {
    for (const name of ['cdevents', 'event-grid', 'tides']) {
      const own = ownSources({ [name]: { map: { title: 'headline' } } });
      const { read } = await receive(post(DATA, name, headers), {
        settings: {},
        own,
        ports: memoryPorts(),
        keep: false,
      });

      expect(read).toMatchObject([{ source: name, title: 'Tides are late' }]);
    }
  });

  it('leaves foreign events that it is not like refused, and Azure’s to Event Grid', async () => {
    const foreign = { ...ATTRIBUTES, type: 'org.other', data: { x: 1 } };

    await expect(read(byData, foreign, CLOUD)).rejects.toThrow(/nobody here knows CloudEvents of this type/);
    const azure = { ...ATTRIBUTES, type: 'Microsoft.Web.SlotSwapCompleted', data: DATA };
    expect(await read({ ...byData, like: { specversion: '*' } }, azure, CLOUD)).not.toMatchObject([
      { source: 'tides' },
    ]);
  });

  it('reads the types that tools define themselves of CDEvents', async () => {
    const like = { 'context.type': 'dev.cdeventsx.tides*' };
    const body = {
      context: { type: 'dev.cdeventsx.tides-table.late.0.1.0', id: '1' },
      subject: { id: 'north', content: {} },
    };

    expect(await read({ like, map: { title: 'subject.id' } }, body, {})).toMatchObject([
      { source: 'tides', title: 'north' },
    ]);
  });
});
