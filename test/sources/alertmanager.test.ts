import { describe, expect, it } from 'vitest';
import { alertmanager } from '../../src/sources/alertmanager/alertmanager.ts';
import { read } from '../support/normalize.ts';
import { caseOf, eventsOf, fixtureLaws, type Json, nullLaws, oneOf, privacyLaw, sampleLaws } from './support/github.ts';

const SOURCE = 'alertmanager';
const { body } = caseOf(SOURCE, 'one-fires-one-is-over');
const [firing = {}] = body['alerts'] as Json[];

const of = (changes: Json, group: Json = {}) =>
  oneOf({ payload: { ...body, ...group, alerts: [{ ...firing, ...changes }] } }, SOURCE);
const labelled = (labels: Json) => of({ labels: { alertname: 'QueueTooLong', ...labels } });

describe('the fixtures of Alertmanager', () => fixtureLaws(SOURCE));

describe('Alertmanager', () => {
  nullLaws(SOURCE, ['alerts']);
  privacyLaw(SOURCE, [/receiver/]);

  it('is told from Grafana, which sends the same keys and more', () => {
    const none = new Headers();

    expect(alertmanager.detects(body, none)).toBe(true);
    expect(alertmanager.detects({ version: '4', alerts: [] }, none)).toBe(true);
    expect(alertmanager.detects({ version: 4, groupKey: 'x' }, none)).toBe(true);
    expect(alertmanager.detects({ ...body, orgId: 1 }, none)).toBe(false);
    expect(alertmanager.detects({ alerts: [] }, none)).toBe(false);
    expect(alertmanager.detects({ version: '4' }, none)).toBe(false);
  });

  it('is refused without its alerts, and says so', () => {
    expect(() => read({ payload: { version: '4', groupKey: 'x' } })).toThrow('alerts: expected a list of alerts');
  });

  it('gives no event for no alert', () => {
    expect(read({ payload: { ...body, alerts: [] } })).toStrictEqual([]);
  });

  it('reads a thousand alerts, and counts the rest', () => {
    const alerts = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...firing, labels: { alertname: 'x', index } }));

    const events = eventsOf(read({ payload: { ...body, alerts: alerts(1_000), truncatedAlerts: 7 } }));

    expect(events).toHaveLength(1_000);
    expect(events[0]?.properties).toStrictEqual({ truncatedAlerts: '7' });
    expect(read({ payload: { ...body, alerts: alerts(1_500) } })).toHaveLength(1_000);
    expect(alertmanager.cut({ ...body, alerts: alerts(1_500) })).toBe(500);
    expect(alertmanager.cut({ ...body, alerts: alerts(1_000) })).toBe(0);
  });
});

