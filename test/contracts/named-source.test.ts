import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PayloadError } from '../../src/problems/errors.ts';
import { receive } from '../../src/relay/receive.ts';
import { sources } from '../../src/sources/registry.ts';
import { type Fixture, fixturesOf, wire } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, relayWith } from '../support/relay.ts';
import { part } from '../support/sweep.ts';

/** Whose bodies another source can make events of, when it is named. Everything else is refused. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  // Grafana writes Alertmanager's body, with keys of its own beside.
  alertmanager: ['grafana'],
  grafana: ['alertmanager'],
  // It takes any body that has a title.
  custom: ['grafana'],
};

const names = sources.map(({ name }) => name);
const shapeless = [{}, { hello: 'world' }, [], [{}], [[]], 7, 'text', null].map(
  (body): Pick<Fixture, 'name' | 'headers' | 'body'> => ({ name: JSON.stringify(body), headers: {}, body }),
);

interface Stranger extends Pick<Fixture, 'name' | 'headers' | 'body'> {
  readonly sender: string;
  /** Whether it has its headers. */
  readonly whole: boolean;
}

/** What others post, as it comes or without its headers; both, in a sweep. */
const strangersTo = (source: string): readonly Stranger[] =>
  names
    .filter((sender) => sender !== source)
    .flatMap((sender) => fixturesOf(sender).map((fixture) => ({ ...fixture, sender, whole: true })))
    .flatMap((each, at) => part([each, { ...each, headers: {}, whole: false }], at + names.indexOf(source), 2));

/** The events, the reply or the refusal of a body that is posted to the address of one source. */
async function posted({ body, headers }: Pick<Fixture, 'body' | 'headers'>, source: string, ports = memoryPorts()) {
  try {
    return await receive(post(JSON.stringify(body), source, headers), { settings: {}, ports, keep: true });
  } catch (error) {
    if (error instanceof PayloadError) return error;
    throw error;
  }
}

/** What became of a body, without what its sender got wrong in it. */
async function made(...given: Parameters<typeof posted>) {
  const result = await posted(...given);
  return result instanceof PayloadError ? result : result.read;
}

describe.each(names)('the address of %s', (source) => {
  it.each(shapeless.map((each) => [each.name, each] as const))('refuses %s and keeps it', async (_name, given) => {
    const ports = memoryPorts();

    const refusal = await posted(given, source, ports);

    expect(refusal).toBeInstanceOf(PayloadError);
    expect(refusal).toMatchObject({
      message: expect.stringMatching(new RegExp(`^${source} cannot read this body: .`)),
    });
    expect(ports.rejected.kept).toMatchObject([{ text: given.name, about: { source } }]);
  });

  it('refuses what other senders post, unless it makes events of it, and says whose it looks like and where that is read', async () => {
    const silent: string[] = [];
    const read = new Set<string>();
    for (const stranger of strangersTo(source)) {
      const result = await posted(stranger, source);
      if (result instanceof PayloadError) {
        const { sender } = stranger;
        const said = `it looks like ${sender}; post it to /api/webhooks/${sender}`;
        if (stranger.whole) expect(result.problems[0]?.message).toBe(said);
        continue;
      }
      const { read: made } = result;
      if ('reply' in made || made.length === 0) silent.push(`${stranger.sender}/${stranger.name}`);
      else read.add(stranger.sender);
    }

    expect(silent).toStrictEqual([]);
    expect([...read]).toStrictEqual(SHARED[source] ?? []);
  });

  it('reads what its own sender posts, noise too, and does so without its headers', async () => {
    const ports = memoryPorts();
    ports.time.now = Date.parse('2026-11-20T14:05:10.000Z');
    for (const fixture of fixturesOf(source)) {
      expect(wire(await made(fixture, source, ports))).toStrictEqual(fixture.expected);
      expect(wire(await made({ ...fixture, headers: {} }, source, ports))).toStrictEqual(fixture.expected);
    }
    expect(ports.rejected.kept).toStrictEqual([]);
  });

  it('refuses the same in a preview, and keeps nothing', async () => {
    const { relay, ports } = relayWith([]);

    expect((await relay.preview(post({ hello: 'world' }, source))).status).toBe(422);
    expect(ports.rejected.kept).toStrictEqual([]);
  });
});

describe('a header that says who sent it', () => {
  it.each([
    ['github', { 'x-github-event': 'push' }],
    ['gitlab', { 'x-gitlab-event': 'Push Hook' }],
    ['hcp-terraform', { 'x-tfe-notification-signature': 'a' }],
  ])('makes a body of %s noise where it is no event', async (source, headers) => {
    expect(await made({ body: { after: '4f1c9d2e' }, headers }, source)).toStrictEqual([]);
  });

  it('of another sender makes it that sender’s', async () => {
    const refusal = await posted({ body: {}, headers: { 'x-gitlab-event': 'Push Hook' } }, 'github');

    expect(refusal).toMatchObject({
      message: 'github cannot read this body: it looks like gitlab; post it to /api/webhooks/gitlab',
    });
  });
});

describe('a body for a named source', () => {
  // The hook sees what Node itself loads; a test runner loads by its own means.
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.includes('/src/sources/')) loaded.push(found.url.split('/src/sources/')[1]);
        return found;
      },
    });
    const { receive } = await import(process.env.RECEIVE);
    const body = JSON.parse(process.env.BODY);
    const request = {
      method: 'POST', headers: new Headers(), params: { source: process.env.SOURCE }, query: new URLSearchParams(),
      body: (async function* () { yield Buffer.from(JSON.stringify(body)); })(),
    };
    await receive(request, { settings: {}, ports: { clock: { now: Date.now } }, keep: false });
    console.log(JSON.stringify([...new Set(loaded)]));
  `;

  it.each([
    ['github', fixturesOf('github')[0]?.body],
    ['custom', { title: 'Nightly backup finished' }],
  ])('loads no other source than %s', (source, body) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          SOURCE: source,
          BODY: JSON.stringify(body),
          RECEIVE: new URL('../../src/relay/receive.ts', import.meta.url).href,
        },
      },
    );

    expect(stderr).toBe('');
    const loaded = JSON.parse(stdout) as readonly string[];
    expect(names.filter((name) => loaded.includes(`${name}/${name}.ts`))).toStrictEqual([source]);
  });
});
