import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { cli } from '../cli/support/cli.ts';
import { eventually } from '../integration/eventually.ts';
import { examples } from '../support/examples.ts';
import { inboxOf, postJson } from '../support/local-run.ts';
import { listen } from '../support/server.ts';
import { installed, packed } from './installed.ts';

const ROOT = 'node_modules/autoscale-relay';

let out: string;
let tarballs: readonly string[];
let place: Awaited<ReturnType<typeof installed>>;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'relay-packed-'));
  tarballs = await Promise.all(['one', 'other'].map((name) => packed(join(out, name))));
  place = await installed(tarballs[0] ?? '');
});

afterAll(async () => {
  await place?.[Symbol.asyncDispose]();
  await rm(out, { recursive: true, force: true });
});

/** The paths of the files of the installed package. */
async function files(): Promise<readonly string[]> {
  const root = join(place.folder, ROOT);
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)));
}

describe('the tarball', () => {
  it('has the same bytes when it is made again', async () => {
    const sums = await Promise.all(
      tarballs.map(async (path) =>
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ),
    );

    expect(new Set(sums).size).toBe(1);
    expect(tarballs[0]).toMatch(new RegExp(`/autoscale-relay-${manifest.version}\\.tgz$`));
  });

  it('is installed without a network, and brings nothing but what is in it', async () => {
    expect((await readdir(join(place.folder, 'node_modules'))).filter((name) => !name.startsWith('.'))).toStrictEqual([
      'autoscale-relay',
    ]);
  });

  it('holds what is needed, and no source, test, map or configuration', async () => {
    const all = await files();
    const bundled = (path: string) => path.startsWith('node_modules/zod/');
    const chunk = (path: string) => /^lib\/cli\/[\w.-]+\.js$/.test(path);

    expect(all.filter((path) => !bundled(path) && !chunk(path)).sort()).toStrictEqual([
      'LICENSE',
      'README.md',
      'THIRD-PARTY.txt',
      'event/event.d.ts',
      'event/event.js',
      'host.json',
      'lib/azurite.cjs',
      'lib/pages.json',
      'package.json',
      'relay.cdx.json',
      'relay.sample.yaml',
    ]);
    expect(all).toContain('lib/cli/autoscale-relay.js');
    expect(all.filter((path) => path.endsWith('.map'))).toStrictEqual([]);
  });

  it('says what it is, and has no scripts that an installation would run', async () => {
    const says = JSON.parse(await place.read(`${ROOT}/package.json`)) as Record<string, unknown>;

    expect(says).toMatchObject({
      name: manifest.name,
      version: manifest.version,
      license: 'MIT',
      engines: manifest.engines,
    });
    expect(says['dependencies']).toStrictEqual({ zod: manifest.dependencies.zod });
    for (const key of ['private', 'scripts', 'devDependencies', 'main']) expect(says).not.toHaveProperty(key);
  });

  it('names whose code is in it', async () => {
    const titles = await place.read(`${ROOT}/THIRD-PARTY.txt`);

    for (const name of ['zod', 'azurite', 'preact', 'adaptivecards', 'commander', '@azure/storage-queue']) {
      expect(titles).toMatch(new RegExp(`^${name} \\d.* \\(.+\\)$`, 'm'));
    }
  });

  // What is typed in a clone, of the one file that knows both.
  const TABLE = /\bclone:\{[^}]*\}/;

  it('names no command that only a clone has', async () => {
    const chunks = (await files()).filter((path) => path.startsWith('lib/cli/') || path === 'lib/pages.json');
    const texts = await Promise.all(chunks.map(async (path) => [path, await place.read(`${ROOT}/${path}`)] as const));
    const naming = texts.flatMap(([path, text]) =>
      [...text.replace(TABLE, '').matchAll(/\bnpm (?:run (?:relay|fake-azure)|start|ci)\b/g)].map(
        ({ index }) => `${path}: ${text.slice(Math.max(0, index - 60), index + 40)}`,
      ),
    );

    expect(naming).toStrictEqual([]);
  });
});

const commandsIn = (help: string): readonly string[] => {
  const [, list = ''] = /^Commands:\n([\s\S]*?)\n\n/m.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
};