describe('an alert', () => {
  it.each([
    ['critical', 'critical', 'Sev0'],
    ['page', 'critical', 'Sev0'],
    ['error', 'error', 'Sev1'],
    ['Warning', 'warning', 'Sev2'],
    ['info', 'info', 'Sev4'],
    ['none', 'info', 'Sev4'],
    ['purple', 'warning', undefined],
    ['constructor', 'warning', undefined],
  ])('labelled %s is %s', (severity, expected, level) => {
    const event = labelled({ severity });

    expect([event.severity, 'level' in event ? event.level : undefined]).toStrictEqual([expected, level]);
  });

  it('is over by its own status, and by that of its group where it has none', () => {
    expect(of({ status: 'resolved' }, { status: 'firing' })).toMatchObject({ state: 'resolved' });
    expect(of({ status: undefined }, { status: 'resolved' })).toMatchObject({ state: 'resolved' });
    expect(of({ status: undefined }, { status: undefined })).toMatchObject({ state: 'fired' });
  });

  it('fires and is over as two occurrences of one story', () => {
    const [fired, over] = [of({}), of({ status: 'resolved', endsAt: '2026-11-20T14:30:00Z' })];

    expect(over.id).not.toBe(fired.id);
    expect(over.story).toBe(fired.story);
    expect(over).toMatchObject({ occurredAt: '2026-11-20T14:30:00.000Z', severity: fired.severity });
  });

  it('fires again later as another occurrence', () => {
    expect(of({ startsAt: '2026-11-20T15:00:00Z' }).id).not.toBe(of({}).id);
  });

  it('is the same occurrence when it is repeated, in another group and order', () => {
    const labels = Object.fromEntries(Object.entries(firing['labels'] as Json).reverse());

    expect(of({ labels }, { groupKey: undefined, receiver: 'other' }).id).toBe(of({}).id);
  });

  it('is told from another by its labels where the fingerprint is absent or repeated', () => {
    const [one, other] = [{ disk: 'a' }, { disk: 'b' }].map((labels) => of({ labels, fingerprint: 'same' }));

    expect(one?.id).not.toBe(other?.id);
    expect(one?.story).not.toBe(other?.story);
    expect(of({ fingerprint: undefined }).story).toBe(of({}).story);
  });

  it.each([
    [{ instance: 'i', pod: 'p', service: 's', job: 'j' }, 'i'],
    [{ pod: 'p', service: 's', job: 'j' }, 'p'],
    [{ service: 's', job: 'j' }, 's'],
    [{ job: 'j' }, 'j'],
    [{}, 'QueueTooLong'],
  ])('with the labels %j is about %s', (labels, name) => {
    expect(labelled(labels).resource.name).toBe(name);
  });

  it('has at most ten dimensions, the most telling first', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`label_${index}`, index]));
    const event = labelled({ ...many, pod: 'p', __tmp: 'x', job: 'j', severity: 'info', env: 'test', instance: 'i' });

    expect(event).toMatchObject({ environment: 'test' });
    expect('dimensions' in event && Object.keys(event.dimensions ?? {})).toStrictEqual([
      'instance',
      'job',
      'pod',
      ...[0, 1, 2, 3, 4, 5, 6].map((index) => `label_${index}`),
    ]);
  });

  it('pollutes nothing by its labels', () => {
    const labels = JSON.parse('{"__proto__":{"x":"y"},"constructor":"c","alertname":"A"}');

    expect(of({ labels })).toMatchObject({ rule: 'A', dimensions: { constructor: 'c' } });
    expect({}).not.toHaveProperty('x');
  });

  it('has no link to a page that is not https', () => {
    expect(of({ generatorURL: 'http://prometheus/graph' }, { externalURL: 'javascript:alert(1)' }).links).toMatchObject(
      [{ rel: 'runbook' }],
    );
  });
});

sampleLaws(SOURCE, {
  'alertmanager/firing': [
    {
      state: 'fired',
      rule: 'high_memory_load',
      severity: 'warning',
      resource: { name: 'node-with-hyphen_and_underscore' },
      occurredAt: '2017-08-02T10:26:08.873Z',
    },
  ],
  'alertmanager/resolved-multiple': [
    { state: 'resolved', rule: 'DiskSpace', resource: { name: 'hx30.saltworks' }, severity: 'error' },
    {
      state: 'resolved',
      resource: { name: 'hx31.saltworks' },
      severity: 'critical',
      occurredAt: '2016-10-04T06:01:24.818Z',
      firedAt: '2016-10-04T05:54:24.803Z',
    },
  ],
  'alertmanager/with-common-items': [
    {
      state: 'resolved',
      rule: 'CPUThrottlingHigh',
      links: [{ rel: 'runbook' }],
      resource: { name: 'alertmanager-bay-obs-prometheus-operator-alertmanager-0' },
      occurredAt: '2018-06-25T19:20:10.868Z',
    },
  ],
});

