import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packaged } from '../../dev/package/commands.ts';
import manifest from '../../package.json' with { type: 'json' };
import { run } from '../../src/cli/run.ts';
import { readConfig } from '../../src/config/config.ts';

interface Service {
  readonly image: string;
  readonly command: string;
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const TEXT = readFileSync(new URL('../../docs/recipes/compose.yaml', import.meta.url), 'utf8');

const { services, volumes } = parse(TEXT) as {
  readonly services: Readonly<Record<'storage' | 'relay', Service>>;
  readonly volumes: Readonly<Record<string, object>>;
};

/** The commands of the package, as its help lists them. */
async function commands(): Promise<readonly string[]> {
  let help = '';
  const stdout = new Writable({
    decodeStrings: false,
    write: (part, _encoding, done) => {
      help += part;
      done();
    },
  });
  await run(['--help'], { env: {}, stdin: Readable.from([]), stdout, stderr: stdout }, packaged);
  return [...help.matchAll(/^ {2}([a-z][a-z-]*) /gm)].map(([, name = '']) => name);
}

describe('the recipe for containers', () => {
  it('runs commands that the package has, of this version', async () => {
    const run = [...TEXT.matchAll(/^[^\n]*\bnpx --yes .*$/gm)].map(([line]) => line);
    const named = run.map((line) => /\bautoscale-relay(?:@\S+)? ([a-z-]+)$/.exec(line)?.[1]);

    expect(named).toStrictEqual(['start', 'start']);
    expect(await commands()).toStrictEqual(expect.arrayContaining(['start', 'lint', 'fake-azure']));
    for (const line of run)
      expect(line).toMatch(new RegExp(`autoscale-relay[@-]${manifest.version.replaceAll('.', '\\.')}(?:\\.tgz)? `));
  });

  it('has the Azurite that is tested with, with options that it knows', () => {
    const environment = readFileSync(
      new URL('../../node_modules/azurite/dist/src/common/Environment.js', import.meta.url),
      'utf8',
    );
    const options = services.storage.command.match(/--\w+/g) ?? [];

    expect(services.storage.image).toBe(`mcr.microsoft.com/azure-storage/azurite:${manifest.devDependencies.azurite}`);
    expect(options.length).toBeGreaterThan(2);
    expect(options.filter((each) => !environment.includes(each.slice(2)))).toStrictEqual([]);
  });

  it('gives the relay settings that it takes', async () => {
    const given = Object.entries(services.relay.environment ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );

    const config = await readConfig({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...Object.fromEntries(given) });

    expect(config).toMatchObject({
      storage: { connectionString: 'UseDevelopmentStorage=true' },
      port: 7071,
      dataDir: '/state',
    });
  });

  it('opens nothing to other machines, and holds no address of a chat', () => {
    for (const { ports, network_mode } of Object.values(services)) {
      expect({ ports, network_mode }).toStrictEqual({ ports: undefined, network_mode: 'host' });
    }
    expect(services.storage.command).not.toMatch(/Host/);
    expect(services.relay.environment).toMatchObject({ SLACK_WEBHOOK_URL: null, TEAMS_WEBHOOK_URL: null });
  });

  it('keeps what is to be kept in volumes that there are, and starts the relay after its storage', () => {
    const named = Object.values(services)
      .flatMap((each) => each.volumes ?? [])
      .map((each) => each.split(':')[0] ?? '');

    expect(named.filter((each) => /^\w+$/.test(each))).toStrictEqual(Object.keys(volumes));
    expect(services.relay.depends_on).toStrictEqual({ storage: { condition: 'service_healthy' } });
    expect(services.storage.healthcheck?.test.join(' ')).toContain('10002');
  });
});
