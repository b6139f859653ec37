import { describe, expect, it } from 'vitest';
import { timerTrigger } from '../../dev/host/timer-trigger.ts';
import { messages } from '../../src/destinations/messages.ts';
import { eventKinds } from '../../src/event/event.ts';
import { shortId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { served } from '../integration/served.ts';
import { examples } from '../support/examples.ts';
import { inboxOf, postJson } from '../support/local-run.ts';

describe('the web server of the inbox', () => {
  it('names every kind and language there is', async () => {
    await using server = await served();

    const choices = await (await fetch(`${server.url}/inbox/choices`)).json();

    expect(choices).toStrictEqual({ kinds: eventKinds, locales: Object.keys(locales) });
  });

  it('answers 404 for a message whose event it has not seen, and for any other path', async () => {
    await using server = await served();
    const payload = messages.slack.format(examples.scale, { say: locales.en, timeZone: 'UTC' });
    await postJson(`${server.url}/inbox/slack`, payload);

    for (const path of ['1/as?locale=ko', '2/as?locale=ko', 'x/as', '1', '1/as/more', '99999999999999999999/as']) {
      expect((await fetch(`${server.url}/inbox/messages/${path}`)).status, path).toBe(404);
    }
    expect((await postJson(`${server.url}/inbox/constructor`, payload)).status).toBe(404);
  });

  it('takes what its address names behind the double for the receiver', async () => {
    await using server = await served();
    const payload = messages.slack.format(examples.scale, { say: locales.en, timeZone: 'UTC' });

    expect((await postJson(`${server.url}/inbox/slack/prod-slack`, payload)).status).toBe(200);
    expect((await postJson(`${server.url}/inbox/slack`, payload)).status).toBe(200);
    for (const path of ['nobody/prod-slack', 'slack/prod/slack', 'slack/prod%20slack', `slack/${'x'.repeat(64)}`]) {
      expect((await postJson(`${server.url}/inbox/${path}`, payload)).status, path).toBe(404);
    }

    const [plain, named] = (await inboxOf(server.url)).messages;
    expect(named).toMatchObject({ destination: 'slack', receiver: 'prod-slack', status: 200 });
    expect(plain).not.toHaveProperty('receiver');
  });

  it.each([
    ['/api/webhook', '; did you mean /api/webhooks?'],
    ['/webhooks', '; did you mean /api/webhooks?'],
    ['/api/helth', '; did you mean /api/health?'],
    ['/api/dead-leters', '; did you mean /api/dead-letters?'],
    ['/hook', ''],
  ])('names the path that was probably meant by %s, to the caller and in the log', async (path, meant) => {
    await using server = await served();

    const response = await postJson(server.url + path, { title: 'x' });

    expect(response.status).toBe(404);
    const detail = `there is nothing at ${path}${meant}; webhooks go to POST /api/webhooks, and the inbox is at /`;
    expect(await response.json()).toMatchObject({ detail });
    expect(server.lines).toStrictEqual([`POST ${path} 404 ${detail}`]);
  });

  it.each([
    ['PUT', '/api/webhooks', 'POST, OPTIONS, GET'],
    ['DELETE', '/api/webhooks/github', 'POST, OPTIONS, GET'],
    ['GET', '/api/replay', 'POST'],
  ])('says of %s %s which methods the address takes', async (method, path, methods) => {
    await using server = await served();

    const response = await fetch(server.url + path, { method });

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ detail: `${path} takes no ${method}, only ${methods}` });
  });

  it('says so of a timer, which POST fires', () => {
    const fire = timerTrigger({ drift: { handler: async () => undefined } }, () => undefined);

    expect(fire('GET', '/admin/functions/drift')).toMatchObject({
      status: 404,
      jsonBody: { detail: '/admin/functions/drift takes no GET, only POST' },
    });
    expect(fire('POST', '/admin/functions/drift')?.status).toBe(202);
    expect(fire('GET', '/admin/functions/nothing')).toBeUndefined();
  });

  it('takes what a subscriber would', async () => {
    await using server = await served();
    const payload = messages.webhook.format(examples.alert, { say: locales.en, timeZone: 'UTC' });

    const response = await fetch(`${server.url}/inbox/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(payload),
    });

    expect(response.status).toBe(204);
    expect((await inboxOf(server.url)).messages).toMatchObject([
      { destination: 'webhook', event: shortId(examples.alert.id), payload: { id: examples.alert.id } },
    ]);
  });
});