describe('the command', () => {
  it('has every command of the command line, and what npm’s scripts are in a clone', async () => {
    const [here, there] = await Promise.all([
      place.runs('npx', ['--offline', 'autoscale-relay', '--help']),
      cli(['--help']),
    ]);

    expect(commandsIn(here.stdout)).toStrictEqual(['start', 'fake-azure', ...commandsIn(there.stdout)]);
    expect(here.stdout).toMatch(/^Usage: npx autoscale-relay /);
  });

  it('says in the help of each how it is typed', async () => {
    const names = commandsIn((await place.relay('--help')).stdout).filter((name) => name !== 'help');

    for (const name of names) {
      const { status, stdout } = await place.relay(name, '--help');

      expect({ name, status }).toStrictEqual({ name, status: 0 });
      expect(stdout).toMatch(new RegExp(`^(?:Usage:| ) npx autoscale-relay ${name}`, 'm'));
    }
  });

  it('tells the version of the package', async () => {
    expect(await place.relay('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
  });

  it('refuses one that there is not, with the nearest', async () => {
    expect(await place.relay('lnt')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/unknown command 'lnt'[\s\S]*Did you mean lint\?/),
    });
  });

  it('checks a good configuration and a bad one', async () => {
    const file = (type: string) => `receivers: { ops: { type: ${type}, url: "http://127.0.0.1:9/x" } }\n`;
    await Promise.all([place.put('good.yaml', file('slack')), place.put('bad.yaml', file('slak'))]);

    const [good, bad] = [await place.relay('lint', 'good.yaml'), await place.relay('lint', 'bad.yaml')];

    expect(good).toStrictEqual({ status: 0, stdout: expect.stringMatching(/^ops +slack/m), stderr: '' });
    expect(bad.status).toBe(1);
    expect(bad.stdout + bad.stderr).toMatch(/^bad\.yaml:1:27 .*did you mean `slack`\?/m);
  });

  it('shows the messages of a body', async () => {
    await place.put('scale.json', JSON.stringify(examples.scale));

    const { status, stdout } = await place.relay('preview', 'scale.json', '--locale', 'cs');

    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('inbox-slack') });
  });

  it('says what another configuration would have told to whom', async () => {
    const file = (routes: string) =>
      `receivers: { ops: { type: slack, url: "http://127.0.0.1:9/x" } }\nroutes: [${routes}]\n`;
    await Promise.all([
      place.put('before.yaml', file('{ to: [ops] }')),
      place.put('after.yaml', file('{ match: { kind: alert }, to: [ops] }')),
      place.put('scale.json', JSON.stringify(examples.scale)),
    ]);

    const { status, stdout } = await place.relay(
      ...['rehearse', 'scale.json', '--against', 'before.yaml', '--config', 'after.yaml'],
    );

    expect({ status, stdout }).toStrictEqual({ status: 0, stdout: expect.stringMatching(/\bops +1 +0\b/) });
  });

  it('posts to receivers, and prints no address', async () => {
    await using slack = await listen({ status: 200, body: 'ok' });
    await place.put('relay.yaml', `receivers: { ops: { type: slack, url: "${slack.url}/verysecret" } }\n`);

    const { status, stdout, stderr } = await place.relay('send');
    await rm(join(place.folder, 'relay.yaml'));

    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ops +sent +200 ok/m);
    expect(stdout).not.toContain('verysecret');
    expect(slack.received.map(({ body }) => body)).toStrictEqual([expect.stringContaining('npx autoscale-relay send')]);
  });

  it('says where a relay is to be started, where none is', async () => {
    const gone = await listen({ status: 200 });
    await gone[Symbol.asyncDispose]();

    expect(await place.relay('health', '--url', gone.url)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('npx autoscale-relay start'),
    });
  });
});

describe('a made-up Azure', () => {
  it('answers, says how to go on, and ends when it is told to', async () => {
    const azure = place.serve(['fake-azure', '--sets', '2', '--port', '0']);
    const [, url = ''] = await azure.says(/^ready +(\S+)/m);
    await azure.says(/^scale /m);

    const answer = await fetch(`${url}/subscriptions?api-version=2022-12-01`);
    const connect = await place.runs(
      join(place.folder, 'node_modules/.bin/autoscale-relay'),
      ['connect', '--url', 'https://relay.example.net', '--home', 'rg-relay'],
      { ARM_ENDPOINT: url },
    );

    expect(answer.status).toBe(200);
    expect(connect).toMatchObject({ status: 0, stdout: expect.stringContaining('az ') });
    expect(azure.output()).toMatch(/^relay {2}ARM_ENDPOINT=\S+ DRIFT_SCOPE=\S+ npx autoscale-relay start$/m);
    expect(await azure.end()).toBe(0);
  });

  it('refuses an option that it does not have', async () => {
    expect(await place.relay('fake-azure', '--stes', '2')).toMatchObject({ status: 2 });
  });
});