describe('what an alert of Prometheus is about', () => {
  const KSM = { instance: '10.7.0.9:8080', job: 'kube-state-metrics', namespace: 'orders', cluster: 'c1' };
  const about = (labels: Json) => labelled(labels)?.resource.name;

  it.each([
    ['the pod', { ...KSM, pod: 'orders-api-6c9f5-x2x2x', container: 'api' }, 'orders-api-6c9f5-x2x2x'],
    ['the deployment', { ...KSM, deployment: 'orders-api', pod: 'stack-kube-state-metrics-7d' }, 'orders-api'],
    ['the stateful set', { ...KSM, statefulset: 'orders-db' }, 'orders-db'],
    ['the daemon set', { ...KSM, daemonset: 'logs' }, 'logs'],
    ['the job', { ...KSM, job_name: 'nightly-28' }, 'nightly-28'],
    ['the node', { ...KSM, node: 'aks-pool-1', pod: 'kube-state-metrics-7d' }, 'aks-pool-1'],
    ['the namespace', KSM, 'orders'],
  ])('is %s, where kube-state-metrics tells of it', (_what, labels, name) => {
    expect(about(labels)).toBe(name);
  });

  it.each([
    ['a pod behind an address', { instance: '10.7.0.4:9187', pod: 'orders-api-1' }, 'orders-api-1'],
    [
      'a node, and not the pod of its exporter',
      { instance: '10.7.0.4:9100', pod: 'node-exporter-x', node: 'n1' },
      'n1',
    ],
    ['an address, where nothing else is said', { instance: '10.7.0.4:9187', job: 'postgres' }, '10.7.0.4:9187'],
    ['an instance with a name', { instance: 'tiles-2', pod: 'p' }, 'tiles-2'],
    [
      'a page that is watched',
      { instance: 'https://shop.example/', pod: 'blackbox-exporter-1' },
      'https://shop.example/',
    ],
    [
      'a claim, and not the node that measures it',
      {
        instance: '10.0.0.33:10250',
        job: 'kubelet',
        node: 'n1',
        persistentvolumeclaim: 'orders-data',
        namespace: 'shop',
      },
      'orders-data',
    ],
  ])('is %s', (_what, labels, name) => {
    expect(about(labels)).toBe(name);
  });

  // What was scraped brings a label of its own: honor_labels is off unless somebody turns it on.
  it.each([
    [
      'the pod that kube-state-metrics tells of, in its own namespace',
      {
        ...{ namespace: 'kube-system', pod: 'kube-state-metrics-7575-8p2xj', container: 'kube-state-metrics' },
        ...{ job: 'kube-state-metrics', instance: '10.1.2.3:8080' },
        ...{ exported_namespace: 'orders', exported_pod: 'orders-web-6b5f-abcde', exported_container: 'web' },
      },
      { name: 'orders-web-6b5f-abcde', group: 'orders' },
    ],
    [
      'the deployment, which nothing renamed',
      { namespace: 'kube-system', job: 'kube-state-metrics', exported_namespace: 'orders', deployment: 'orders-web' },
      { name: 'orders-web', group: 'orders' },
    ],
    [
      'the node that kube-state-metrics tells of, which is in no namespace',
      { namespace: 'kube-system', job: 'kube-state-metrics', node: 'n1', exported_node: 'n2' },
      { name: 'n2' },
    ],
    [
      'the server behind an exporter',
      {
        ...{ pod: 'prometheus-mongodb-exporter-59d7', namespace: 'monitoring', node: 'n1' },
        ...{ instance: '10.244.7.49:9216', exported_instance: '172.28.69.53:27017' },
      },
      { name: '172.28.69.53:27017' },
    ],
    [
      'the job behind a gateway',
      { instance: 'gateway:9091', job: 'gateway', exported_instance: 'batch-07', exported_job: 'nightly' },
      { name: 'batch-07' },
    ],
    [
      'the server behind a gateway, and not the pod of the gateway',
      {
        pod: 'gateway-5b5d-x',
        job: 'monitoring/gateway',
        instance: '10.1.2.9:9091',
        exported_instance: '10.9.9.9:27017',
      },
      { name: '10.9.9.9:27017' },
    ],
    [
      'the pod in another Prometheus',
      {
        exported_pod: 'orders-1',
        instance: '10.1.2.3:8080',
        job: 'federate',
        cluster: 'all',
        exported_cluster: 'eu-1',
      },
      { name: 'orders-1', group: 'eu-1' },
    ],
    [
      'what was renamed most often',
      { pod: 'a', exported_pod: 'b', exported_exported_pod: 'c', instance: '10.1.2.3:8080' },
      { name: 'c' },
    ],
  ])('is %s', (_what, labels, resource) => {
    expect(labelled(labels).resource).toEqual(resource);
  });

  it('is in the environment of the thing, and not of what was scraped', () => {
    expect(labelled({ environment: 'tools', exported_environment: 'prod' })).toMatchObject({ environment: 'prod' });
  });

  it.each([
    ['its cluster', { pod: 'p', cluster: 'eu-1', namespace: 'shop' }, 'eu-1'],
    ['its namespace', { pod: 'p', namespace: 'shop' }, 'shop'],
    ['nowhere, where it is that namespace itself', { ...KSM, cluster: undefined }, undefined],
    [
      'not in the namespace of its exporter',
      { node: 'n1', pod: 'node-exporter-x', namespace: 'monitoring' },
      undefined,
    ],
  ])('is in %s', (_what, labels, group) => {
    expect(labelled(labels).resource.group).toBe(group);
  });

  it('has its own labels before those of what was scraped', () => {
    const told = labelled({ pod: 'a', exported_pod: 'b', job: 'j', exported_job: 'k', zzz: '1' });

    expect(told?.kind === 'alert' && Object.keys(told.dimensions ?? {})).toStrictEqual([
      ...['exported_job', 'job', 'exported_pod', 'pod', 'zzz'],
    ]);
  });

  it('keeps its cluster and its namespace among the first of many labels', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`a${at}`, 'x']));
    const told = labelled({ ...many, ...KSM, pod: 'p' });

    expect(told?.kind === 'alert' && Object.keys(told.dimensions ?? {}).slice(0, 5)).toStrictEqual([
      'cluster',
      'namespace',
      'instance',
      'job',
      'pod',
    ]);
  });
});

