import { describe, expect, it } from 'vitest';
import { PayloadError } from '../../src/problems/errors.ts';
import { eventGrid } from '../../src/sources/event-grid/event-grid.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import {
  cloudEvent,
  GROUP,
  gridEvent,
  isRefused,
  lacking,
  operation,
  SCALE_SET,
  SUBSCRIPTION,
} from './support/event-grid.ts';

const SUCCESS = 'Microsoft.Resources.ResourceActionSuccess';
const UPGRADE = operation('Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action');
const fixtures = fixturesOf('event-grid').map((fixture) => [fixture.name, fixture] as const);
const ids = (payload: unknown) => normalize(receive(payload), 'event-grid').map(({ id }) => id);

describe.each(fixtures)('the event %s', (name, { body, headers, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(body, undefined, headers)))).toStrictEqual(expected);
    expect(wire(read(receive(body), 'event-grid'))).toStrictEqual(expected);
  });

  // An event needs its type; the handshake its code, and an image a name.
  const needed = /^(image|chart|cloud-event|subscription)/.test(name)
    ? /^(0\.)?(type|eventType|data|data\.(validationCode|target|target\.repository)) as/
    : /^(0\.)?(type|eventType) as/;

  it('is read whichever one of its other values is null, absent or empty', () => {
    const others = lacking(body).filter(([path]) => !needed.test(path));
    const refused = others.filter(([, lacked]) => isRefused(() => read(receive(lacked), 'event-grid')));

    expect(others.length).toBeGreaterThan(3);
    expect(refused.map(([path]) => path)).toStrictEqual([]);
  });

  it('tells nothing about people, addresses and secrets', () => {
    const include = Object.keys(eventGrid.extras);

    expect(JSON.stringify(read({ payload: body, include }, 'event-grid'))).not.toMatch(
      /203\.0\.113|Robin|private@|principalId|6d0c0c3e|validationUrl|token=/,
    );
  });
});

describe('a message', () => {
  it('says the same in both schemas, alone and in a list', () => {
    const told = (payload: unknown) => normalize(receive(payload)).map(({ id: _, ...rest }) => rest);
    const expected = told([gridEvent(SUCCESS, UPGRADE)]);

    expect(told(gridEvent(SUCCESS, UPGRADE))).toStrictEqual(expected);
    expect(told(cloudEvent(SUCCESS, UPGRADE))).toStrictEqual(expected);
    expect(told([cloudEvent(SUCCESS, UPGRADE)])).toStrictEqual(expected);
    expect(told(cloudEvent(SUCCESS, JSON.stringify(UPGRADE)))).toStrictEqual(expected);
  });

  it('is one occurrence however often it is delivered, whatever the order of its keys', () => {
    const event = gridEvent(SUCCESS, UPGRADE);
    const turned = Object.fromEntries(Object.entries(event).reverse());

    expect(ids([turned])).toStrictEqual(ids([event]));
  });

  it.each([
    ['id', { id: 'another' }],
    ['type', { type: 'Microsoft.Resources.ResourceActionFailure' }],
    ['source', { source: GROUP }],
  ])('is another occurrence with another %s', (_key, more) => {
    expect(ids(cloudEvent(SUCCESS, UPGRADE, more))).not.toStrictEqual(ids(cloudEvent(SUCCESS, UPGRADE)));
  });

  it('without an id is told from others by its subject and time', () => {
    const at = (more: object) => ids(gridEvent(SUCCESS, UPGRADE, { id: null, ...more }));

    expect(at({})).toStrictEqual(at({}));
    expect(at({ eventTime: '2026-11-18T09:14:02.5811905Z' })).not.toStrictEqual(at({}));
    expect(at({ subject: `${SCALE_SET}2` })).not.toStrictEqual(at({}));
  });

  it('without a time happened when it was received', () => {
    const [event] = normalize(receive(gridEvent(SUCCESS, UPGRADE, { eventTime: 'soon' })));

    expect(event?.occurredAt).toBe('2026-11-20T14:05:10.000Z');
  });
});

