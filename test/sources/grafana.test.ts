import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { grafana } from '../../src/sources/grafana/grafana.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';
import { caseOf, eventsOf, fixtureLaws, type Json, nullLaws, oneOf, privacyLaw, sampleLaws } from './support/github.ts';

const SOURCE = 'grafana';
const { body } = caseOf(SOURCE, 'firing');
const [firing = {}] = body['alerts'] as Json[];

const of = (changes: Json, group: Json = {}) =>
  oneOf({ payload: { ...body, ...group, alerts: [{ ...firing, ...changes }] } }, SOURCE);

describe('the fixtures of Grafana', () => fixtureLaws(SOURCE));

describe('Grafana', () => {
  nullLaws(SOURCE, ['alerts']);
  privacyLaw(SOURCE, [/receiver/, /imageURL/, /valueString/, /^message$/]);

  it('is known without its orgId by its title and state, and by its header', () => {
    const { orgId: _, ...rest } = body;

    expect(sourceFor(rest, new Headers()).name).toBe(SOURCE);
    expect(grafana.detects({}, new Headers({ 'x-grafana-alerting-signature': 'x' }))).toBe(true);
    expect(grafana.detects({ title: 'x', state: 'ok' }, new Headers())).toBe(false);
  });

  it.each([
    [{ B: 44.2, C: 1 }, 44.2],
    [{ C: 0 }, 0],
    [{ A: '12.5' }, 12.5],
    [{ cpu: 91, memory: 72, C: 1 }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('has of %j the value %s', (values, value) => {
    const event = of({ values, valueString: '' });

    expect('value' in event ? event.value : undefined).toBe(value);
  });

  it.each([
    ["[ var='A' labels={zone=[1], path={x}} value=81 ], [ var='B' labels={} value=1 ]", 81],
    ["[ var='A' labels={path=/a value=3} value=7 ]", 7],
    ["[ metric='cpu' labels={host=a} value=-0.25 ]", -0.25],
    ["[ var='A' labels={} value=12 ], [ var='B' labels={} value=99.1 ]", undefined],
    ["[ metric='cpu' labels={host=a} value=NaN ]", undefined],
    ['[ no value ]', undefined],
  ])('has of the text %s the value %s', (valueString, value) => {
    expect(of({ values: undefined, valueString })).toHaveProperty('value', value);
  });

  it.each([['DatasourceNoData'], ['DatasourceError']])('names the rule of a %s alert', (alertname) => {
    const labels = { alertname, rulename: 'Slow tiles', datasource_uid: 'p1' };

    expect(of({ labels, annotations: { Error: 'timed out' } })).toMatchObject({
      rule: 'Slow tiles',
      description: 'timed out',
      dimensions: { alertname },
    });
  });

  it('takes the state of the group where no status is sent', () => {
    expect(of({ status: null }, { status: null, state: 'ok' })).toMatchObject({ state: 'resolved' });
  });

  it.each([
    ['[FIRING:1] Parcels wait', 'Parcels wait'],
    ['[FIRING:2, RESOLVED:1]', 'relay'],
  ])('is called by the title %s where it has no labels', (title, rule) => {
    const none = { labels: {}, annotations: {} };

    expect(of(none, { title, receiver: 'relay', commonLabels: {} })).toMatchObject({ rule });
  });

  it('never shows an image', () => {
    expect(JSON.stringify(of({}))).not.toContain('image');
  });
});

describe("Grafana's signature", () => {
  const bytes = Buffer.from('{"alerts":[]}');
  const now = Date.parse('2026-11-20T14:05:10Z');
  const hex = (...parts: readonly (string | Uint8Array)[]) => {
    const hmac = createHmac('sha256', 's3cret');
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
  const made = (signature: string, timestamp?: string) => {
    const headers = new Headers({ 'x-grafana-alerting-signature': signature });
    if (timestamp !== undefined) headers.set('x-grafana-alerting-signature-timestamp', timestamp);
    return grafana.signature?.({ bytes, headers, now }, 's3cret');
  };

  it('is of the body, or of a time and the body', () => {
    const time = String(now / 1000);

    expect(made(hex(bytes))).toBe(true);
    expect(made(hex(`${time}:`, bytes), time)).toBe(true);
  });

  it('does not hold for another body, time or secret', () => {
    const time = String(now / 1000);
    const old = String(now / 1000 - 301);

    expect(made(hex('other'))).toBe(false);
    expect(made(hex(bytes), time)).toBe(false);
    expect(made(hex(`${old}:`, bytes), old)).toBe(false);
    expect(made(hex('soon:', bytes), 'soon')).toBe(false);
    expect(made('')).toBe(false);
  });
});

describe('the alerting before Grafana 11', () => {
  const legacy = {
    dashboardId: 4,
    evalMatches: [{ value: 93.5, metric: 'cpu', tags: { instance: 'tiles-2' } }],
    imageUrl: 'https://grafana.quay.example/image.png',
    message: 'Tiles are slow',
    orgId: 1,
    panelId: 2,
    ruleId: 11,
    ruleName: 'Slow tiles',
    ruleUrl: 'https://grafana.quay.example/d/tiles?tab=alert&panelId=2&orgId=1',
    state: 'alerting',
    tags: { severity: 'critical' },
    title: '[Alerting] Slow tiles',
  };

  it('is detected and read', () => {
    expect(sourceFor(legacy, new Headers()).name).toBe(SOURCE);
    expect(read({ payload: legacy })).toMatchObject([
      {
        kind: 'alert',
        state: 'fired',
        severity: 'critical',
        rule: 'Slow tiles',
        metric: 'cpu',
        value: 93.5,
        dimensions: { instance: 'tiles-2' },
        description: 'Tiles are slow',
        resource: { name: 'tiles-2' },
        links: [{ rel: 'alert', url: legacy.ruleUrl }],
        occurredAt: '2026-11-20T14:05:10.000Z',
      },
    ]);
  });

  it.each([
    ['ok', 'resolved'],
    ['no_data', 'fired'],
    ['toString', 'fired'],
  ])('is %s: %s', (state, expected) => {
    expect(read({ payload: { ...legacy, state, evalMatches: null } })).toMatchObject([{ state: expected }]);
  });

  it('has no word of the breach where there is no data, and each series that matched', () => {
    const [noData] = eventsOf(read({ payload: { ...legacy, state: 'no_data', evalMatches: [] } }));
    const evalMatches = [
      { metric: 'desk-1', value: 91 },
      { metric: 'desk-2', value: 92 },
    ];

    expect(noData).toHaveProperty('description', undefined);
    expect(read({ payload: { ...legacy, evalMatches } })).toMatchObject([
      { metric: 'desk-1', value: 91, properties: { 'desk-2': '92' } },
    ]);
  });

  it.each([['paused'], ['pending']])('is noise while %s', (state) => {
    expect(read({ payload: { ...legacy, state } })).toStrictEqual([]);
  });

  it('is one occurrence within a minute, and one story', () => {
    const at = (receivedAt: string, state = 'ok') => oneOf({ payload: { ...legacy, state }, receivedAt }, SOURCE);
    const first = at('2026-11-20T14:05:10.000Z');

    expect(at('2026-11-20T14:05:40.000Z').id).toBe(first.id);
    expect(at('2026-11-20T16:05:10.000Z').id).not.toBe(first.id);
    expect(at('2026-11-20T14:05:10.000Z', 'alerting')).toMatchObject({ story: first.story });
  });

  it('is refused without the name of its rule', () => {
    expect(() => read({ payload: { ...legacy, ruleName: '' } })).toThrow('grafana cannot read this body: ruleName');
  });
});

sampleLaws(SOURCE, {
  'grafana/firing': [
    {
      state: 'fired',
      rule: 'High memory usage',
      resource: { name: 'High memory usage' },
      occurredAt: '2021-03-09T06:43:50.157Z',
      value: 44.23943737541908,
    },
    {
      rule: 'High CPU usage',
      dimensions: { team: 'blue', zone: 'eu-1' },
      links: [{ rel: 'alert' }, { rel: 'runbook' }, { rel: 'silence' }],
    },
  ],
});

describe('an alert that lacks what it measures', () => {
  const alertOf = (changes: object, labels: object = {}) => {
    const one = {
      labels: { alertname: 'Devices offline', instance: 'edge-1', ...labels },
      status: 'firing',
      ...changes,
    };
    const [event] = normalize({ payload: { orgId: 1, title: 't', state: 's', alerts: [one] } }, 'grafana');
    return event;
  };
  const reason = (grafana_state_reason: string) => ({ annotations: { grafana_state_reason } });

  it('is told as that, and not as the breach or as solved', () => {
    expect(alertOf({}, { alertname: 'DatasourceNoData', rulename: 'r' })).toMatchObject({
      state: 'fired',
      lack: 'data',
    });
    expect(alertOf({}, { alertname: 'DatasourceError', rulename: 'r' })).toMatchObject({ lack: 'answer' });
    expect(alertOf(reason('NoData'))).toMatchObject({ lack: 'data' });
    expect(alertOf({ status: 'resolved', ...reason('MissingSeries') })).toMatchObject({
      state: 'resolved',
      lack: 'series',
    });
  });

  it('is a plain one otherwise', () => {
    const plain = [alertOf({}), alertOf(reason('MissingSeries')), alertOf({ status: 'resolved', ...reason('NoData') })];

    expect(plain.map((event) => event?.kind === 'alert' && event.lack)).toStrictEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has the id and the story that it had', () => {
    const [plain, missing] = [{ status: 'resolved' }, { status: 'resolved', ...reason('MissingSeries') }].map((each) =>
      alertOf(each),
    );

    expect([missing?.id, missing?.story]).toStrictEqual([plain?.id, plain?.story]);
  });
});
