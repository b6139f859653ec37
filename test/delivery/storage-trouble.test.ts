import { describe, expect, it } from 'vitest';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';

/** A relay that tells what it has to say of itself to `ops`. */
function world() {
  const ports = memoryPorts();
  const receivers = [receiverAt('slack', 'http://127.0.0.1:1/', 'ops')];
  const relay = createRelay({ receivers, routes: [{ to: ['ops'] }], notices: ['ops'], ports });
  const accept = (id: string) => answerTo(relay, post({ kind: 'custom', id, title: 'x' }, 'custom'));
  const notices = () =>
    ports.deliveries.sent.flatMap(({ message }) =>
      'event' in message && message.event.kind === 'notice' ? [message.event] : [],
    );
  return { ports, accept, notices };
}

describe('storage that takes nothing', () => {
  it('is told of once it is back, with how long it was away', async () => {
    const { ports, accept, notices } = world();
    ports.deliveries.down = true;
    expect((await accept('a')).status).toBe(503);
    ports.time.now += 3 * 60_000;
    expect((await accept('a')).status).toBe(503);

    ports.deliveries.down = false;
    expect((await accept('a')).status).toBe(202);
    expect((await accept('b')).status).toBe(202);

    expect(notices()).toMatchObject([{ topic: 'storage', severity: 'error', reason: '3 min' }]);
  });

  it('for a moment is nobody’s business', async () => {
    const { ports, accept, notices } = world();
    ports.deliveries.down = true;
    await accept('a');
    ports.time.now += 5_000;

    ports.deliveries.down = false;
    await accept('a');

    expect(notices()).toStrictEqual([]);
  });

  it('does not keep a webhook from its answer when the notice cannot be written', async () => {
    const { ports, accept, notices } = world();
    ports.deliveries.down = true;
    await accept('a');
    ports.time.now += 3 * 60_000;

    ports.deliveries.down = false;
    ports.ledger.down = true;

    expect((await accept('a')).status).toBe(202);
    expect(notices()).toStrictEqual([]);
  });
});
