import { expect, it } from 'vitest';
import { keepReference, referencesIn } from '../../src/relay/teams-references.ts';
import { memoryPorts } from '../support/ports.ts';

const ops = {
  service: 'https://smba.trafficmanager.net/emea/',
  tenant: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  room: '19:0ps@thread.tacv2',
  team: 'Shop',
  channel: 'Ops',
};

it('where a bot was let in is known until it is shown out', async () => {
  const { ledger } = memoryPorts();
  const chat = { service: ops.service, tenant: ops.tenant, room: 'a:1pL6i0oY3C0K8oAj8' };

  await keepReference(ledger, { ...chat, added: true });
  await keepReference(ledger, { ...ops, channel: 'Operations', added: true });
  await keepReference(ledger, { ...ops, added: true });

  expect(await referencesIn(ledger)).toHaveLength(2);
  expect(await referencesIn(ledger)).toContainEqual(ops);

  await keepReference(ledger, { ...ops, added: false });
  await keepReference(ledger, { ...ops, added: false });

  expect(await referencesIn(ledger)).toStrictEqual([chat]);
});