describe('how bad an alert is', () => {
  it.each([
    ['priority', 'P0', 'critical', 'Sev0'],
    ['priority', 'P1', 'critical', 'Sev0'],
    ['priority', 'P2', 'error', 'Sev1'],
    ['priority', 'P3', 'warning', 'Sev2'],
    ['priority', 'P5', 'info', 'Sev4'],
    ['severity', 'SEV-0', 'critical', 'Sev0'],
    ['severity', 'Sev 1', 'error', 'Sev1'],
    ['severity', 'sev2', 'warning', 'Sev2'],
    ['severity', 'S1', 'error', 'Sev1'],
    ['severity', 'sev3', 'info', 'Sev3'],
    ['severity', 'urgent', 'error', 'Sev1'],
  ])('by its label %s=%s is %s, %s', (label, word, severity, level) => {
    expect(of({ labels: { alertname: 'DesksDown', [label]: word } })).toMatchObject({ severity, level });
  });
});

describe('the labels of a route', () => {
  const labels = { alertname: 'DesksDown', team: 'desks' };
  const route = { team: 'canal', shift: 'night', environment: 'prod', severity: 'page' };

  it('say what those of the alert do not', () => {
    expect(of({ labels }, { routeLabels: route, notification_reason: 'first notification' })).toMatchObject({
      severity: 'critical',
      environment: 'prod',
      dimensions: { team: 'desks' },
      properties: { shift: 'night' },
    });
  });

  it('stand beside why it is sent, where the state does not say that', () => {
    const again = of({ labels }, { routeLabels: null, notification_reason: 'repeat interval elapsed' });

    expect(again.properties).toStrictEqual({ notification_reason: 'repeat interval elapsed' });
  });
});
