import { afterEach, describe, expect, it } from 'vitest';
import { clean } from '../../functions/clean.ts';
import { deliver } from '../../functions/deliver.ts';
import { drift } from '../../functions/drift.ts';
import { watch } from '../../functions/watch.ts';
import { webhook } from '../../functions/webhook.ts';
import { use } from '../../src/app/main.ts';
import { observed } from '../../src/telemetry/observed.ts';
import { observedPorts } from '../../src/telemetry/observed-ports.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith } from '../support/relay.ts';
import { recorder } from './recorder.ts';

const HOSTS = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

/** An invocation as Azure hands it to a function, and what was logged in it. */
function invocation() {
  const lines: string[] = [];
  const log = (message: string, ...details: unknown[]) => void lines.push([message, ...details].join(' '));
  return { lines, log, traceContext: { traceParent: HOSTS }, triggerMetadata: { id: 'm1' } };
}

const facts = (text: string | undefined): unknown => JSON.parse(text?.slice(text.indexOf('{')) ?? '');

function installed() {
  const told = recorder();
  const receivers = [receiverAt('slack', 'http://127.0.0.1:9/hunter2', 'ops')];
  const ports = observedPorts(memoryPorts(), receivers, told.telemetry);
  use(observed(relayWith(receivers, ports).relay, told.telemetry, []));
  return told;
}

afterEach(() => use(relayWith([receiverAt('slack', 'http://127.0.0.1:9')]).relay));

describe('a function', () => {
  it('logs what became of a webhook, in one line that can be parsed', async () => {
    installed();
    const { lines, ...context } = invocation();

    await webhook.handler(post({ kind: 'custom', title: 'hunter2' }), context);
    await webhook.handler(post('hunter2'), context);

    expect(lines.map((each) => each.slice(0, 9))).toStrictEqual(['webhook {', 'webhook {']);
    expect(facts(lines[0])).toMatchObject({ outcome: 'accepted', source: 'custom', count: 1, receivers: ['ops'] });
    expect(facts(lines[1])).toStrictEqual({ outcome: 'refused', status: 400, reason: 'body-not-json' });
    expect(lines.join()).not.toContain('hunter2');
  });

  it('answers a webhook where there is nobody to log to', async () => {
    installed();

    expect((await webhook.handler(post({ kind: 'custom', title: 'x' }))).status).toBe(202);
  });

  it('logs each delivery, in one line that can be parsed', async () => {
    installed();
    const { lines, ...context } = invocation();

    await deliver.handler(deliveryTo(['ops', 'gone']), context);

    expect(lines.map(facts)).toMatchObject([
      { outcome: 'retry', receiver: 'ops', reason: 'connection', attempt: 0, delay: expect.any(Number) },
      { outcome: 'dead', receiver: 'gone', reason: 'no-such-receiver' },
    ]);
    expect(lines.every((each) => each.startsWith('delivery {') && !each.includes('\n'))).toBe(true);
  });

  it('logs how its timers fared', async () => {
    installed();
    const { lines, ...context } = invocation();

    for (const each of [clean, watch, drift]) await each.handler({}, context);

    expect(lines.map((each) => each.split(' ')[0])).toStrictEqual(['clean', 'watch', 'drift']);
    expect(lines.map(facts)).toMatchObject([{ rejected: 0 }, { deadLetters: 0 }, { outcome: 'off' }]);
  });

  it('runs below the request that its host writes, and writes none of its own', async () => {
    const { spans } = installed();
    const context = invocation();

    await webhook.handler(post({ kind: 'custom', title: 'x' }), context);
    await deliver.handler(deliveryTo(['ops']), context);

    const host = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
    expect(spans.filter(({ kind }) => kind !== 'client')).toMatchObject([
      { name: 'accept', kind: 'internal', parent: host },
      { name: 'deliver ops', kind: 'internal', links: [host] },
    ]);
  });
});
