import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allSources } from '../support/normalize.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';

const FOLDER = fileURLToPath(new URL('../../docs/senders', import.meta.url));
const pages = readdirSync(FOLDER).filter((file) => file !== 'README.md' && file !== 'mapping.md');

/** The curl of a page: where it posts, with which headers, and what. */
function callIn(page: string) {
  const text = readFileSync(`${FOLDER}/${page}`, 'utf8');
  const [, curl = ''] = /```sh\n(curl [^`]*127\.0\.0\.1:7071[^`]*)```/.exec(text) ?? [];
  const [, path = ''] = /\/api\/webhooks\/?([\w-]*)/.exec(curl) ?? [];
  const headers = [...curl.matchAll(/-H '([\w-]+): ([^']*)'/g)].map(([, name = '', value = '']) => [name, value]);
  const [, body = ''] = / -d '([^']*)'/.exec(curl) ?? [];
  return { path: path || undefined, headers: Object.fromEntries(headers) as Record<string, string>, body };
}

it('has a page for every sender, and for nobody else', () => {
  expect(pages.map((page) => page.replace('.md', '')).sort()).toStrictEqual(allSources.map(({ name }) => name).sort());
});

describe.each(pages)('the curl of %s', (page) => {
  it('is accepted and gives an event of this sender', async () => {
    const { path, headers, body } = callIn(page);
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

    const answer = await answerTo(relay, post(body, path, headers));

    expect(answer).toMatchObject({ status: 202, jsonBody: { accepted: [{ source: page.replace('.md', '') }] } });
  });

  it('lists every extra that the sender has', () => {
    const { extras = {} } = allSources.find(({ name }) => name === page.replace('.md', '')) ?? {};
    const text = readFileSync(`${FOLDER}/${page}`, 'utf8');

    const isListed = (extra: string) => new RegExp(`[\`[ ]${extra}[\`\\],]`).test(text);

    expect(Object.keys(extras).filter((extra) => !isListed(extra))).toStrictEqual([]);
  });
});
