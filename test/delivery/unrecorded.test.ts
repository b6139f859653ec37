import { afterEach, expect, it, vi } from 'vitest';
import type { Change } from '../../src/delivery/ports.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entryOf } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';

afterEach(() => {
  vi.useRealTimers();
});

const saysSent = (change: Change): boolean =>
  change.kind === 'replace' && typeof change.value === 'object' && Reflect.get(change.value ?? {}, 'state') === 'sent';

it('a message whose ledger is silent once it is told holds its place for seconds, and is recorded when that is back', async () => {
  const ports = memoryPorts();
  await using chat = await chatAt(ports);
  const refused = Promise.withResolvers<void>();
  const back = Promise.withResolvers<void>();
  let isSilent = true;
  const { write } = ports.ledger;
  ports.ledger.write = async (partition, changes) => {
    if (!isSilent || !changes.some(saysSent)) return write.call(ports.ledger, partition, changes);
    // From here on: the chat answers by the real ones.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    refused.resolve();
    throw new StorageError('the ledger did not take the change', 'no answer');
  };
  ports.clock.wait = () => back.promise;
  const { relay } = relayWith([receiverAt('slack', chat.url)], ports);

  const delivering = relay.deliver(deliveryTo(['slack']), 'one');
  await refused.promise;
  await vi.advanceTimersByTimeAsync(60_000);

  expect(await delivering).toMatchObject([{ outcome: 'sent' }]);
  expect(entryOf(ports.ledger, 'slack').state).toBe('sending');
  vi.useRealTimers();
  isSilent = false;
  back.resolve();
  await vi.waitFor(() => expect(entryOf(ports.ledger, 'slack').state).toBe('sent'), 60_000);
  expect(chat.received).toHaveLength(1);
});
