import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher } from '../../src/routing/match.ts';
import { type Route, receiversFor, taking } from '../../src/routing/routes.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';

const event = examples.scale;
const yes = () => true;
const no = () => false;

describe('the receivers of an event', () => {
  it('are none where there is no route', () => {
    expect(receiversFor(event, [])).toStrictEqual([]);
  });

  it('are those of a route without a condition', () => {
    expect(receiversFor(event, [{ to: ['a', 'b'] }])).toStrictEqual(['a', 'b']);
  });

  it('are those of the first route that takes it', () => {
    const routes = [
      { match: no, to: ['a'] },
      { match: yes, to: ['b'] },
      { match: yes, to: ['c'] },
    ];

    expect(receiversFor(event, routes)).toStrictEqual(['b']);
  });

  it('are those of later routes as well while routes continue', () => {
    const routes = [
      { match: yes, to: ['a'], continue: true },
      { match: no, to: ['b'], continue: true },
      { match: yes, to: ['c'], continue: true },
      { match: yes, to: ['d'], continue: false },
      { to: ['e'] },
    ];

    expect(receiversFor(event, routes)).toStrictEqual(['a', 'c', 'd']);
  });

  it('do not stop at a route that continues but does not take it', () => {
    expect(receiversFor(event, [{ match: no, to: ['a'] }, { to: ['b'] }])).toStrictEqual(['b']);
  });

  it('are each named once', () => {
    const routes = [{ to: ['a', 'b', 'a'], continue: true }, { to: ['b', 'c'] }];

    expect(receiversFor(event, routes)).toStrictEqual(['a', 'b', 'c']);
  });

  it('are none where a route takes it and leads nowhere', () => {
    expect(receiversFor(event, [{ match: yes, to: [] }, { to: ['a'] }])).toStrictEqual([]);
  });

  it('depend on the event', () => {
    const routes = [{ match: ({ kind }: { kind: string }) => kind === 'custom', to: ['people'] }];

    expect(receiversFor(examples.custom, routes)).toStrictEqual(['people']);
    expect(receiversFor(examples.scale, routes)).toStrictEqual([]);
  });
});

describe('routes inside a route', () => {
  it('see only what the route around them matches', () => {
    const routes = [{ match: no, to: ['a'], routes: [{ to: ['b'] }] }, { to: ['c'] }];

    expect(receiversFor(event, routes)).toStrictEqual(['c']);
  });

  it('take an event instead of the route around them', () => {
    expect(receiversFor(event, [{ to: ['a'], routes: [{ match: no, to: ['b'] }, { to: ['c'] }] }])).toStrictEqual([
      'c',
    ]);
  });

  it('lead where the route around them does unless they say otherwise', () => {
    const routes = [{ to: ['a'], routes: [{ match: yes, routes: [{ match: yes }] }] }];

    expect(receiversFor(event, routes)).toStrictEqual(['a']);
  });

  it('leave the event to the route around them where none takes it', () => {
    expect(receiversFor(event, [{ to: ['a'], routes: [{ match: no, to: ['b'] }] }, { to: ['c'] }])).toStrictEqual([
      'a',
    ]);
  });

  it('leave it to the next route where that one leads nowhere', () => {
    expect(receiversFor(event, [{ match: yes, routes: [{ match: no, to: ['b'] }] }, { to: ['c'] }])).toStrictEqual([
      'c',
    ]);
  });

  it('continue among themselves', () => {
    const routes = [{ match: yes, routes: [{ to: ['a'], continue: true }, { to: ['b'] }] }, { to: ['c'] }];

    expect(receiversFor(event, routes)).toStrictEqual(['a', 'b']);
  });

  it('are followed by the next route where the one around them continues', () => {
    const routes = [{ match: yes, routes: [{ to: ['a'] }, { to: ['x'] }], continue: true }, { to: ['b'] }];

    expect(receiversFor(event, routes)).toStrictEqual(['a', 'b']);
  });

  it('say where they stand', () => {
    const routes = [{ match: no, to: ['a'] }, { routes: [{ match: no, to: ['a'] }, { to: ['b'] }] }];

    expect(taking(event, routes)).toStrictEqual([{ at: 'routes.1.routes.1', to: ['b'] }]);
  });
});

describe('routing', () => {
  const names = ['a', 'b', 'c'];
  const anyConditions = fc.record(
    {
      kind: fc.constantFrom('scale', 'alert', '!custom', '*'),
      severity: fc.constantFrom('>=warning', '<error', 'info', '!critical'),
      environment: fc.constantFrom('prod*', '!prod', '?*'),
    },
    { requiredKeys: [] },
  );
  const { routes: anyRoutes } = fc.letrec<{ route: Route; routes: Route[] }>((tie) => ({
    route: fc
      .record(
        {
          conditions: anyConditions,
          to: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
          routes: fc.option(tie('routes'), { nil: [], maxDepth: 2, depthIdentifier: 'route' }),
          continue: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map(({ conditions, routes, ...route }) => ({
        ...route,
        ...(routes && routes.length > 0 && { routes }),
        ...(conditions && { match: matcher(conditions) }),
      })),
    routes: fc.array(tie('route'), { maxLength: 4 }),
  }));

  it('is total and deterministic: any event, any routes, known receivers, each once, the same every time', () => {
    fc.assert(
      fc.property(anyEvent, anyRoutes, (event, routes) => {
        const found = receiversFor(event, routes);

        expect(receiversFor(event, routes)).toStrictEqual(found);
        expect(new Set(found).size).toBe(found.length);
        expect(found.every((name) => names.includes(name))).toBe(true);
        expect(found).toStrictEqual([...new Set(taking(event, routes).flatMap(({ to }) => to))]);
      }),
    );
  });

  it('takes every event where the last route takes all', () => {
    fc.assert(
      fc.property(anyEvent, anyRoutes, (event, routes) => {
        expect(receiversFor(event, [...routes, { to: ['last'] }]).length).toBeGreaterThan(0);
      }),
    );
  });
});
