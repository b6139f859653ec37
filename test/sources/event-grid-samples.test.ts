import { describe, expect, it } from 'vitest';
import { receive } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { published } from '../support/published.ts';

describe('the sample', () => {
  it.each([
    [
      'event-grid/health-availability-status-changed',
      'alert',
      { state: 'resolved' },
      '{vm-name}',
      '2022-12-19T18:13:24.924Z',
    ],
    [
      'event-grid/health-availability-status-changed-cloudevents',
      'alert',
      { state: 'resolved' },
      '{vm-name}',
      '2022-12-19T18:13:24.924Z',
    ],
    ['event-grid/health-resource-annotated', 'alert', { state: 'fired' }, '{vm-name}', '2022-12-19T18:13:24.924Z'],
    [
      'event-grid/vmss-delete-derived',
      'deployment',
      { phase: 'succeeded', step: 'delete' },
      'vmss-harbour',
      '2023-12-15T17:30:51.611Z',
    ],
    [
      'event-grid/vmss-manual-upgrade-derived',
      'deployment',
      { phase: 'succeeded', step: 'manualUpgrade' },
      'vmss-harbour',
      '2023-12-15T17:30:51.611Z',
    ],
    [
      'app-service/eventgrid-app-updated-stopped',
      'alert',
      { state: 'fired', value: 'Stopped' },
      '<site-name>',
      '2019-06-25T17:15:17.276Z',
    ],
    [
      'app-service/eventgrid-slot-swap-started',
      'deployment',
      { phase: 'started', step: 'SlotSwap' },
      '<site-name>',
      '2019-06-25T17:19:38.719Z',
    ],
    [
      'app-service/eventgrid-slot-swap-completed-derived',
      'deployment',
      { phase: 'succeeded', step: 'SlotSwap' },
      '<site-name>',
      '2019-06-25T17:20:38.719Z',
    ],
  ] as const)('%s gives one event', (file, kind, state, name, occurredAt) => {
    const events = normalize(receive(published(file)));

    expect(events).toMatchObject([{ source: 'event-grid', kind, ...state, resource: { name }, occurredAt }]);
  });

  it.each([
    ['event-grid/resource-action-success', 'actions', 'RootManageSharedAccessKey'],
    ['event-grid/resource-delete-success', 'resources', '{storage-name}'],
    ['event-grid/resource-write-success', 'resources', '{storage-name}'],
    ['event-grid/resource-write-success-cloudevents', 'resources', '{storage-name}'],
    ['event-grid/vmss-write-derived', 'writes', 'vmss-harbour'],
    ['app-service/eventgrid-backup-started', 'operations', '<site-name>'],
  ])('%s is noise that %s asks for', (file, extra, name) => {
    const payload = published(file);

    expect(read(receive(payload))).toStrictEqual([]);
    expect(normalize({ payload, include: [extra] })).toMatchObject([{ kind: 'deployment', resource: { name } }]);
  });

  it('of the handshake is answered', () => {
    const given = published('event-grid/subscription-validation');
    const answer = published('event-grid/subscription-validation-response');

    expect(read(receive(given))).toStrictEqual({ reply: answer });
  });
});
