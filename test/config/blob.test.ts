import { randomUUID } from 'node:crypto';
import { ContainerClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, inject, it, vi } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { reloading } from '../../src/config/reload.ts';
import { azureText } from '../../src/outbound/storage/text.ts';
import type { Problem } from '../../src/problems/errors.ts';
import { requestOf } from '../support/relay.ts';
import { listen } from '../support/server.ts';

const file = (name: string, more = '') =>
  `receivers: { ${name}: { type: slack, url: https://hooks.slack.com/services/T/B/x } }\n${more}`;

async function blobHere() {
  const connectionString = inject('storage');
  const container = `config-${randomUUID()}`;
  const client = new ContainerClient(connectionString, container);
  await client.create();
  const blob = client.getBlockBlobClient('relay.yaml');
  const place = { container, name: 'relay.yaml', setting: 'RELAY_CONFIG_BLOB' };
  return {
    place,
    read: azureText({ connectionString }, place),
    upload: (text: string) => blob.upload(text, Buffer.byteLength(text)),
    remove: () => blob.delete(),
  };
}

describe('a text in Azure Storage', () => {
  it('is read with its etag, and is unchanged until it is written again', async () => {
    const { read, upload } = await blobHere();
    await upload('receivers: {} # 한글');

    const first = await read();
    if (first === 'unchanged') throw new Error('nothing was read before');
    expect(first).toMatchObject({ text: 'receivers: {} # 한글' });
    expect(Date.parse(first.changedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(await read(first.etag)).toBe('unchanged');

    await upload('receivers: {} # 2');
    expect(await read(first.etag)).toMatchObject({ text: 'receivers: {} # 2' });
  });

  it('that is not there is a problem of the setting that names it', async () => {
    const { read } = await blobHere();

    await expect(read()).rejects.toMatchObject({
      problems: [{ path: 'RELAY_CONFIG_BLOB', message: 'the blob that it names is not there' }],
    });
  });

  it('that is too large is refused', async () => {
    const { read, upload } = await blobHere();
    await upload('#'.repeat(1024 * 1024 + 1));

    await expect(read()).rejects.toMatchObject({
      problems: [
        {
          path: 'RELAY_CONFIG_BLOB',
          message: expect.stringContaining('larger than 1 MiB, the most that a configuration'),
        },
      ],
    });
  });

  it('in storage that does not answer is a storage fault', async () => {
    const connectionString = inject('storage').replace(/BlobEndpoint=[^;]+/, 'BlobEndpoint=http://127.0.0.1:1/x');
    const read = azureText({ connectionString }, { container: 'config', name: 'relay.yaml', setting: 'X' });

    await expect(read()).rejects.toMatchObject({ code: 'storage', retryable: true });
  });

  it('behind something else that answers is said to be none of storage, and not to say nothing', async () => {
    await using page = await listen({ status: 200, body: '<title>Sign in</title>' });
    const connectionString = inject('storage').replace(/BlobEndpoint=[^;]+/, `BlobEndpoint=${page.url}/x`);
    const read = azureText({ connectionString }, { container: 'config', name: 'relay.yaml', setting: 'X' });

    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining('what answered is not Azure Storage'),
    });
  });
});

describe('a configuration in a blob', () => {
  it('is in force after a change, and the last good one after a bad change', async () => {
    const { read, upload } = await blobHere();
    const told: (readonly Problem[])[] = [];
    let now = 0;
    const current = reloading({
      read,
      make: (text) => readConfig({}, text),
      onProblem: (problems) => told.push(problems),
      now: () => now,
    });
    const names = async () => {
      now += 30_000;
      return (await current()).receivers.map(({ name }) => name);
    };

    await upload(file('first'));
    expect(await names()).toStrictEqual(['first']);
    await upload(file('second'));
    expect(await names()).toStrictEqual(['second']);
    await upload(file('third', 'routes: [{ to: [thrid] }]'));
    expect(await names()).toStrictEqual(['second']);
    expect(await names()).toStrictEqual(['second']);
    expect(told).toStrictEqual([
      [
        {
          path: 'relay.yaml:2:17  routes.0.to.0',
          message: 'there is no receiver thrid; did you mean `third`?',
        },
      ],
    ]);
  });
});

describe('the relay of a process', () => {
  it('is made of the blob that the settings name, and anew after a change', async () => {
    const { place, upload } = await blobHere();
    const about = `${place.container}/${place.name}`;
    vi.stubEnv('AzureWebJobsStorage', inject('storage'));
    vi.stubEnv('RELAY_CONFIG_BLOB', about);
    vi.useFakeTimers({ toFake: ['Date'] });
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      // Another file of this worker may have made its relay already.
      vi.resetModules();
      const { relay } = await import('../../src/app/main.ts');
      const health = async () => {
        vi.setSystemTime(Date.now() + 30_000);
        return (await relay()).health(requestOf('', { method: 'GET', query: 'deep=1' }));
      };

      expect(await health()).toMatchObject({ status: 503 });
      await upload(file('first', 'notices: [first]'));
      expect(await health()).toMatchObject({ status: 200, jsonBody: { receivers: ['first'] } });
      await upload(file('second', 'notices: [secnod]'));
      expect(await health()).toMatchObject({ status: 200, jsonBody: { receivers: ['first'] } });
      const problem = `${about}:2:11  notices.0: there is no receiver secnod; did you mean \`second\`?`;
      expect(logged.mock.calls).toStrictEqual([[`configuration ${problem}`]]);
      await vi.waitFor(async () => expect(await noticesOf(about)).toMatchObject([{ receivers: ['first'] }]), 120_000);
    } finally {
      logged.mockRestore();
      vi.useRealTimers();
      vi.unstubAllEnvs();
    }
  });
});

/** The notices on their way that are about a blob. */
async function noticesOf(about: string): Promise<readonly { readonly event: { readonly about?: string } }[]> {
  const client = new QueueClient(inject('storage'), 'deliveries');
  const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems
    .map(({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString('utf8')))
    .filter(({ event }) => event?.topic === 'configuration' && event.about === about);
}
