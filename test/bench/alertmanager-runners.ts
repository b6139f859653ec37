import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAlertmanager } from './alertmanager-process.ts';

export type ChatName = 'webhook' | 'slack';

/** One of those who race: where it takes alerts, and in which form. */
export interface Runner extends AsyncDisposable {
  readonly url: string;
  readonly status: number;
  readonly pid: number | undefined;
  /** The body that says that these alerts fire, for a receiver of this type. */
  body(ids: readonly number[], chat: ChatName): string;
}

let alerts = 0;

/** Numbers that no alert of this process had before. */
export const freshIds = (count: number): readonly number[] =>
  Array.from({ length: count }, () => Math.floor(Date.now() / 1_000) * 1_000_000 + (alerts++ % 1_000_000));

const alert = (id: number, chat: ChatName) => ({
  labels: { alertname: `ScaleOut id-${id}`, id: `id-${id}`, vmss: `vmss-${id % 50}`, chat, severity: 'warning' },
  annotations: { summary: 'capacity 2 to 3', description: 'x'.repeat(200) },
});

/** Takes alerts as Prometheus posts them. */
export const forAlertmanager = (ids: readonly number[], chat: ChatName): string =>
  JSON.stringify(ids.map((id) => alert(id, chat)));

/** Takes them as Alertmanager posts them: the relay's nearest sender. */
export function forRelay(ids: readonly number[], chat: ChatName): string {
  const startsAt = new Date().toISOString();
  const times = { status: 'firing', startsAt, endsAt: '0001-01-01T00:00:00Z', generatorURL: '' };
  const fired = ids.map((id) => ({ ...alert(id, chat), ...times, fingerprint: id.toString(16) }));
  return JSON.stringify({ version: '4', status: 'firing', receiver: 'relay', alerts: fired });
}

export async function startAlertmanager(binary: string, sink: string): Promise<Runner> {
  const alertmanager = await createAlertmanager(binary, sink, sink);
  await alertmanager.start();
  return {
    url: `${alertmanager.url}/api/v2/alerts`,
    status: 200,
    pid: alertmanager.pid,
    body: forAlertmanager,
    [Symbol.asyncDispose]: () => alertmanager[Symbol.asyncDispose](),
  };
}

/** The relay with storage in memory, for one type of receiver. */
export async function startMemoryRelay(sink: string, type: ChatName): Promise<Runner> {
  const child = fork(fileURLToPath(new URL('memory-relay.ts', import.meta.url)), [type, sink]);
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  return {
    url: `http://127.0.0.1:${port}/api/webhooks/alertmanager`,
    status: 202,
    pid: child.pid,
    body: forRelay,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
