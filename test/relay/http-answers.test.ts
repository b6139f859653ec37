import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { HttpRequest } from '../../src/relay/http.ts';
import { sources } from '../../src/sources/registry.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith, requestOf } from '../support/relay.ts';

const [fixture] = fixturesOf('azure-autoscale');
const good = JSON.stringify(fixture?.body);
const SECRET = 'pl4nted-s3cret';

const relayForNobody = (ports = memoryPorts()) => relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);
const accept = (request: HttpRequest, ports = memoryPorts()) => answerTo(relayForNobody(ports).relay, request);

describe('the answer to a refused webhook', () => {
  it('names each thing that is wrong, with its path', async () => {
    const body = {
      operation: 'Scale Out',
      context: { timestamp: 'x', resourceName: 'shop-web', newCapacity: 'three' },
    };

    expect((await accept(post(body))).jsonBody).toStrictEqual({
      type: 'urn:autoscale-relay:problem:payload',
      title: 'The body cannot be read as an event',
      status: 422,
      detail:
        'azure-autoscale cannot read this body: context.timestamp: expected an ISO date with a zone, such as 2026-11-20T14:05:00Z; ' +
        'context.newCapacity: expected a whole number of instances, as a number or a string of digits',
      errors: [
        { path: 'context.timestamp', message: 'expected an ISO date with a zone, such as 2026-11-20T14:05:00Z' },
        {
          path: 'context.newCapacity',
          message: 'expected a whole number of instances, as a number or a string of digits',
        },
      ],
    });
  });

  it('has no list of errors where no body was read', async () => {
    expect((await accept(requestOf('x'))).jsonBody).not.toHaveProperty('errors');
  });

  it('says where JSON breaks off, without quoting it', async () => {
    const { jsonBody } = await accept(requestOf(`{"a":"${SECRET}",}`));

    expect(jsonBody).toMatchObject({
      detail: 'the body is not JSON: it cannot be read at position 22 (line 1 column 23)',
    });
  });

  it('to GET says how to call', async () => {
    const answer = await accept(requestOf('', { method: 'GET' }));

    expect(answer.headers?.['allow']).toBe('POST, OPTIONS');
    expect(answer.jsonBody).toMatchObject({ detail: "GET is not taken here; send the webhook's JSON with POST" });
  });

  it('for an unknown source names those that there are', async () => {
    const answer = await accept(post(good, 'nobody'));

    expect(answer.jsonBody).toMatchObject({
      detail: `there is no source of that name; there are ${sources.map(({ name }) => name).join(', ')}`,
    });
  });
});

describe('while storage is down', () => {
  it('a webhook is answered with 503 and when to come back, and nothing is stored', async () => {
    const ports = memoryPorts();
    ports.deliveries.down = true;

    const answer = await accept(post(good), ports);

    expect(answer).toMatchObject({
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
      jsonBody: { type: 'urn:autoscale-relay:problem:storage', status: 503 },
    });
    expect(ports.deliveries.sent).toStrictEqual([]);
    ports.deliveries.down = false;
    expect(await accept(post(good), ports)).toMatchObject({ status: 202 });
  });

  it('a preview is answered as ever', async () => {
    const ports = memoryPorts();
    ports.deliveries.down = true;

    expect((await relayForNobody(ports).relay.preview(post(good))).status).toBe(200);
  });

  it('health says so only when it is asked to look', async () => {
    const ports = memoryPorts();
    ports.ledger.down = true;
    const { relay } = relayForNobody(ports);

    expect(await relay.health(requestOf('', { method: 'GET' }))).toStrictEqual({
      status: 200,
      jsonBody: { status: 'ok', version: manifest.version, receivers: ['slack'], drift: 'off', storage: 'not asked' },
    });
    expect((await relay.health(requestOf('', { method: 'GET', query: 'deep=1' }))).status).toBe(503);
  });
});
