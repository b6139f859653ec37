import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { EventOf } from '../../src/event/event.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { scriptedServer } from '../support/mail-server.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';

const letters = { from: { name: '', address: 'relay@example.com' }, to: { name: '', address: 'ops@example.com' } };

/** A receiver of mail whose server says what it is told, one that gets its events instead, and one that is told of it. */
async function world(script: Parameters<typeof scriptedServer>[0]) {
  const stack = new Stack();
  const ports = { ...memoryPorts(), transports: transportsWithin('local') };
  const server = stack.use(await scriptedServer(script));
  const second = stack.use(await chatAt(ports));
  const admin = stack.use(await chatAt(ports));
  const mail: Receiver = {
    ...receiverAt('email', `smtp://127.0.0.1:${server.port}`, 'mail'),
    ...{ letters, fallback: 'second' },
  };
  const { relay } = relayWith(
    [mail, receiverAt('slack', second.url, 'second'), receiverAt('slack', admin.url, 'admin')],
    ports,
    { notices: ['admin'] },
  );
  const header = (name: string) =>
    server.messages.map((text) => new RegExp(`^${name}: (<.*>)$`, 'm').exec(text)?.[1] ?? '');
  return {
    ...{ ports, server, second, admin, header },
    send: (event: EventOf<'scale' | 'alert'> = scaleOf('shop-web', 1, 2), seconds = 0) =>
      ports.deliveries.send(deliveryTo(['mail'], { event }), seconds),
    run: () => drain(relay, ports),
    states: () => entriesOf(ports.ledger, 'mail').map(({ state }) => state),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe('a connection that breaks once the server has the whole mail', () => {
  it('doubles it once at most, with one id, and is then told as what may have arrived', async () => {
    await using there = await world({ message: 'hang-up' });
    await there.send();

    await there.run();

    const ids = there.header('Message-ID');
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(entriesOf(there.ports.ledger, 'mail', 'dead:')).toMatchObject([{ reason: 'unconfirmed' }]);
    expect(stateOf(there.ports.ledger, 'mail').broken).toBeUndefined();
  });

  it('is forgotten where the second try is answered', async () => {
    await using there = await world((before) => (before === 0 ? { message: 'hang-up' } : {}));
    await there.send();

    await there.run();

    expect(there.states()).toStrictEqual(['sent']);
    expect(there.server.messages).toHaveLength(2);
    expect(there.second.received).toHaveLength(0);
  });
});

it('a server that is busy gets the mail later, once', async () => {
  await using there = await world((before) => (before < 3 ? { RCPT: '450 4.2.0 greylisted' } : {}));
  await there.send();

  await there.run();

  expect(there.states()).toStrictEqual(['sent']);
  expect(there.server.messages).toHaveLength(1);
});

it('an address that there is not is told with what to do, and of what the server said no word; the fallback gets the events', async () => {
  await using there = await world({ RCPT: '550 5.1.1 hidden' });
  for (let at = 0; at < 6; at += 1) await there.send(scaleOf(`set-${at}`, 1, 2, at * 20), at * 20);

  await there.run();

  const notices = there.admin.received.map(({ body }) => body).filter((body) => body.includes('Receiver not working'));
  expect(notices).toHaveLength(1);
  expect(notices.join()).toContain('does not take mail for the address: check \\"to\\"');
  expect(there.second.received).toHaveLength(6);
  const said = [...there.admin.received, ...there.second.received].map(({ body }) => body).join();
  expect(said + JSON.stringify(entriesOf(there.ports.ledger, 'mail'))).not.toContain('hidden');
});

it('an alert and its end are two mails of one thread', async () => {
  await using there = await world({});
  const fired = { ...examples.alert, story: 'cpu', occurredAt: '2026-11-20T14:05:09.000Z' };
  const resolved = { ...fired, id: 'end', state: 'resolved', severity: 'info', occurredAt: '2026-11-20T14:25:09.000Z' };
  await there.send(fired);
  await there.send(resolved as EventOf<'alert'>, 1_200);

  await there.run();

  expect(new Set(there.header('Message-ID')).size).toBe(2);
  for (const name of ['In-Reply-To', 'References']) {
    const [first, last] = there.header(name);
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(last).toBe(first);
  }
});
