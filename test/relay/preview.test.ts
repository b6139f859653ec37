import { expect, it } from 'vitest';
import { toAll } from '../../src/routing/routes.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith } from '../support/relay.ts';

const MINUTE = 60_000;

it.each([
  [11, true],
  [9, false],
])('a preview marks what happened %i minutes ago as late, as the message would be: %s', async (minutes, late) => {
  const ports = memoryPorts();
  const { relay } = relayWith([receiverAt('slack', '', 'ops')], ports);
  const occurredAt = new Date(ports.time.now - minutes * MINUTE).toISOString();

  const { jsonBody } = await relay.preview(post({ kind: 'custom', title: 'hello', occurredAt }));

  expect(JSON.stringify(jsonBody)).toContain('hello');
  expect(JSON.stringify(jsonBody).includes('Late, ')).toBe(late);
});

it('a preview says of whom a route tells nothing, and why', async () => {
  const { relay } = relayWith([receiverAt('slack', '', 'ops')], memoryPorts(), { routes: toAll(['ops']) });
  const started = { kind: 'deployment', subject: 'shop', phase: 'started' };

  const { jsonBody } = await relay.preview(post(started));

  expect(jsonBody).toMatchObject({
    messages: [],
    untold: [{ receivers: ['ops'], because: 'it tells no beginnings of deployments (tell: both would)' }],
  });
  const { jsonBody: ended } = await relay.preview(post({ ...started, phase: 'succeeded' }));
  expect(ended).not.toHaveProperty('untold');
});
