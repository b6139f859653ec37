import { describe, expect, it } from 'vitest';
import { receiversFor } from '../../src/routing/routes.ts';
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
