import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith, requestOf } from '../support/relay.ts';

interface Answer {
  readonly deliveries: readonly { readonly receiver: string; readonly event: { readonly id: string } }[];
  readonly after?: string;
}

async function world() {
  const ports = memoryPorts();
  const chat = await chatAt(ports);
  const receivers = ['ops', 'other'].map((name) => ({ ...receiverAt('slack', chat.url, name), rate: {} }));
  const { relay } = relayWith(receivers, ports);
  const tell = async (...events: readonly RelayEvent[]) => {
    for (const event of events) await ports.deliveries.send(deliveryTo(['ops', 'other'], { event }));
    await drain(relay, ports);
  };
  const ask = async (query: string) => {
    const { status, jsonBody } = await relay.deliveries(requestOf('', { method: 'GET', query }));
    return { status, ...(jsonBody as Answer) };
  };
  return { ports, relay, tell, ask, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const custom = (at: number): RelayEvent => ({ ...examples.custom, id: identity('custom', `${at}`), title: `No ${at}` });

describe('deliveries in the order of storage', () => {
  it('come once each, however many answers it takes, also while others are written', async () => {
    await using there = await world();
    const events = Array.from({ length: 1_300 }, (_, at) => custom(at));
    await there.tell(...events);

    const seen: string[] = [];
    let after: string | undefined = '';
    let answers = 0;
    while (after !== undefined) {
      const answer: Answer = await there.ask(`order=storage&after=${encodeURIComponent(after)}`);
      seen.push(...answer.deliveries.map(({ receiver, event }) => `${receiver} ${event.id}`));
      after = answer.after;
      answers += 1;
      await there.tell(custom(2_000 + answers));
    }

    expect(answers).toBeGreaterThan(2);
    expect(new Set(seen).size).toBe(seen.length);
    const wanted = events.flatMap(({ id }) => [`ops ${id}`, `other ${id}`]);
    expect(wanted.filter((each) => !seen.includes(each))).toStrictEqual([]);
  });

  it('are narrowed down as others are', async () => {
    await using there = await world();
    await there.tell(custom(1), examples.scale);

    const answer = await there.ask('order=storage&receiver=ops&kind=scale&state=sent&since=30d');

    expect(answer).toMatchObject({ deliveries: [{ receiver: 'ops', event: { id: examples.scale.id } }] });
    expect(answer.after).toBeUndefined();
  });

  it.each(['ops', '../x', 'ops/state', "ops/event:' or 1", `ops/event:${'a'.repeat(5_000)}`])(
    'go on only where an answer ended, which is said: %s',
    async (after) => {
      await using there = await world();

      const answer = await there.ask(`order=storage&after=${encodeURIComponent(after)}`);

      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer)).toContain('after');
    },
  );
});

describe('deliveries are found', () => {
  const alert = { ...examples.alert, environment: 'prod', severity: 'critical', level: 'Sev0' } as const;
  const [word] = examples.scale.resource.name.split('-');

  it.each([
    ['kind=scale', [examples.scale]],
    ['severity=critical', [alert]],
    ['environment=prod&source=azure-monitor', [alert]],
    [`resource=${examples.scale.resource.name.toUpperCase()}&kind=scale`, [examples.scale]],
    [`text=${alert.rule.toUpperCase()}`, [alert]],
    [`text=${examples.scale.id.slice(0, 10)}`, [examples.scale]],
    [`text=${word}&kind=scale`, [examples.scale]],
    ['text=no such thing', []],
    ['text=%27%22%3Cscript%3E', []],
  ])('by %s', async (query, events) => {
    await using there = await world();
    await there.tell(custom(1), examples.scale, alert);

    const { deliveries } = await there.ask(`${query}&receiver=ops`);

    expect(deliveries.map(({ event }) => event.id)).toStrictEqual(events.map(({ id }) => id));
  });

  it('and what cannot be asked for is said', async () => {
    await using there = await world();

    expect(await there.ask('severity=bad')).toMatchObject({ status: 422 });
    expect(await there.ask(`text=${'x'.repeat(300)}`)).toMatchObject({ status: 422 });
  });
});
