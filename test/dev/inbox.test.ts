import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../dev/host/inbox.ts';
import { doubles } from '../../dev/host/inbox-message.ts';
import { messages } from '../../src/destinations/messages.ts';
import { type DestinationName, destinations } from '../../src/destinations/registry.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { listenOwn } from '../support/own-port.ts';

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'relay-inbox-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const names = Object.keys(doubles) as (keyof typeof doubles)[];

const delivery = (event: RelayEvent) => ({ version: 1, event, receivers: ['inbox-slack'], attempt: 0 });

const KEY = '0123456789abcdef0123456789abcdef';

const TYPE: Partial<Record<DestinationName, string>> = { webhook: 'application/cloudevents+json' };

function post(inbox: Inbox, name: keyof typeof doubles, event: RelayEvent): void {
  const payload: unknown = messages[name].format(event, { say: locales.en, timeZone: 'UTC' });
  const sent = name === 'pagerduty' ? { routing_key: KEY, ...(payload as object) } : payload;
  inbox.take(name, { contentType: TYPE[name] ?? 'application/json', body: JSON.stringify(sent) });
}

describe('the inbox', () => {
  it('has a double for every destination there is', () => {
    expect(names.sort()).toStrictEqual(Object.keys(destinations).sort());
  });

  it.each(names)('keeps the event of a delivery beside its %s message, and over a restart', async (name) => {
    await using data = await folder();
    const inbox = new Inbox(data.path, { locale: 'ko', timeZone: 'Asia/Seoul' });
    inbox.remember(delivery(examples.drift));

    post(inbox, name, examples.drift);

    const kept = {
      about: examples.drift,
      locale: 'ko',
      timeZone: 'Asia/Seoul',
      size: { measured: expect.any(Number) },
    };
    expect(inbox.messages).toMatchObject([{ ...kept, status: expect.toSatisfy((status) => status < 300) }]);
    expect(new Inbox(data.path).messages).toStrictEqual(inbox.messages);
  });

  it('keeps and shows no key of PagerDuty', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);

    post(inbox, 'pagerduty', examples.alert);

    expect(inbox.messages).toMatchObject([{ status: 202 }]);
    expect(JSON.stringify(inbox.messages) + (await readFile(join(data.path, 'inbox.jsonl'), 'utf8'))).not.toContain(
      KEY,
    );
  });

  it('keeps a message without its event where it has not seen that', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);
    inbox.remember({ version: 1, nonsense: true });
    inbox.remember('no delivery');

    post(inbox, 'slack', examples.scale);

    expect(inbox.messages[0]).not.toHaveProperty('about');
  });

  it('remembers the newest 200 events', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);
    const events = Array.from({ length: 201 }, (_, index) => ({
      ...examples.scale,
      id: identity('inbox', `${index}`),
    }));
    for (const event of events) inbox.remember(delivery(event));

    for (const event of [events[0], events[1], events[200]]) post(inbox, 'teams', event ?? examples.scale);

    expect(inbox.messages.map(({ about }) => about?.id)).toStrictEqual([events[200]?.id, events[1]?.id, undefined]);
  });

  it('lets go an event that this version cannot read, and keeps its message', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);
    inbox.remember(delivery(examples.scale));
    post(inbox, 'slack', examples.scale);
    const file = join(data.path, 'inbox.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"kind":"scale"', '"kind":"from-tomorrow"'));

    const [message] = new Inbox(data.path).messages;

    expect(message).toMatchObject({ id: 1, destination: 'slack' });
    expect(message?.about).toBeUndefined();
  });

  it('measures only what is a message of its chat', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);

    for (const body of ['not JSON', '{}', '{"attachments":[]}', 'null']) {
      for (const name of names) inbox.take(name, { contentType: 'application/json', body });
    }

    expect(inbox.messages).toHaveLength(4 * names.length);
    expect(inbox.messages.filter(({ destination }) => destination === 'teams').map(({ size }) => size)).toStrictEqual(
      Array(4).fill(undefined),
    );
  });
});

describe('a page that does not read its stream', () => {
  it('is let go once a mebibyte waits for it, and holds up nobody else', async () => {
    await using data = await folder();
    const inbox = new Inbox(data.path);
    const opened = Promise.withResolvers<void>();
    let open = 0;
    const server = createServer((_request, response) => {
      inbox.stream(response);
      open += 1;
      response.on('close', () => (open -= 1));
      if (open === 2) opened.resolve();
    });
    const port = await listenOwn(server);
    const frozen = connect(port, '127.0.0.1').on('error', () => undefined);
    frozen.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
    const reading = connect(port, '127.0.0.1').resume();
    reading.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
    await opened.promise;

    const body = JSON.stringify({ text: 'x'.repeat(300_000) });
    for (let count = 0; open === 2 && count < 200; count += 1) {
      inbox.take('slack', { contentType: 'application/json', body });
      await new Promise(setImmediate);
    }

    expect(open).toBe(1);
    expect(reading.closed).toBe(false);
    for (const each of [frozen, reading]) each.destroy();
    await new Promise((done) => server.close(done));
  });
});
