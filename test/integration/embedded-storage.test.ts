import { expect, it } from 'vitest';
import { openEmbeddedStorage } from '../../dev/host/embedded-storage.ts';
import { freePort } from '../../dev/host/free-port.ts';
import { dataFolder } from '../support/local-run.ts';
import { listen } from '../support/server.ts';

it('the embedded storage starts on other ports where somebody has taken one of its own', async () => {
  await using other = await listen({ status: 200, body: 'somebody else' });
  await using folder = await dataFolder();
  const taken = Number(new URL(other.url).port);
  const chosen = [0, taken, 0];

  const storage = await openEmbeddedStorage(
    folder.path,
    'http://127.0.0.1:1',
    async () => chosen.pop() || ((await freePort()) ?? 0),
  );

  expect(storage.connectionString).not.toContain(`:${taken}/`);
  expect(storage.connectionString).toMatch(/QueueEndpoint=http:\/\/127\.0\.0\.1:\d+\/relay/);
  await storage.stop();
});
