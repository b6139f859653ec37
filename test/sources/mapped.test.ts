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
  flux: {
    kind: 'deployment',
    phase: 'failed',
    version: 'main@sha1:4f1c9d2e',
    output: 'Health check failed after 2m0s',
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
    ['{ github: { map: { title: a } } }', /sources\.github\.map: the relay reads this sender itself/],
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