describe('a first start in an empty folder', () => {
  it('takes a webhook, shows it in the inbox, and ends when it is told to', async () => {
    const run = place.serve(['start'], { PORT: '0' });
    const [, url = ''] = await run.says(/^ready +(\S+)/m);
    await run.says(/^next +open http/m);
    await run.says(/^yours .*npx autoscale-relay lint/m);

    const pages = await Promise.all(
      ['/', '/page/inbox.js', '/page/inbox.css', '/page/adaptivecards.js', '/fleet'].map((path) => fetch(url + path)),
    );
    const fleet = (await (await fetch(`${url}/fleet/view`)).json()) as { readonly commands: unknown };
    const posted = await postJson(`${url}/api/webhooks`, { kind: 'custom', title: 'Backup done' });

    expect(pages.map(({ status }) => status)).toStrictEqual([200, 200, 200, 200, 200]);
    expect(fleet.commands).toStrictEqual({
      fakeAzure: 'npx autoscale-relay fake-azure',
      start: 'npx autoscale-relay start',
    });
    expect(posted.status).toBe(202);
    await eventually(async () => expect((await inboxOf(url)).messages).toHaveLength(2));
    expect(
      (await place.runs(join(place.folder, 'node_modules/.bin/autoscale-relay'), ['deliveries'], { RELAY_URL: url }))
        .status,
    ).toBe(0);
    expect(await run.end()).toBe(0);
    expect(await readdir(place.folder)).toContain('.relay');
  });

  it('says what is wrong with a setting, with a port that is taken among them', async () => {
    await using other = await listen({ status: 200 });

    const taken = place.serve(['start'], { PORT: new URL(other.url).port, RELAY_DATA_DIR: '.relay-2' });
    await taken.says(/Port \d+ is taken by another program\. Take a free one: PORT=0 npx autoscale-relay start/);

    expect(await taken.end()).toBe(1);
  });
});

const STRANGER = `import { event, eventKinds, type EventOf, type RelayEvent } from 'autoscale-relay/event';

const title = (each: RelayEvent): string => {
  switch (each.kind) {
    case 'deployment':
      return \`\${each.subject} \${each.phase}\`;
    case 'custom':
      return each.title;
    default:
      return each.kind;
  }
};
const scale = (each: EventOf<'scale'>): number => each.to - (each.from ?? 0);
// @ts-expect-error A scaling has no title.
export const none = (each: EventOf<'scale'>): string => each.title;
for (const text of process.argv.slice(2)) {
  const read = event.safeParse(JSON.parse(text));
  if (read.success) console.log(title(read.data), read.data.kind === 'scale' ? scale(read.data) : '', eventKinds.length);
  else console.log('no event', read.error.issues.length > 0);
}
`;

describe('autoscale-relay/event', () => {
  const TSC = join(process.cwd(), 'node_modules/typescript/bin/tsc');

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('is compiled strictly by a stranger: module %s, resolution %s', async (module, moduleResolution) => {
    await place.put('use.ts', STRANGER);
    await place.put(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...{ module, moduleResolution, target: 'es2022', strict: true, exactOptionalPropertyTypes: true },
          ...{
            skipLibCheck: false,
            outDir: 'built',
            types: ['node'],
            typeRoots: [join(process.cwd(), 'node_modules/@types')],
          },
        },
        files: ['use.ts'],
      }),
    );

    expect(await place.runs(process.execPath, [TSC, '-p', '.'])).toStrictEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('reads what a subscriber gets, of every kind', async () => {
    const all = Object.values(examples);

    const { stdout } = await place.runs(process.execPath, ['built/use.js', ...all.map((each) => JSON.stringify(each))]);

    expect(stdout.trim().split('\n')).toHaveLength(all.length);
    expect(stdout).not.toContain('no event');
  });

  it('refuses what is none', async () => {
    expect(await place.runs(process.execPath, ['built/use.js', '{"kind":"custom"}'])).toMatchObject({
      stdout: 'no event true\n',
    });
  });

  it('is all that programs can import', async () => {
    const load = (what: string) =>
      place.runs(process.execPath, ['-e', `await import('${what}')`, '--input-type=module']);

    expect((await load('autoscale-relay/package.json')).stderr).toContain('ERR_IMPORT_ATTRIBUTE_MISSING');
    for (const what of ['autoscale-relay', 'autoscale-relay/lib/cli/autoscale-relay.js']) {
      expect((await load(what)).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
  });
});
