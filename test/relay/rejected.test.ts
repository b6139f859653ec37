import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src/problems/errors.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';

const receivers = [receiverAt('slack', 'http://127.0.0.1:1')];
const unknown = { operation: 'Scale Sideways', context: { oldCapacity: '1' } };

describe('a body that no source can read', () => {
  it('is kept whole for inspection, with what was wrong', async () => {
    const { relay, ports } = relayWith(receivers);

    const answer = await answerTo(relay, post(unknown));

    expect(answer.status).toBe(422);
    expect(ports.rejected.kept).toHaveLength(1);
    expect(JSON.parse(ports.rejected.kept[0]?.text ?? '')).toStrictEqual(unknown);
    expect(ports.rejected.kept[0]?.about.reason).toContain('azure-autoscale');
  });

  it('is not kept by a preview', async () => {
    const { relay, ports } = relayWith(receivers);

    expect((await relay.preview(post(unknown))).status).toBe(422);
    expect(ports.rejected.kept).toHaveLength(0);
  });

  it('is asked for again while it cannot be kept', async () => {
    const ports = memoryPorts();
    ports.rejected.keep = () => Promise.reject(new StorageError('the rejected body could not be kept', 'no answer'));
    const { relay } = relayWith(receivers, ports);

    expect((await answerTo(relay, post(unknown))).status).toBe(503);
  });

  it('names the closest source and what it misses', async () => {
    const { relay } = relayWith(receivers);

    const { jsonBody } = await answerTo(relay, post({ version: '1.0', operation: 'Scale?', context: {} }));

    expect(jsonBody).toMatchObject({
      errors: expect.arrayContaining([
        { path: '', message: expect.stringContaining('the closest is azure-autoscale') },
        { path: 'context.newCapacity', message: expect.any(String) },
      ]),
    });
  });

  it('is forgotten after ten days', async () => {
    const { relay, ports } = relayWith(receivers);
    await relay.accept(post(unknown));

    ports.time.now += 9 * 86_400_000;
    expect(await relay.clean()).toStrictEqual({ rejected: 0, deliveries: 0, settled: 0 });
    ports.time.now += 2 * 86_400_000;
    expect(await relay.clean()).toStrictEqual({ rejected: 1, deliveries: 0, settled: 0 });
  });
});

describe('a source with credentials', () => {
  const settings = { credentials: { secrets: [], tokens: ['token-1'] }, include: [] };
  const relayOf = (ports = memoryPorts()) =>
    createRelay({ receivers, routes: [{ to: ['slack'] }], sources: { custom: settings }, ports });
  const body = { kind: 'custom', title: 'Hello' };

  it('answers 401 without them, stores nothing and keeps nothing', async () => {
    const ports = memoryPorts();

    const answer = await answerTo(relayOf(ports), post(body));

    expect(answer).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/problem+json', 'www-authenticate': expect.stringMatching(/^Basic /) },
    });
    expect(ports.deliveries.sent).toHaveLength(0);
    expect(ports.rejected.kept).toHaveLength(0);
  });

  it('is read with them', async () => {
    expect((await answerTo(relayOf(), post(body, undefined, { 'x-relay-token': 'token-1' }))).status).toBe(202);
  });

  it('asks a preview for them as well', async () => {
    expect((await relayOf().preview(post(body))).status).toBe(401);
  });
});

it('answers the CloudEvents handshake for the origin that asks', async () => {
  const { relay } = relayWith(receivers);
  const headers = new Headers({ 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' });

  const answer = await answerTo(relay, {
    method: 'OPTIONS',
    headers,
    params: {},
    query: new URLSearchParams(),
    body: null,
  });

  expect(answer).toMatchObject({
    status: 200,
    headers: { 'webhook-allowed-origin': 'eventgrid.azure.net', 'webhook-allowed-rate': '*' },
  });
});
