import { describe, expect, it } from 'vitest';
import { inboxOf, postJson } from '../support/local-run.ts';
import { served } from './served.ts';

/** Reads the stream of the inbox until what came has all of the words. */
async function readUntil(response: Response, ...words: string[]): Promise<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (words.every((word) => text.includes(word))) return text;
  }
  throw new Error(`the stream ended before it said ${words.join(' and ')}:\n${text}`);
}

describe('the inbox', () => {
  it('tells open pages of every message, and when it is cleared', async () => {
    await using server = await served();
    const signal = AbortSignal.timeout(60_000);
    const [one, two] = await Promise.all([1, 2].map(() => fetch(`${server.url}/inbox/stream`, { signal })));
    expect(one?.headers.get('content-type')).toBe('text/event-stream');

    await postJson(`${server.url}/inbox/slack`, { text: 'Scaled out.' });
    await fetch(`${server.url}/inbox/messages`, { method: 'DELETE' });

    for (const stream of [one, two]) {
      const text = await readUntil(stream ?? new Response(), 'event: cleared\n');
      expect(text).toMatch(/^event: message\ndata: \{"id":1,.*"payload":\{"text":"Scaled out\."\}\}\n\n/m);
    }
  });

  it('answers as the chat does, and keeps what it refused with the reason', async () => {
    await using server = await served();

    const response = await postJson(`${server.url}/inbox/slack`, { text: '' });

    expect([response.status, await response.text()]).toStrictEqual([400, 'no_text']);
    expect((await inboxOf(server.url)).messages).toMatchObject([
      { id: 1, destination: 'slack', status: 400, answer: 'no_text', payload: { text: '' } },
    ]);
  });

  it('survives a restart, newest first, and counts on', async () => {
    await using server = await served();
    for (const text of ['first', 'second']) await postJson(`${server.url}/inbox/slack`, { text });

    await server.restart();
    await postJson(`${server.url}/inbox/slack`, { text: 'third' });

    const { messages } = await inboxOf(server.url);
    expect(messages.map(({ id, payload }) => [id, payload])).toStrictEqual([
      [3, { text: 'third' }],
      [2, { text: 'second' }],
      [1, { text: 'first' }],
    ]);
  });

  it('is empty after it was cleared, and stays so after a restart', async () => {
    await using server = await served();
    await postJson(`${server.url}/inbox/slack`, { text: 'gone' });

    const response = await fetch(`${server.url}/inbox/messages`, { method: 'DELETE' });

    expect(response.status).toBe(204);
    expect((await inboxOf(server.url)).messages).toStrictEqual([]);
    await server.restart();
    expect((await inboxOf(server.url)).messages).toStrictEqual([]);
  });

  it('keeps the newest 200 messages, after a restart as well', async () => {
    await using server = await served();
    for (let number = 1; number <= 205; number += 1) await postJson(`${server.url}/inbox/slack`, { text: `${number}` });

    const before = (await inboxOf(server.url)).messages;
    await server.restart();

    expect(before.map(({ id }) => id)).toStrictEqual(Array.from({ length: 200 }, (_, index) => 205 - index));
    expect((await inboxOf(server.url)).messages).toStrictEqual(before);
  });
});
