import { expect, it } from 'vitest';
import { acceptedIds, scaleOut } from '../integration/autoscale.ts';
import { eventually } from '../integration/eventually.ts';
import { dataFolder, inboxOf, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';

it('a local run keeps the event of what it delivers, and tells it again in another language', async () => {
  await using folder = await dataFolder();
  await using run = startRun(folder, { AzureWebJobsStorage: await ownStorage() });
  const url = await run.ready();

  const [id] = await acceptedIds(await postJson(`${url}/api/webhooks`, scaleOut()));
  await eventually(async () => expect((await inboxOf(url)).messages).toHaveLength(2));

  const { messages } = await inboxOf(url);
  for (const message of messages) {
    expect(message).toMatchObject({ about: { id, kind: 'scale' }, locale: 'en', timeZone: 'UTC' });
    const again = await fetch(`${url}/inbox/messages/${message.id}/as?locale=en&timeZone=UTC`);
    expect(await again.json()).toMatchObject({ payload: message.payload, bytes: message.bytes, size: message.size });
    const korean = await fetch(`${url}/inbox/messages/${message.id}/as?locale=ko`);
    expect(JSON.stringify(await korean.json())).toContain('스케일');
  }
});
