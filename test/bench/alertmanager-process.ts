import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { came } from './faults/world.ts';

/** An Alertmanager of its own data folder, that can be killed and started again. */
export interface Alertmanager extends AsyncDisposable {
  readonly url: string;
  readonly pid: number | undefined;
  start(): Promise<void>;
  kill(): Promise<void>;
}

const BINARIES = ['prometheus-alertmanager', 'alertmanager'] as const;

/** The first line of its version; undefined where none is installed. */
export async function installedAlertmanager(): Promise<{ binary: string; version: string } | undefined> {
  for (const binary of BINARIES) {
    const child = spawn(binary, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let version = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      version += text;
    });
    const isThere = await new Promise<boolean>((done) =>
      child.on('error', () => done(false)).on('close', () => done(true)),
    );
    if (isThere) return { binary, version: /version (\S+)/.exec(version)?.[1] ?? 'of unknown version' };
  }
  return undefined;
}

// Each alert by itself and at once, which is its quickest; a group that failed is told again after ten seconds, the
// shortest interval that people configure.
const configuration = (webhook: string, slack: string) => ({
  route: {
    receiver: 'webhook',
    group_by: ['...'],
    group_wait: '0s',
    group_interval: '10s',
    repeat_interval: '4h',
    routes: [{ matchers: ['chat="slack"'], receiver: 'slack' }],
  },
  receivers: [
    { name: 'webhook', webhook_configs: [{ url: webhook, send_resolved: true }] },
    {
      name: 'slack',
      slack_configs: [{ api_url: slack, channel: '#x', text: '{{ range .Alerts }}{{ .Labels.id }}{{ end }}' }],
    },
  ],
});

export const createAlertmanager = (binary: string, webhook: string, slack: string): Promise<Alertmanager> =>
  alertmanagerWith(binary, configuration(webhook, slack));

/** One with a configuration of its own. */
export async function alertmanagerWith(binary: string, config: unknown): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-race-'));
  const file = join(folder, 'alertmanager.yml');
  // JSON is YAML as well.
  await writeFile(file, JSON.stringify(config));
  const url = `http://127.0.0.1:${await freePort()}`;
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url,
    get pid() {
      return child?.pid;
    },
    kill,
    async start() {
      const address = url.slice('http://'.length);
      const files = [`--config.file=${file}`, `--storage.path=${join(folder, 'data')}`, '--log.level=error'];
      child = spawn(binary, [...files, `--web.listen-address=${address}`, '--cluster.listen-address='], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      if (!(await came(async () => (await fetch(`${url}/-/ready`)).ok, 15_000)))
        throw new Error(`${binary} did not start`);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