describe('a list of messages', () => {
  const good = gridEvent(SUCCESS, UPGRADE);

  it('gives the events of each member, and loses none to members that cannot be read', () => {
    expect(ids([good, null, 'text', {}, { ...good, id: 'second' }])).toHaveLength(2);
  });

  it('loses none to a member whose event would have no name', () => {
    const nameless = gridEvent('Microsoft.Resources.ResourceActionSuccess', {
      ...UPGRADE,
      resourceUri: '/subscriptions/\u0000',
      operationName: 'a/b/c/action',
    });

    expect(normalize({ payload: [nameless, good], include: ['actions'] })).toHaveLength(1);
    expect(() => normalize({ payload: [nameless], include: ['actions'] })).toThrow(PayloadError);
  });

  it.each([
    ['is empty', [], [{ path: '', message: 'expected an event or a list of events' }]],
    ['has members without a type only', [{ id: 'a' }, { id: 'b' }], [{ path: 'eventType', message: 'expected text' }]],
    [
      'has an image without a name only',
      [cloudEvent('Microsoft.ContainerRegistry.ImagePushed', { target: {} })],
      [{ path: 'data.target.repository', message: 'expected text' }],
    ],
  ])('is refused, with the place, where it %s', (_what, payload, problems) => {
    expect(() => read(receive(payload), 'event-grid')).toThrow(PayloadError);
    expect(eventGrid.problems(payload)).toStrictEqual(problems);
  });

  it.each([[null], ['text'], [3], [true], [[null]]])('is refused when it is %j', (payload) => {
    expect(() => read(receive(payload), 'event-grid')).toThrow(PayloadError);
  });
});

describe('the handshake', () => {
  const asking = (data: unknown) =>
    gridEvent('Microsoft.EventGrid.SubscriptionValidationEvent', data, { topic: GROUP, subject: '' });

  it('is answered with the code, however the event comes', () => {
    const answer = { reply: { validationResponse: 'A-1' } };
    const headers = { 'aeg-event-type': 'SubscriptionValidation' };

    expect(read(receive([asking({ validationCode: 'A-1' })], undefined, headers))).toStrictEqual(answer);
    expect(read(receive(asking({ validationCode: 'A-1' })))).toStrictEqual(answer);
    expect(read(receive(asking('{"validationCode":"A-1"}')))).toStrictEqual(answer);
  });

  it('is refused without a code', () => {
    expect(eventGrid.problems([asking({})])).toMatchObject([{ path: 'data.validationCode' }]);
  });

  it('never loses an event that came with it', () => {
    expect(ids([asking({ validationCode: 'A-1' }), gridEvent(SUCCESS, UPGRADE)])).toHaveLength(1);
  });
});

describe('detection', () => {
  const none = new Headers();

  it.each([
    ['the header of Event Grid', { 'aeg-event-type': 'Notification' }],
    ['the content type of CloudEvents', { 'content-type': 'application/cloudevents+json; charset=utf-8' }],
    ['the content type of their lists', { 'content-type': 'application/cloudevents-batch+json' }],
  ])('knows a body by %s', (_what, headers) => {
    expect(eventGrid.detects([{}], new Headers(headers))).toBe(true);
  });

  it('knows broken messages, to tell what is wrong with them', () => {
    expect(eventGrid.detects({ specversion: '1.0', source: GROUP }, none)).toBe(true);
    expect(eventGrid.detects([{ eventType: 'Microsoft.Web.AppUpdated' }], none)).toBe(true);
  });

  it.each([
    ['a service hook', { eventType: 'build.complete', publisherId: 'tfs', resource: {} }],
    ['a resource', { type: 'Microsoft.Compute/virtualMachines', id: SCALE_SET }],
    ['an alert', { schemaId: 'Microsoft.Insights/activityLogs', data: {} }],
  ])('leaves %s to others', (_what, body) => {
    expect(eventGrid.detects(body, none)).toBe(false);
  });
});

describe('other types', () => {
  const placed = cloudEvent('Shop.Orders.Placed', { total: 12 }, { subject: 'orders/77', source: '/orders' });

  it('are read and not reported, unless they are asked for', () => {
    const headers = new Headers({ 'aeg-event-type': 'Notification' });

    expect(read({ payload: placed, headers })).toStrictEqual([]);
    expect(normalize({ payload: placed, include: ['other'] })).toMatchObject([
      { kind: 'custom', title: 'Shop.Orders.Placed', text: 'orders/77', resource: { name: 'orders/77' } },
    ]);
  });

  it('are about the resource of their topic', () => {
    const payload = gridEvent(
      'Microsoft.KeyVault.SecretNearExpiry',
      {},
      { topic: SUBSCRIPTION, subject: 'db-password' },
    );

    expect(normalize({ payload, include: ['other'] })[0]?.resource.subscriptionId).toBe(SUBSCRIPTION.split('/')[2]);
  });

  it('are about the resource of their subject, where the topic is only the subscription around it', () => {
    const payload = gridEvent('Microsoft.ResourceNotifications.Other', {}, { topic: SUBSCRIPTION, subject: SCALE_SET });

    expect(normalize({ payload, include: ['other'] })[0]?.resource).toMatchObject({ id: SCALE_SET });
  });
});

it('takes an empty batch of CloudEvents for no news', () => {
  const headers = new Headers({ 'content-type': 'application/cloudevents-batch+json' });

  expect(read({ payload: [], headers })).toStrictEqual([]);
});
