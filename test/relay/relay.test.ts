import { describe, expect, it } from 'vitest';
import { createRelay } from '../../src/relay/relay.ts';
import { OK } from '../support/deliveries.ts';
import { fixturesOf, wire } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';
import { listen } from '../support/server.ts';

const { body, expected } = fixturesOf('azure-autoscale').find(({ name }) => name === 'scale-set-out') ?? {};
const [event] = expected as { id: string }[];
const nowhere = 'http://127.0.0.1:1';
const both = [receiverAt('slack', nowhere), receiverAt('teams', nowhere)];

describe('accept', () => {
  it('answers 202 with what it has taken, and for whom', async () => {
    const { relay } = relayWith(both);

    expect(await answerTo(relay, post(body))).toStrictEqual({
      status: 202,
      jsonBody: {
        accepted: [{ id: event?.id, source: 'azure-autoscale', kind: 'scale', receivers: ['slack', 'teams'] }],
      },
    });
  });

  it('stores one message for all receivers of an event, without their addresses', async () => {
    const { relay, ports } = relayWith(both);

    await relay.accept(post(body, 'azure-autoscale'));

    const stored = {
      version: 1,
      event,
      proven: false,
      receivers: ['slack', 'teams'],
      attempt: 0,
      acceptedAt: '2026-11-20T14:05:09.000Z',
    };
    expect(wire(ports.deliveries.sent)).toStrictEqual([{ message: stored, delay: 0 }]);
    expect(JSON.stringify(ports.deliveries.sent)).not.toContain(nowhere);
  });

  it('stores a message that deliver can read', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    await relay.accept(post(body));
    const reports = await relay.deliver(wire(ports.deliveries.sent[0]?.message));

    expect(reports).toMatchObject([{ outcome: 'sent', receiver: 'slack', eventId: event?.id, attempt: 0 }]);
  });

  it('takes the same webhook again, so that its sender is content', async () => {
    const { relay } = relayWith(both);

    expect(await answerTo(relay, post(body))).toStrictEqual(await answerTo(relay, post(body)));
  });

  it('takes an event that nobody wants, and stores nothing', async () => {
    const ports = memoryPorts();
    const relay = createRelay({ receivers: both, routes: [{ match: () => false, to: ['slack'] }], ports });

    expect(await answerTo(relay, post(body))).toMatchObject({
      status: 202,
      jsonBody: { accepted: [{ receivers: [] }] },
    });
    expect(ports.deliveries.sent).toStrictEqual([]);
  });
});

describe('preview', () => {
  it('answers with the events and the messages, and stores nothing', async () => {
    const { relay, ports } = relayWith(both);

    const answer = await relay.preview(post(body));

    expect(wire(answer)).toMatchObject({
      status: 200,
      jsonBody: {
        events: expected,
        messages: [
          { receiver: 'slack', destination: 'slack', payload: { text: expect.any(String) } },
          { receiver: 'teams', destination: 'teams', payload: { type: 'message' } },
        ],
      },
    });
    expect(ports.deliveries.sent).toStrictEqual([]);
    for (const { name } of both) expect(ports.ledger.rows(name)).toStrictEqual([]);
    expect(JSON.stringify(answer)).not.toContain(nowhere);
  });

  it('shows what deliver sends, byte for byte', async () => {
    await using slack = await listen(OK.slack);
    await using teams = await listen(OK.teams);
    const { relay, ports } = relayWith([
      { ...receiverAt('slack', slack.url), timeZone: 'Asia/Seoul' },
      receiverAt('teams', teams.url),
    ]);

    const { jsonBody } = await relay.preview(post(body));
    await relay.accept(post(body));
    await relay.deliver(wire(ports.deliveries.sent[0]?.message));

    const { messages } = jsonBody as { messages: { payload: unknown }[] };
    const sent = [...slack.received, ...teams.received].map((request) => request.body);
    expect(sent).toStrictEqual(messages.map(({ payload }) => JSON.stringify(payload)));
  });

  it('sends nothing', async () => {
    await using server = await listen(OK.slack);
    const { relay } = relayWith([receiverAt('slack', server.url)]);

    await relay.preview(post(body));

    expect(server.received).toStrictEqual([]);
  });
});
