import { describe, expect, it } from 'vitest';
import { formatWebhook } from '../../src/destinations/webhook/payload.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { receive } from '../../src/relay/receive.ts';
import type { Read } from '../../src/sources/source.ts';
import { examples } from '../support/examples.ts';
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

describe('a CloudEvent with an event of one’s own', () => {
  const OWN = { kind: 'custom', title: 'Disk full' };
  const CLOUD = { 'content-type': 'application/cloudevents+json' };
  const whole = {
    specversion: '1.0',
    id: '1',
    source: '/jobs',
    type: 'com.example.disk',
    time: '2026-11-20T14:05:00Z',
  };
  const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/jobs', 'ce-type': 'com.example.disk' };

  it.each([undefined, 'custom'])('is that event, told once however it is sent (source: %s)', async (source) => {
    const [event] = events(await read({ ...whole, data: OWN }, CLOUD, source));
    const bytes = await read({ ...whole, data_base64: base64(OWN) }, CLOUD, source);
    const batch = await read(
      [{ ...whole, data: OWN }],
      { 'content-type': 'application/cloudevents-batch+json' },
      source,
    );
    const headers = await read(OWN, { ...binary, 'ce-time': whole.time }, source);

    expect(event).toMatchObject({ source: 'custom', title: 'Disk full', occurredAt: '2026-11-20T14:05:00.000Z' });
    for (const each of [bytes, batch, headers]) expect(each).toStrictEqual([event]);
  });

  it.each(['event-grid', 'custom'])('may be none of a batch (source: %s)', async (source) => {
    expect(await read([], { 'content-type': 'application/cloudevents-batch+json' }, source)).toStrictEqual([]);
  });

  it('is what another relay posts; what that says of itself stays there', async () => {
    for (const event of Object.values(examples)) {
      const posted = formatWebhook(event, { locale: 'en', timeZone: 'UTC' } as never);
      const isTold = ['custom', 'scale', 'deployment', 'artifact', 'alert'].includes(event.kind);
      const told = events(await read(posted, CLOUD));

      expect(told.map(({ kind }) => kind)).toStrictEqual(isTold ? [event.kind] : []);
    }
  });

  it('is needed where nobody knows the type, unless it is Event Grid that sends it or the configuration wants it', async () => {
    const foreign = { ...whole, data: { message: 'x' } };

    await expect(read(foreign, CLOUD)).rejects.toThrow(/nobody here knows CloudEvents of this type/);
    expect(await read(foreign, { ...CLOUD, 'aeg-event-type': 'Notification' })).toStrictEqual([]);
  });

  it('has its data once', async () => {
    await expect(read({ ...EVENT, data_base64: base64(UPGRADE) }, CLOUD)).rejects.toThrow(
      /either `data` or `data_base64`/,
    );
  });
});

const events = (given: Read): readonly RelayEvent[] => ('reply' in given ? [] : given);

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
