import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../dev/host/inbox.ts';
import { slackAppLiving as living } from '../../src/destinations/slack-app/living.ts';
import { shortId } from '../../src/event/identity.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { examples } from '../support/examples.ts';
import { slackPayload } from '../support/payloads.ts';
import { listen } from '../support/server.ts';

const { alert } = examples;
const resolved = { ...alert, id: 'its-end', state: 'resolved' } as const;
const mark = { conversation: 'c'.repeat(32), event: 'abcdef' };

/** The real client, in front of an inbox. */
async function inboxAt() {
  const path = await mkdtemp(join(tmpdir(), 'relay-living-'));
  let inbox = new Inbox(path);
  const server = await listen(({ path: at, headers, body }) =>
    inbox.take('slack-app', { contentType: headers['content-type'], headers, body, path: at }, 'ops'),
  );
  const room = { channel: 'C0123456789', stories: 'both', broadcast: false } as const;
  const to = { url: `${server.url}/inbox/slack-app/api/`, secrets: ['xoxb-very-hidden'], room };
  const send = async (payload: unknown) => {
    const answer = await transportsWithin('local')['slack-web-api'](to, payload, 'event-1');
    return answer.kind === 'answered' ? answer.body : '';
  };
  return {
    inbox: () => inbox,
    send,
    placed: async (payload: unknown) => living.placeIn(await send(payload)) ?? { channel: '', id: '' },
    restart: () => {
      inbox = new Inbox(path);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(path, { recursive: true, force: true });
    },
  };
}

describe('a story in the inbox', () => {
  it('is one message, as it is now, with what was said below it; a restart forgets none of it', async () => {
    await using there = await inboxAt();
    there.inbox().remember({ event: resolved });
    const root = await there.placed(living.begin(slackPayload(alert), mark));
    await there.send(living.reply(slackPayload(resolved), { ...mark, event: '012345' }, root, true));
    there.restart();
    there.inbox().remember({ event: resolved });

    await there.send(living.update(slackPayload(resolved), mark, root));

    const shown = {
      ...{ destination: 'slack-app', event: shortId(alert.id), receiver: 'ops', place: root, edits: 1, status: 200 },
      payload: { blocks: slackPayload(resolved).blocks },
      about: resolved,
      replies: [{ loud: true, event: shortId(resolved.id), payload: { blocks: slackPayload(resolved).blocks } }],
    };
    expect(there.inbox().messages).toMatchObject([shown]);
    there.restart();
    expect(there.inbox().messages).toMatchObject([shown]);
    expect(JSON.stringify(there.inbox().messages)).not.toContain('hidden');
  });

  it('is gone for its chat too once the inbox was cleared', async () => {
    await using there = await inboxAt();
    const root = await there.placed(living.begin(slackPayload(alert), mark));
    there.inbox().clear();

    expect(await there.send(living.update(slackPayload(resolved), mark, root))).toContain('message_not_found');
    expect(there.inbox().messages).toMatchObject([{ reason: expect.stringContaining('message_not_found') }]);
  });

  it('is not disturbed by a question', async () => {
    await using there = await inboxAt();
    const root = await there.placed(living.begin(slackPayload(alert), mark));

    const found = living.foundIn?.(await there.send(living.find?.('2026-01-01T00:00:00Z')), mark);

    expect(found).toStrictEqual(root);
    expect(there.inbox().messages).toHaveLength(1);
  });
});
