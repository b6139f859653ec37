import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { collecting } from '../../src/telemetry/collect.ts';
import type { Span } from '../../src/telemetry/telemetry.ts';
import { pointBelow } from '../../src/telemetry/trace.ts';
import { recorder } from './recorder.ts';

const spanOf = (name: string): Span => ({
  name,
  kind: 'internal',
  at: pointBelow(undefined),
  start: 1,
  end: 2,
  attributes: {},
});

/** Telemetry over a recorder, and how often that was loaded. */
function collected(share = 1) {
  const to = recorder();
  let loads = 0;
  const telemetry = collecting(async () => {
    loads += 1;
    return to.telemetry;
  }, share);
  return { ...to, telemetry, loads: () => loads };
}

describe('telemetry', () => {
  it('loads nothing while there is nothing to tell, not even to stop', async () => {
    const { telemetry, loads } = collected();

    await sleep(50);
    await telemetry.stop();

    expect(loads()).toBe(0);
  });

  it('loads once, a moment after the first is told, and forgets nothing of what came before', async () => {
    const { telemetry, spans, counts, measures, loads } = collected();

    telemetry.span(spanOf('one'));
    telemetry.count('relay.accepted', 2, {});
    telemetry.measure('relay.latency', 3, {});
    await sleep(0);
    expect(loads()).toBe(0);
    await vi.waitFor(() => expect(spans).toHaveLength(1), 120_000);
    telemetry.span(spanOf('two'));

    expect(loads()).toBe(1);
    expect(spans.map(({ name }) => name)).toStrictEqual(['one', 'two']);
    expect([counts, measures]).toMatchObject([[{ by: 2 }], [{ seconds: 3 }]]);
  });

  it('loads at once where it is to stop', async () => {
    const { telemetry, spans } = collected();
    telemetry.span(spanOf('one'));

    await telemetry.stop();

    expect(spans).toHaveLength(1);
  });

  it('stops within three seconds, whatever the collector does', async () => {
    const to = recorder();
    const telemetry = collecting(async () => ({ ...to.telemetry, stop: () => new Promise(() => undefined) }), 1);
    telemetry.span(spanOf('one'));

    await expect(telemetry.stop()).resolves.toBeUndefined();
  });

  it('keeps the share of spans that is asked for, and every count', async () => {
    const { telemetry, spans, counts } = collected(0);
    for (let at = 0; at < 50; at += 1) telemetry.span(spanOf('one'));
    for (let at = 0; at < 50; at += 1) telemetry.count('relay.accepted', 1, {});

    await telemetry.stop();

    expect([spans.length, counts.length]).toStrictEqual([0, 50]);
  });

  it('tells no secret, wherever it stands', async () => {
    const { telemetry, spans, counts, measures } = collected();
    const secret = 'https://x/?sig=hunter2';
    telemetry.span({ ...spanOf(secret), attributes: { a: secret, b: 7 }, failed: secret });
    telemetry.count('relay.refused', 1, { a: secret });
    telemetry.measure('relay.latency', 1, { a: secret });

    await telemetry.stop();

    expect(spans).toMatchObject([{ attributes: { a: 'https://x/?sig=***', b: 7 } }]);
    expect(JSON.stringify([spans, counts, measures])).not.toContain('hunter2');
  });

  it('cuts what Application Insights would cut without a word, between two characters, and says so', async () => {
    const { telemetry, spans } = collected();
    const [fits, long] = ['x'.repeat(8_192), `x${'é'.repeat(4_100)}`];
    telemetry.span({ ...spanOf('one'), attributes: { fits, long } });

    await telemetry.stop();

    expect(spans[0]?.attributes).toStrictEqual({ fits, long: `x${'é'.repeat(3_999)}… (cut: 4101 characters)` });
  });

  it('that cannot be loaded says so once, without secrets, and costs no memory from then on', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const telemetry = collecting(() => Promise.reject(new Error('no: Bearer hunter2hunter2')), 1);
    telemetry.span(spanOf('one'));

    await telemetry.stop();
    for (let at = 0; at < 10_000; at += 1) telemetry.span(spanOf('two'));
    await telemetry.stop();

    expect(said.mock.calls).toStrictEqual([['telemetry is off: Error: no: Bearer ***']]);
    said.mockRestore();
  });

  it('keeps so much at most while it is being loaded', async () => {
    const to = recorder();
    let ready: (() => void) | undefined;
    const telemetry = collecting(() => new Promise((done) => (ready = () => done(to.telemetry))), 1);
    for (let at = 0; at < 6_000; at += 1) telemetry.span(spanOf('one'));

    const stopped = telemetry.stop();
    ready?.();
    await stopped;

    expect(to.spans).toHaveLength(5_000);
  });
});
