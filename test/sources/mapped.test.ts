import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { search } from 'jmespath';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError, PayloadError } from '../../src/errors.ts';
import { receive } from '../../src/receive.ts';
import { expression } from '../../src/sources/mapped/expression.ts';
import { newMeter } from '../../src/sources/mapped/meter.ts';
import { type Mapping, mapped } from '../../src/sources/mapped.ts';
import { ownSources } from '../../src/sources/own-sources.ts';
import { sources } from '../../src/sources/registry.ts';
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
  const problemsOf = async (source: string) => {
    const file = `receivers: { x: { type: slack, url: "https://hooks.slack.com/services/T0/B0/x" } }\nsources: ${source}`;
    const error: unknown = await parseConfigFile(file, {}).catch((thrown: unknown) => thrown);
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

  it('to begin with is in the answer to what nothing reads, with keys and no values', async () => {
    const body = { tide_title: 'very-hidden', tide_id: 7, host: { name: 'very-hidden' } };
    const given = receive(post(body), { settings: {}, ports: memoryPorts(), keep: false });

    await expect(given).rejects.toThrow(/map: \{ title: tide_title, .*id: tide_id/);
    await expect(given).rejects.not.toThrow(/very-hidden/);
  });
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
