import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJson, receive } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/payloads', import.meta.url));

describe.runIf(existsSync(SAMPLES))('the sample', () => {
  it.each([
    [
      'event-grid/health-availability-status-changed',
      'alert',
      { state: 'resolved' },
      '{vm-name}',
      '2023-07-24T19:20:37.924Z',
    ],
    [
      'event-grid/health-availability-status-changed-cloudevents',
      'alert',
      { state: 'resolved' },
      '{vm-name}',
      '2023-07-24T19:20:37.924Z',
    ],
    ['event-grid/health-resource-annotated', 'alert', { state: 'fired' }, '{vm-name}', '2023-07-24T19:20:37.924Z'],
    [
      'event-grid/vmss-delete-DERIVED',
      'deployment',
      { phase: 'succeeded', step: 'delete' },
      'vmss-agents',
      '2024-07-19T18:38:04.611Z',
    ],
    [
      'event-grid/vmss-manual-upgrade-DERIVED',
      'deployment',
      { phase: 'succeeded', step: 'manualUpgrade' },
      'vmss-agents',
      '2024-07-19T18:38:04.611Z',
    ],
    [
      'app-service/eventgrid-app-updated-stopped',
      'alert',
      { state: 'fired', value: 'Stopped' },
      '<site-name>',
      '2020-01-28T18:22:30.276Z',
    ],
    [
      'app-service/eventgrid-slot-swap-started',
      'deployment',
      { phase: 'started', step: 'SlotSwap' },
      '<site-name>',
      '2020-01-28T18:26:51.719Z',
    ],
    [
      'app-service/eventgrid-slot-swap-completed-DERIVED',
      'deployment',
      { phase: 'succeeded', step: 'SlotSwap' },
      '<site-name>',
      '2020-01-28T18:27:51.719Z',
    ],
  ] as const)('%s gives one event', (file, kind, state, name, occurredAt) => {
    const events = normalize(receive(readJson(`${SAMPLES}/${file}.json`)));

    expect(events).toMatchObject([{ source: 'event-grid', kind, ...state, resource: { name }, occurredAt }]);
  });

  it.each([
    ['event-grid/resource-action-success', 'actions', 'RootManageSharedAccessKey'],
    ['event-grid/resource-delete-success', 'resources', '{storage-name}'],
    ['event-grid/resource-write-success', 'resources', '{storage-name}'],
    ['event-grid/resource-write-success-cloudevents', 'resources', '{storage-name}'],
    ['event-grid/vmss-write-DERIVED', 'writes', 'vmss-agents'],
    ['app-service/eventgrid-backup-started', 'operations', '<site-name>'],
  ])('%s is noise that %s asks for', (file, extra, name) => {
    const payload = readJson(`${SAMPLES}/${file}.json`);

    expect(read(receive(payload))).toStrictEqual([]);
    expect(normalize({ payload, include: [extra] })).toMatchObject([{ kind: 'deployment', resource: { name } }]);
  });

  it('of the handshake is answered', () => {
    const given = readJson(`${SAMPLES}/event-grid/subscription-validation.json`);
    const answer = readJson(`${SAMPLES}/event-grid/subscription-validation-response.json`);

    expect(read(receive(given))).toStrictEqual({ reply: answer });
  });
});
