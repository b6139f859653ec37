import { expect, it } from 'vitest';
import { freePort } from '../../dev/host/free-port.ts';
import { doubtedStorage } from '../support/doubted-storage.ts';
import { dataFolder, inboxOf, postJson, startRun } from '../support/local-run.ts';
import { acceptedIds, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

it('a configuration file is rehearsed in the inbox: languages, a fallback and a dead letter', async () => {
  const port = (await freePort()) ?? 0;
  const at = (name: string) => `http://127.0.0.1:${port}/inbox/${name}`;
  const receivers = {
    'ops-slack': { type: 'slack', url: at('slack'), locale: 'ko', timeZone: 'Asia/Seoul' },
    'ops-teams': { type: 'teams', url: at('teams') },
    gone: { type: 'slack', url: at('nobody'), fallback: 'ops-teams' },
  };
  const routes = [{ to: ['ops-slack', 'gone'] }];
  await using folder = await dataFolder();
  const file = await folder.write('relay.yaml', JSON.stringify({ receivers, routes }));
  await using run = startRun(folder, {
    AzureWebJobsStorage: await doubtedStorage('gone'),
    PORT: `${port}`,
    RELAY_CONFIG: file,
  });
  const url = await run.ready();
  expect(run.output).toContain(`configuration: ${file} `);

  const [id = ''] = await acceptedIds(await postJson(`${url}/api/webhooks`, scaleOut()));

  const about = async () => (await inboxOf(url)).messages.filter((message) => message.about?.id === id);
  await eventually(async () => expect(await about()).toHaveLength(2));
  expect((await about()).map(({ destination }) => destination).toSorted()).toStrictEqual(['slack', 'teams']);
  const slack = (await about()).find(({ destination }) => destination === 'slack');
  expect(slack).toMatchObject({ locale: 'ko', timeZone: 'Asia/Seoul', status: 200 });
  expect(JSON.stringify(slack?.payload)).toContain('스케일 아웃');
  // Another zone alone leaves the language as it was sent.
  const again = await (await fetch(`${url}/inbox/messages/${slack?.id}/as?timeZone=UTC`)).json();
  expect(again).toMatchObject({ locale: 'ko', timeZone: 'UTC' });
  expect(await inboxOf(url)).toMatchObject({ builtIn: false, elsewhere: [] });
  const answer = await fetch(`${url}/api/dead-letters`);
  expect(JSON.stringify(await answer.json())).toContain('status-404');
  expect(run.output).toMatch(new RegExp(`dead +gone +event ${id.slice(0, 8)} +status-404`));
});
