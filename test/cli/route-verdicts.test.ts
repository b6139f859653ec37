import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeVerdicts, type WrittenRoute } from '../../src/cli/route-verdicts.ts';
import { matcher } from '../../src/routing/match.ts';
import { type Route, receiversFor } from '../../src/routing/routes.ts';
import { examples } from '../support/examples.ts';

const compiled = ({ match, to, routes, ...rest }: WrittenRoute): Route => ({
  ...(match && { match: matcher(match) }),
  ...(to && { to }),
  ...(routes && { routes: routes.map(compiled) }),
  continue: rest.continue ?? false,
});

const verdicts = (event: (typeof examples)[keyof typeof examples], written: readonly WrittenRoute[]) =>
  routeVerdicts(event, written.map(compiled), written);

describe('what routes say to an event', () => {
  it('names every condition that it does not fulfil: what it has, and what is wanted', () => {
    const match = {
      kind: ['scale', 'alert'],
      environment: 'prod',
      version: 'v1*',
      properties: { team: 'ops', app: '!' },
    };

    expect(verdicts(examples.deployment, [{ match, to: ['ops'] }])).toMatchObject([
      {
        verdict: 'unfit',
        why: 'kind is deployment, not scale | alert; version is v2.41.0, not v1*; properties.team is shop, not ops; properties.app is not given, not !',
      },
    ]);
  });

  it('says which route took it before', () => {
    const written = [{ to: ['a'], routes: [{ match: { kind: 'scale' } }] }, { to: ['b'] }];

    expect(verdicts(examples.scale, written)).toMatchObject([
      { at: 'routes.0', verdict: 'inside' },
      { at: 'routes.0.routes.0', verdict: 'takes', to: ['a'] },
      { at: 'routes.1', verdict: 'unreached', why: 'route 1 took it and does not continue' },
    ]);
    expect(verdicts(examples.custom, written)).toMatchObject([
      { at: 'routes.0', verdict: 'takes', to: ['a'] },
      { at: 'routes.0.routes.0', verdict: 'unfit' },
      { at: 'routes.1', verdict: 'unreached' },
    ]);
  });

  it('leads to the same receivers as the routes themselves, whatever they are', () => {
    const { route } = fc.letrec<{ route: WrittenRoute }>((tie) => ({
      route: fc.record(
        {
          match: fc.constantFrom({ kind: 'scale' }, { severity: '>=error' }, { environment: '!prod' }, {}),
          to: fc.subarray(['a', 'b', 'c']),
          continue: fc.boolean(),
          routes: fc.array(tie('route'), { maxLength: 3, depthIdentifier: 'route' }),
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<WrittenRoute>,
    }));
    fc.assert(
      fc.property(fc.array(route, { maxLength: 4 }), fc.constantFrom(...Object.values(examples)), (written, event) => {
        const told = verdicts(event, written);
        const led = [...new Set(told.flatMap(({ to }) => to))];

        expect(led).toStrictEqual(receiversFor(event, written.map(compiled)));
        expect(told.every(({ verdict, why }) => verdict !== 'unfit' || why !== '')).toBe(true);
      }),
    );
  });
});
