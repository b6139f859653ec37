import { describe, expect, it } from 'vitest';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const bodyOf = (name: string): unknown => fixturesOf('event-grid').find((each) => each.name === name)?.body;
const told = (name: string) => normalize(receive(bodyOf(name)))[0];

describe('what Azure is going to do to machines', () => {
  it.each([
    ['scheduled-reboot', 'Reboot', 'fired', 'warning'],
    ['scheduled-reboot-started', 'Reboot', 'fired', 'warning'],
    ['scheduled-reboot-completed', 'Reboot', 'resolved', 'warning'],
    ['scheduled-redeploy-cancelled', 'Redeploy', 'resolved', 'warning'],
    ['scheduled-preempt', 'Preempt', 'fired', 'warning'],
    ['scheduled-freeze-short', 'Freeze', 'fired', 'info'],
    ['scheduled-terminate-by-user', 'Terminate', 'fired', 'info'],
  ])('is told of the scale set: %s', (name, rule, state, severity) => {
    expect(told(name)).toMatchObject({
      rule,
      state,
      severity,
      resource: { name: 'parcel-web', group: 'rg-reed', type: 'Microsoft.Compute/virtualMachineScaleSets' },
      dimensions: { Resources: 'parcel-web_1, parcel-web_4' },
    });
  });

  it('says when at the earliest, and to which machines, in its first line', () => {
    expect(told('scheduled-reboot')).toMatchObject({
      description: expect.stringMatching(/^Scheduled, NotBefore 2026-11-21 09:30 UTC: parcel-web_1, parcel-web_4\n/),
    });
  });

  it('is one story with an occurrence for each state, and news again when it is put off', () => {
    const all = ['scheduled-reboot', 'scheduled-reboot-started', 'scheduled-reboot-completed'].map(told);
    const later = JSON.parse(JSON.stringify(bodyOf('scheduled-reboot')).replace('09:30:00 GMT', '11:30:00 GMT'));
    const [putOff] = normalize(receive(later));

    expect(new Set(all.map((event) => event?.story)).size).toBe(1);
    expect(new Set([...all, putOff].map((event) => event?.id)).size).toBe(4);
  });

  it('is told with the word of a state that nobody knows', () => {
    const strange = JSON.parse(JSON.stringify(bodyOf('scheduled-reboot')).replace('"Scheduled"', '"Postponed"'));

    expect(normalize(receive(strange))).toMatchObject([{ state: 'fired', word: 'Postponed', severity: 'warning' }]);
  });

  it('is read of a cluster in its own form', () => {
    expect(told('scheduled-aks-upgrade')).toMatchObject({
      rule: 'Upgrade of the node image',
      state: 'fired',
      resource: { name: 'parcel-aks', type: 'Microsoft.ContainerService/managedClusters' },
      dimensions: { scheduledTime: '2026-11-22 02:00 UTC' },
    });
    const failed = JSON.parse(JSON.stringify(bodyOf('scheduled-aks-upgrade')).replace('"Scheduled"', '"Failed"'));

    expect(normalize(receive(failed))).toMatchObject([{ phase: 'failed', state: 'fired', severity: 'error' }]);
  });
});

describe('the nodes of a pool', () => {
  it.each([
    ['node-pool-rolling-started', 'started', 'info'],
    ['node-pool-rolling-succeeded', 'succeeded', 'info'],
    ['node-pool-rolling-failed', 'failed', 'error'],
  ])('are replaced as a deployment of their cluster: %s', (name, phase, severity) => {
    expect(told(name)).toMatchObject({ phase, severity, subject: 'parcel-aks', step: 'workers' });
  });

  it('stand beside the end of their version', () => {
    const body = { ...(bodyOf('node-pool-rolling-failed') as object), data: { kubernetesVersion: '1.31.2' } };
    const ending = { ...body, eventType: 'Microsoft.ContainerService.ClusterSupportEnding' };

    expect(normalize(receive(ending))).toMatchObject([
      { kind: 'custom', severity: 'warning', title: 'ClusterSupportEnding', text: 'Kubernetes 1.31.2' },
    ]);
  });

  it('are told also of a state that nobody knows', () => {
    const body = bodyOf('node-pool-rolling-failed');
    const strange = JSON.parse(JSON.stringify(body).replace('RollingFailed', 'RollingPaused'));

    expect(normalize(receive(strange))).toMatchObject([{ phase: 'unknown', word: 'Paused' }]);
  });
});

const SUBSCRIPTION = '/subscriptions/5a1d0c3e-7b44-4f0e-9a26-0e5b8f7c2d10';
const MACHINE = `${SUBSCRIPTION}/resourceGroups/rg-reed/providers/Microsoft.Compute/virtualMachines/dock-db`;

it.each([
  ['Resources.CreatedOrUpdated', MACHINE],
  ['MaintenanceResources.ConfigurationApplied', `${MACHINE}/providers/Microsoft.Maintenance/applyUpdates/x1`],
  ['ComputeResources.SomethingNew', undefined],
])('a notification of %s names the deeper resource', (type, subject) => {
  const data = { resourceInfo: { id: MACHINE } };
  const body = { id: '1', eventType: `Microsoft.ResourceNotifications.${type}`, topic: SUBSCRIPTION, subject, data };

  expect(normalize({ ...receive(body), include: ['other'] })).toMatchObject([{ resource: { name: 'dock-db' } }]);
});
