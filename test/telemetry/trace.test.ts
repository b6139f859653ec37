import { describe, expect, it } from 'vitest';
import { delivery, queueMessage } from '../../src/delivery/rules/delivery.ts';
import { isKept, pointBelow, pointIn, traceparentOf } from '../../src/telemetry/trace.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { receiverAt, relayWith } from '../support/relay.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const POINT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

describe('a traceparent', () => {
  it('names a point, whatever its sender says of sampling', () => {
    expect(pointIn(TRACEPARENT)).toStrictEqual(POINT);
    expect(pointIn(TRACEPARENT.replace(/01$/, '00'))).toStrictEqual(POINT);
    expect(pointIn(` ${TRACEPARENT.toUpperCase()} `)).toStrictEqual(POINT);
  });

  it('of a later version may be longer', () => {
    expect(pointIn(`01${TRACEPARENT.slice(2)}-more`)).toStrictEqual(POINT);
  });

  it.each([
    undefined,
    null,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    TRACEPARENT.slice(0, -4),
    TRACEPARENT.replace('a', 'g'),
  ])('%s names none', (text) => {
    expect(pointIn(text)).toBeUndefined();
  });

  it('is what a point is written as', () => {
    expect(traceparentOf(POINT)).toBe(TRACEPARENT);
  });
});

describe('a new point', () => {
  it('is in the trace of the one above, or the first of its own', () => {
    const below = pointBelow(POINT);

    expect(below).toStrictEqual({ traceId: POINT.traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(below.spanId).not.toBe(POINT.spanId);
    expect(pointBelow(undefined).traceId).not.toBe(pointBelow(undefined).traceId);
  });
});

describe('the share of traces that is kept', () => {
  it.each([0, 0.25, 0.5, 1])('is about %d of all', (share) => {
    const points = Array.from({ length: 4_000 }, () => pointBelow(undefined));

    const kept = points.filter((point) => isKept(point, share)).length / points.length;

    expect(Math.abs(kept - share)).toBeLessThan(share % 1 === 0 ? 0.0001 : 0.05);
  });

  it.each([
    ['c0000000000000', 0.25, true],
    ['bfffffffffffff', 0.25, false],
    ['80000000000000', 0.5, true],
    ['00000000000000', 1, true],
    ['ffffffffffffff', 0, false],
  ])(
    'has, with %s at its end and a share of %d, what a sender keeps by the rule of OpenTelemetry: %s',
    (end, share, is) => {
      expect(isKept({ ...POINT, traceId: `4bf92f3577b34da6a3${end}` }, share)).toBe(is);
    },
  );

  it('goes by the trace, so that all of a trace is kept or none', () => {
    const points = Array.from({ length: 200 }, () => pointBelow(POINT));

    expect(new Set(points.map((point) => isKept(point, 0.5))).size).toBe(1);
  });
});

describe('a message of the queue', () => {
  it('may name its trace, and need not', () => {
    expect(delivery.parse(deliveryTo(['ops']))).not.toHaveProperty('trace');
    expect(delivery.parse({ ...deliveryTo(['ops']), trace: TRACEPARENT }).trace).toBe(TRACEPARENT);
    expect(queueMessage.parse({ version: 1, flush: 'ops', trace: TRACEPARENT })).toMatchObject({ trace: TRACEPARENT });
  });

  it('keeps it from try to try, also where nobody listens', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:9', 'ops')]);

    const [report] = await relay.deliver({ ...deliveryTo(['ops']), trace: TRACEPARENT }, 'm1');

    expect(report).toMatchObject({ outcome: 'retry' });
    expect(ports.deliveries.sent).toMatchObject([{ message: { attempt: 1, trace: TRACEPARENT } }]);
  });

  it.each(['nonsense', 7, null, {}])('is read although its trace is %j', (trace) => {
    expect(delivery.parse({ ...deliveryTo(['ops']), trace })).toMatchObject({ receivers: ['ops'], trace: undefined });
  });
});
