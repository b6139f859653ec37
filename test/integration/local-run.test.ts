import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataFolder, dataFolder, inboxOf, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { acceptedIds, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';
import { rawRequest } from './raw-request.ts';

let folder: DataFolder;
let run: LocalRun;
let url: string;
beforeAll(async () => {
  folder = await dataFolder();
  run = startRun(folder, { DRIFT_SHEDULE: '0 0 6 * * *' });
  url = await run.ready();
});
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const webhooks = (): string => `${url}/api/webhooks`;

/** What the two chats of the inbox got of the event. */
async function messagesOf(id: string) {
  const { messages } = await inboxOf(url);
  return messages.filter(({ event }) => id.startsWith(event));
}

const inBothChats = (id: string) =>
  eventually(async () => {
    const messages = await messagesOf(id);
    expect(messages.map(({ destination }) => destination).sort()).toStrictEqual(['slack', 'teams']);
    return messages;
  });

describe('the local run with nothing configured', () => {
  it('prints one line that begins with ready and names its URL', () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(run.output.match(/^ready.*$/gm)).toStrictEqual([expect.stringContaining('inbox-slack, inbox-teams')]);
    expect(run.output).toContain('configuration: none, the built-in inbox');
  });

  it('names a variable that is no setting, and the one that was meant', async () => {
    const said = 'warning: The environment variable DRIFT_SHEDULE is not a setting; did you mean DRIFT_SCHEDULE?';
    await eventually(() => expect(run.output).toContain(said));
    expect(run.output).not.toContain('0 0 6');
  });

  it('accepts an autoscale webhook and shows it in both chats', async () => {
    const response = await postJson(webhooks(), scaleOut());

    expect(response.status).toBe(202);
    const body = (await response.json()) as { accepted: { id: string }[] };
    expect(body).toStrictEqual({
      accepted: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          source: 'azure-autoscale',
          kind: 'scale',
          receivers: ['inbox-slack', 'inbox-teams'],
        },
      ],
    });
    const messages = await inBothChats(body.accepted[0]?.id ?? '');
    expect(messages.find(({ destination }) => destination === 'slack')).toMatchObject({ status: 200, answer: 'ok' });
    expect(messages.find(({ destination }) => destination === 'teams')).toMatchObject({ status: 202 });
    expect(await inboxOf(url)).toMatchObject({ builtIn: true, receivers: ['inbox-slack', 'inbox-teams'] });
  });

  it('takes the source in the path, a slash at the end and any case', async () => {
    const body = scaleOut();

    for (const path of ['azure-autoscale', 'azure-autoscale/', '']) {
      expect((await postJson(`${url}/API/Webhooks/${path}`, body)).status).toBe(202);
    }
  });

  it('previews both messages, and stores and sends nothing', async () => {
    const preview = await postJson(`${url}/api/preview`, scaleOut());
    expect(preview.status).toBe(200);
    const { events, messages } = (await preview.json()) as { events: { id: string }[]; messages: unknown[] };
    expect(messages).toMatchObject([{ receiver: 'inbox-slack' }, { receiver: 'inbox-teams' }]);

    // What was stored before is sent before: once this one is there, the preview would be as well.
    const [later = ''] = await acceptedIds(await postJson(webhooks(), scaleOut()));
    await inBothChats(later);
    expect(await messagesOf(events[0]?.id ?? '')).toStrictEqual([]);
  });

  it('sends one message to each chat when the same webhook comes twenty times at once', async () => {
    const body = scaleOut();

    const responses = await Promise.all(Array.from({ length: 20 }, () => postJson(webhooks(), body)));

    expect(responses.map(({ status }) => status)).toStrictEqual(Array(20).fill(202));
    const [id = '', ...others] = new Set((await Promise.all(responses.map(acceptedIds))).flat());
    expect(others).toStrictEqual([]);
    const dealtWith = new RegExp(`(sent|duplicate|postponed) +inbox-slack +event ${id.slice(0, 8)}`, 'g');
    await eventually(() => expect(run.output.match(dealtWith)?.length).toBeGreaterThanOrEqual(20));
    await inBothChats(id);
  });

  it.each([
    ['GET', '/nowhere'],
    ['PUT', '/api/webhooks'],
    ['POST', '/api/webhooks/azure-autoscale/more'],
    ['GET', '/page/../../package.json'],
    ['GET', '/page/%2e%2e/start.ts'],
    ['DELETE', '/inbox/slack'],
  ])('answers %s %s with a problem of status 404', async (method, path) => {
    const answer = await rawRequest(url, method, path);

    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toMatch(/^content-type: application\/problem\+json\r$/im);
    expect(answer).toContain('"status":404');
  });

  it('answers HEAD without a body', async () => {
    const answer = await rawRequest(url, 'HEAD', '/api/webhooks');

    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });

  it.each([
    ['no JSON', 400, '{"operation":'],
    ['nothing', 400, ''],
    ['JSON that nobody knows', 422, '{"hello":"world"}'],
    ['an autoscale body without a capacity', 422, '{"operation":"Scale Out","context":{}}'],
  ])('answers %s with a problem of status %i', async (_what, status, body) => {
    const response = await fetch(webhooks(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status });
  });

  it('tells of its health, and of its storage when asked', async () => {
    for (const query of ['', '?deep=1']) {
      const response = await fetch(`${url}/api/health${query}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok' });
    }
  });
});
