import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../src/destinations/receiver.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entriesOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith, requestOf } from '../support/relay.ts';
import type { Reply } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

const HOUR = 3_600_000;
const OLD = 'whsec_b2xkZXI=';
const NEW = 'whsec_bmV3ZXI=';

/** A subscriber that answers as it is told, whoever is told of its trouble, and relays that come one after the other. */
async function world(reply: (hours: number) => Reply, transports = transportsWithin('local')) {
  const stack = new Stack();
  const ports = { ...memoryPorts(), transports };
  const begun = ports.time.now;
  const audit = stack.use(await chatAt(ports, (at) => reply((at - begun) / HOUR)));
  const admin = stack.use(await chatAt(ports));
  const relayOf = (own: Partial<Receiver>) =>
    relayWith(
      [{ ...receiverAt('webhook', audit.url, 'audit'), ...own }, receiverAt('slack', admin.url, 'admin')],
      ports,
      {
        notices: ['admin'],
      },
    ).relay;
  const send = async (name: string, hours: number) => {
    const event = scaleOf(name, 1, 2, hours * 3_600);
    const acceptedAt = new Date(begun + hours * HOUR).toISOString();
    await ports.deliveries.send(
      deliveryTo(['audit'], { event, acceptedAt }),
      (Date.parse(acceptedAt) - ports.time.now) / 1000,
    );
  };
  return {
    ...{ ports, audit, admin, relayOf, send },
    run: (relay: ReturnType<typeof relayOf>, hours: number) => drain(relay, ports, begun + hours * HOUR),
    states: () => entriesOf(ports.ledger, 'audit').map(({ state, reason }) => reason ?? state),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const headings = (bodies: readonly { readonly body: string }[]) =>
  bodies.map(({ body }) => /Sign-in at a receiver fails|Receiver not working|Receiver working again/.exec(body)?.[0]);

describe('a subscriber that refuses a secret which was just changed', () => {
  const refusing = (until: number) => (hours: number) => ({ status: hours >= 1 && hours < until ? 401 : 204 });

  it('gets everything once it has it too, nothing is given up, and one notice asks for it', async () => {
    await using there = await world(refusing(20));
    await there.send('before', 0);
    await there.run(there.relayOf({ secrets: [OLD] }), 1);
    for (const hours of [1, 2, 8, 15]) await there.send(`at-${hours}`, hours);

    // Another process in between, which knows of the change by storage alone.
    await there.run(there.relayOf({ secrets: [NEW, OLD] }), 10);
    await there.run(there.relayOf({ secrets: [NEW, OLD] }), 19);
    expect(there.states()).not.toContain('secret-refused');
    await there.run(there.relayOf({ secrets: [NEW, OLD] }), 22);

    expect(there.states()).toStrictEqual(Array(5).fill('sent'));
    expect(headings(there.admin.received)).toStrictEqual(['Sign-in at a receiver fails']);
    expect(there.admin.received[0]?.body).toContain('it refuses the secret that was changed last');
    expect(entriesOf(there.ports.ledger, 'audit', 'dead:')).toStrictEqual([]);
  });

  it('is a receiver like others a day later', async () => {
    await using there = await world(refusing(Number.POSITIVE_INFINITY));
    await there.send('before', 0);
    await there.run(there.relayOf({ secrets: [OLD] }), 1);
    await there.send('after', 1);

    await there.run(there.relayOf({ secrets: [NEW] }), 30);

    expect(there.states()).toContain('status-401');
    expect(headings(there.admin.received)).toStrictEqual(['Sign-in at a receiver fails', 'Receiver not working']);
  });

  it('is one like others where nobody has seen its secret change', async () => {
    await using there = await world(refusing(Number.POSITIVE_INFINITY));
    await there.send('first', 1);

    await there.run(there.relayOf({ secrets: [NEW] }), 2);

    expect(there.states()).toStrictEqual(['status-401']);
  });

  it('has its secrets in no row, nor what leads back to them', async () => {
    await using there = await world(() => ({ status: 204 }));
    await there.send('one', 0);
    await there.run(there.relayOf({ secrets: [OLD, NEW] }), 1);

    const { secret } = stateOf(there.ports.ledger, 'audit');
    expect(secret).toStrictEqual({
      salt: expect.stringMatching(/^[0-9a-f-]{36}$/),
      mark: expect.stringMatching(/^[0-9a-f]{3}$/),
    });
  });
});

describe('a receiver that is signed in to', () => {
  /** An identity that gives one token after the other, where it gives any. */
  function identity() {
    const state = { gives: true, number: 1 };
    return {
      state,
      tokenFor: async () => (state.gives ? `token-${state.number}` : undefined),
      refused(_audience: string, token: string) {
        if (token === `token-${state.number}`) state.number += 1;
      },
    };
  }

  it('loses nothing while the identity gives no token, and health says so', async () => {
    const who = identity();
    await using there = await world(() => ({ status: 204 }), transportsWithin('local', who));
    const ports = { ...there.ports, signIn: who };
    const audit = { ...receiverAt('webhook', there.audit.url, 'audit'), audience: 'api://silent' };
    const health = () => relayWith([audit], ports).relay.health(requestOf('', { query: 'deep=1' }));
    const relay = there.relayOf({ audience: 'api://silent' });
    for (const hours of [0, 1, 5]) await there.send(`at-${hours}`, hours);

    who.state.gives = false;
    await there.run(relay, 10);
    expect(there.audit.received).toStrictEqual([]);
    expect(await health()).toMatchObject({
      status: 503,
      jsonBody: { detail: expect.stringContaining('no token for audit') },
    });
    who.state.gives = true;
    await there.run(relay, 11);

    expect(await health()).toMatchObject({ status: 200 });
    expect(there.states()).toStrictEqual(Array(3).fill('sent'));
    expect(headings(there.admin.received)).toStrictEqual(['Sign-in at a receiver fails']);
    expect(there.admin.received[0]?.body).toContain('give the app an identity');
  });

  it.each([
    [401, 'token-refused'],
    [403, 'not-granted'],
  ])('and answers %s is tried again with another token before it is taken for broken', async (status, reason) => {
    await using there = await world(() => ({ status }), transportsWithin('local', identity()));
    const relay = there.relayOf({ audience: `api://answers-${status}` });
    await there.send('one', 0);

    expect(await there.run(relay, 0.001)).toMatchObject([{ outcome: 'retry', reason }]);
    await there.run(relay, 1);

    expect(there.states()).toStrictEqual([reason]);
    expect(there.admin.received[0]?.body).toContain('the identity of the relay may not call it');
    expect(JSON.stringify([there.ports.ledger.rows('audit'), there.ports.deliveries.sent])).not.toMatch(/token-\d/);
    const tokens = new Set(there.audit.received.map(({ headers }) => headers.authorization));
    expect(tokens.size).toBe(status === 401 ? there.audit.received.length : 1);
  });
});
