import { expect, it } from 'vitest';
import { dataFolder, postJson, startRun } from '../support/local-run.ts';
import { listen } from '../support/server.ts';
import { scaleOut } from './autoscale.ts';

it('keeps what is for this machine from a proxy of the environment', async () => {
  await using proxy = await listen({ status: 502 });
  await using slack = await listen({ status: 200, body: 'ok' });
  await using folder = await dataFolder();
  await using run = startRun(folder, {
    ...{ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' },
    RELAY_CONFIG: await folder.write('relay.yaml', `receivers: { ops: { type: slack, url: "${slack.url}/x" } }`),
  });
  const url = await run.ready();

  expect((await postJson(`${url}/api/webhooks`, scaleOut('shop-web'))).status).toBe(202);
  await expect.poll(() => slack.received.length, { timeout: 60_000 }).toBe(1);
  expect(proxy.received).toStrictEqual([]);
});
