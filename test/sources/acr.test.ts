import { describe, expect, it } from 'vitest';
import { acr } from '../../src/sources/acr/acr.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { published } from '../support/published.ts';
import { image } from './support/acr.ts';
import { isRefused, lacking } from './support/event-grid.ts';

const fixtures = fixturesOf('acr').map((fixture) => [fixture.name, fixture] as const);
const idOf = (payload: unknown) => normalize(receive(payload), 'acr')[0]?.id;

describe.each(fixtures)('the event %s', (_name, { body, headers, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(body, undefined, headers)))).toStrictEqual(expected);
    expect(wire(read(receive(body), 'acr'))).toStrictEqual(expected);
  });

  const needed = /^(action|target|target\.repository) as/;

  it('is read whichever one of its other values is null, absent or empty', () => {
    const others = lacking(body).filter(([path]) => !needed.test(path));
    const refused = others.filter(([, lacked]) => isRefused(() => read(receive(lacked), 'acr')));

    expect(others.length).toBeGreaterThan(3);
    expect(refused.map(([path]) => path)).toStrictEqual([]);
  });

  it('tells nothing about who called', () => {
    expect(JSON.stringify(read({ payload: body, include: ['quarantine'] }, 'acr'))).not.toMatch(/docker\/|203\.0\.113/);
  });
});

describe('an image', () => {
  it('is in its registry under its repository, tag and digest', () => {
    expect(normalize(receive(image({ action: 'push' })))).toMatchObject([
      {
        kind: 'artifact',
        action: 'pushed',
        name: 'shop/checkout',
        version: '4.2.0',
        digest: expect.stringMatching(/^sha256:/),
        resource: { name: 'shopregistry.azurecr.io' },
      },
    ]);
  });

  it.each([
    ['delete', 'deleted'],
    ['chart_delete', 'deleted'],
    ['chart_push', 'pushed'],
    ['PUSH', 'pushed'],
  ])('with the action %s was %s', (action, expected) => {
    expect(normalize(receive(image({ action })))).toMatchObject([{ action: expected }]);
  });

  it('in quarantine is noise that can be asked for', () => {
    const payload = image({ action: 'quarantine' });

    expect(read({ payload })).toStrictEqual([]);
    expect(normalize({ payload, include: ['quarantine'] })).toMatchObject([
      { action: 'pushed', properties: { action: 'quarantine' } },
    ]);
  });

  it('is one occurrence when the registry tries again, and another for another event', () => {
    expect(idOf(image({}))).toBe(idOf(image({})));
    expect(idOf(image({ id: 'another' }))).not.toBe(idOf(image({})));
    expect(idOf(image({ action: 'delete' }))).not.toBe(idOf(image({})));
  });

  it('without an id is told from others by what it is', () => {
    const digest = `sha256:${'0'.repeat(64)}`;

    expect(idOf(image({ id: null }))).toBe(idOf(image({ id: null })));
    expect(idOf(image({ id: null, target: { repository: 'shop/checkout', digest } }))).not.toBe(
      idOf(image({ id: null })),
    );
  });

  it('without a name is refused', () => {
    expect(acr.problems(image({ target: {} }))).toStrictEqual([
      { path: 'target.repository', message: 'expected text' },
    ]);
  });

  it('with an action that nobody knows is told with its word', () => {
    expect(read(receive(image({ action: 'Archive' })), 'acr')).toMatchObject([
      { kind: 'artifact', action: 'unknown', word: 'archive', severity: 'warning' },
    ]);
  });
});

describe('a ping', () => {
  it.each([
    ['by its body', { id: 'a', timestamp: '2026-11-18T10:30:00Z', action: 'ping' }, {}],
    ['by its sender', { action: 'ping' }, { 'user-agent': 'AzureContainerRegistry/1.0' }],
  ])('is answered, known %s', (_how, body, headers) => {
    expect(read(receive(body, undefined, headers))).toStrictEqual({ reply: {} });
  });
});

describe('detection', () => {
  it.each([
    ['a repository on GitHub', { action: 'delete', repository: { full_name: 'a/b' }, target: {} }],
    ['an action without a target', { action: 'push' }],
    ['another action', { action: 'opened', target: {} }],
  ])('leaves %s to others', (_what, body) => {
    expect(acr.detects(body, new Headers())).toBe(false);
  });
});

describe('the sample', () => {
  it.each([
    ['webhook-image-push', 'pushed', 'tide-clock', 'tidewater.azurecr.io', '2023-04-14T15:44:48.343Z'],
    ['webhook-image-delete', 'deleted', 'tide-clock', 'tidewater.azurecr.io', '2023-04-14T15:47:40.657Z'],
    ['webhook-chart-push', 'pushed', 'repo', 'gatehouse', '2022-07-31T22:38:18.261Z'],
  ])('%s gives one artifact', (file, action, name, registry, occurredAt) => {
    expect(normalize(receive(published(`acr/${file}`)))).toMatchObject([
      { source: 'acr', kind: 'artifact', action, name, resource: { name: registry }, occurredAt },
    ]);
  });
});
