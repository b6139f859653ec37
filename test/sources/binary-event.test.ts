import { describe, expect, it } from 'vitest';
import { receive } from '../../src/receive.ts';
import { memoryPorts } from '../support/ports.ts';
import { post } from '../support/relay.ts';
import { cloudEvent, operation } from './support/event-grid.ts';

const TYPE = 'Microsoft.Resources.ResourceActionSuccess';
const UPGRADE = operation('Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action');
const EVENT: Readonly<Record<string, unknown>> = cloudEvent(TYPE, UPGRADE);

/** The attributes as headers, as the SDKs of CloudEvents send them unless they are told otherwise. */
const HEADERS = Object.fromEntries(
  ['specversion', 'id', 'type', 'source', 'subject', 'time'].flatMap((name) =>
    typeof EVENT[name] === 'string' ? [[`ce-${name}`, encodeURIComponent(EVENT[name])]] : [],
  ),
);

const read = async (body: unknown, headers: Record<string, string>, source?: string) =>
  (await receive(post(body, source, headers), { settings: {}, ports: memoryPorts(), keep: false })).read;

describe('a CloudEvent in binary mode', () => {
  it.each([undefined, 'event-grid'])('is the same event as in structured mode (source: %s)', async (source) => {
    const whole = await read(EVENT, { 'content-type': 'application/cloudevents+json' }, source);

    expect(whole).toHaveLength(1);
    expect(await read(UPGRADE, HEADERS, source)).toStrictEqual(whole);
    expect(await read({ ...EVENT, data: undefined, data_base64: base64(UPGRADE) }, {}, source)).toStrictEqual(whole);
  });

  it('is not what has the headers in structured mode as well', async () => {
    const type = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

    expect(await read(EVENT, { ...HEADERS, ...type })).toStrictEqual(await read(EVENT, type));
  });

  it('is no event of one’s own', async () => {
    expect(await read({ kind: 'custom', title: 'x' }, HEADERS)).toMatchObject([{ source: 'custom' }]);
  });

  it('is read where a header is no percent-encoding', async () => {
    expect(await read(UPGRADE, { ...HEADERS, 'ce-source': '100%' })).toHaveLength(1);
  });
});

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a post of one’s own that is sent again', () => {
  const id = async (body: unknown, headers: Record<string, string> = {}) => {
    const events = await read(body, headers, 'custom');
    return Array.isArray(events) ? events[0]?.id : undefined;
  };
  const BODY = { title: 'Disk full', occurredAt: '2026-11-20T14:05:00Z' };

  it('is the same event where it has the same webhook-id, and the same body', async () => {
    const first = await id({ title: 'x' }, { 'webhook-id': 'msg_1' });

    expect(await id({ title: 'x' }, { 'webhook-id': 'msg_1' })).toBe(first);
    expect(await id({ title: 'x' }, { 'webhook-id': 'msg_2' })).not.toBe(first);
    expect(await id({ title: 'y' }, { 'webhook-id': 'msg_1' })).not.toBe(first);
  });

  it('keeps an id of its own', async () => {
    expect(await id({ ...BODY, id: 'own' }, { 'webhook-id': 'msg_1' })).toBe('own');
  });
});
