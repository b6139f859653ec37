import { expect, it } from 'vitest';
import { answerTo, receiverAt, relayWith, requestOf } from '../support/relay.ts';

it('does not claim that JSON is broken near its end when it is broken at its start', async () => {
  const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

  const { jsonBody } = await answerTo(relay, requestOf(`hello ${'x'.repeat(1_000)}`));

  expect((jsonBody as { detail: string }).detail).not.toContain('near the end');
});
