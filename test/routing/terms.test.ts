import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/config/compile.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { type Severity, severities } from '../../src/event/fields.ts';
import { routeEvent } from '../../src/routing/choice.ts';
import { ledTo, type Route } from '../../src/routing/routes.ts';
import { lettersOf, remindersGiven } from '../../src/routing/terms.ts';
import { examples } from '../support/examples.ts';

const NAMES = ['a', 'b', 'c'];
const severity = fc.constantFrom<Severity>(...severities);

const route: fc.Arbitrary<Route> = fc
  .record({ to: fc.subarray(NAMES, { minLength: 1 }), set: fc.option(severity, { nil: undefined }) })
  .map(({ to, set }) => ({ to, continue: true, ...(set && { severity: set }) }));

const rank = (given: Severity): number => severities.indexOf(given);

describe('the severity that routes set', () => {
  it('is for each receiver the worst of those routes that lead to it, and for nobody else', () => {
    fc.assert(
      fc.property(fc.array(route, { maxLength: 6 }), severity, (routes, own) => {
        const event = { ...examples.alert, severity: own };
        const letters = lettersOf({ event, ...ledTo(event, routes) });

        expect(letters.flatMap(({ receivers }) => receivers).toSorted()).toStrictEqual(
          [...ledTo(event, routes).receivers].toSorted(),
        );
        for (const letter of letters)
          for (const name of letter.receivers) {
            const said = routes.filter(({ to = [] }) => to.includes(name)).map((each) => each.severity ?? own);
            expect(rank(letter.event.severity)).toBe(Math.max(...said.map(rank)));
          }
      }),
    );
  });

  it('changes nothing else of the event, and parts nobody where none is set', () => {
    const event = examples.alert;

    expect(lettersOf({ event, ...ledTo(event, [{ to: ['a'], severity: 'critical' }]) })).toStrictEqual([
      { event: { ...event, severity: 'critical' }, receivers: ['a'] },
    ]);
    expect(lettersOf({ event, ...ledTo(event, [{ to: NAMES }]) })).toStrictEqual([{ event, receivers: NAMES }]);
  });

  it('does not count where the route keeps the event back', () => {
    const routes: readonly Route[] = [
      { to: ['a'], severity: 'critical', tells: () => false, continue: true },
      { to: ['a'] },
    ];

    expect(ledTo(examples.scale, routes).terms).toBeUndefined();
  });

  it('of a source is there before the routes are asked', () => {
    const wants = ({ severity: given }: { readonly severity: Severity }) => given === 'critical';
    const routing = { routes: [{ match: wants, to: ['a'] }], receivers: NAMES, mayChoose: [] };

    expect(routeEvent(examples.custom, routing).receivers).toStrictEqual([]);
    expect(routeEvent(examples.custom, { ...routing, severities: { custom: 'critical' } })).toMatchObject({
      receivers: ['a'],
      event: { severity: 'critical' },
    });
  });
});

describe('how often routes remind', () => {
  const HOUR = 3_600_000;
  const paces = (routes: readonly Route[], event: RelayEvent = examples.alert) =>
    Object.fromEntries([...(ledTo(event, routes).terms ?? [])].map(([name, { remind }]) => [name, remind]));

  it('is for each receiver the shortest of those routes that lead to it', () => {
    const routes: readonly Route[] = [
      { to: ['a', 'b'], remind: 4 * HOUR, continue: true },
      { to: ['b', 'c'], remind: HOUR, continue: true },
      { to: ['d'] },
    ];

    expect(paces(routes)).toStrictEqual({ a: 4 * HOUR, b: HOUR, c: HOUR });
  });

  it('is said of alerts that fire, and of nothing that is over or ends by itself', () => {
    const routes: readonly Route[] = [{ to: ['a'], remind: HOUR }];

    expect(paces(routes)).toStrictEqual({ a: HOUR });
    expect(paces(routes, { ...examples.alert, state: 'resolved' })).toStrictEqual({});
    expect(paces(routes, { ...examples.alert, phase: 'started' })).toStrictEqual({});
    expect(paces(routes, examples.scale)).toStrictEqual({});
  });

  it('is that of the route around it unless a route says otherwise', () => {
    const [route] = compiled(
      {
        receivers: {},
        routes: [{ to: ['a'], remind: HOUR, routes: [{ remind: 'off' }, {}, { remind: 2 * HOUR }] }],
      },
      { locale: 'en', timeZone: 'UTC' },
    ).routes;

    expect(route?.routes?.map(({ remind }) => remind)).toStrictEqual([undefined, HOUR, 2 * HOUR]);
  });
});

describe('who is told again', () => {
  const event = { ...examples.alert, state: 'fired' as const };
  const given = (routes: readonly Route[], alert: RelayEvent = event) =>
    remindersGiven([{ event: alert, ...ledTo(alert, routes) }]);

  it('is whom a route reminds, in seconds, by the shortest time of several', () => {
    const routes: readonly Route[] = [
      { to: ['a', 'b'], remind: 3_600_000, continue: true },
      { to: ['b'], remind: 1_800_000, continue: true },
      { to: ['c'], severity: 'critical' },
    ];

    expect(given(routes)).toStrictEqual({
      reminded: [
        { event: event.id, receiver: 'a', seconds: 3_600 },
        { event: event.id, receiver: 'b', seconds: 1_800 },
      ],
    });
  });

  it('is nobody without a word of it, and of what is over', () => {
    expect(given([{ to: ['a'] }])).toStrictEqual({});
    expect(given([{ to: ['a'], severity: 'critical' }])).toStrictEqual({});
    expect(given([{ to: ['a'], remind: 3_600_000 }], { ...event, state: 'resolved' })).toStrictEqual({});
  });
});
