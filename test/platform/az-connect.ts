import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { autoscaleSetting, type Monitor, type Resource, sampleSenders } from '../../dev/fake-azure/monitor.ts';
import { lean } from '../cli/connect/support/lean.ts';
import { cli } from '../cli/support/cli.ts';

const run = promisify(execFile);

/** Rules of every kind, and autoscale settings that tell nobody, in every form that Azure has for it, or others. */
export function everySender(subscription: string): readonly Resource[] {
  const other = { serviceUri: 'https://hooks.shop.example.com/x?token=t==', properties: { team: 'shop' } };
  const told: Readonly<Record<string, unknown>> = {
    ...{ none: [], absent: undefined, null: null },
    people: [{ operation: 'Scale', email: { customEmails: ['ops@shop.example.com'] }, webhooks: null }],
    other: [{ operation: 'Scale', email: null, webhooks: [other] }],
  };
  const settings = Object.entries(told).map(([name, notifications]) =>
    autoscaleSetting(subscription, 'rg-shop', `${name}-scale`, notifications),
  );
  return [...settings, ...sampleSenders(subscription, 'rg-shop')];
}

/**
 * Pastes the lines of `relay connect` for all of these, and then those that take it back. Resolves with a line for people;
 * rejects where not all are connected in between, or anything else than the lists is another afterwards.
 */
export async function connectedAndBack(
  { url, fleet }: FakeAzure,
  monitor: Monitor,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const home = `${fleet.subscriptions[0]?.id}/rg-relay`;
  const paste = (lines: readonly string[]) =>
    run('bash', ['-c', `set -e\n${lines.join('\n')}`], { env: { ...env, RELAY_CODE: 'c0de==' }, timeout: 1_200_000 });
  const plan = async (): Promise<{ readonly connect: readonly string[]; readonly undo: readonly string[] }> => {
    const args = ['connect', '--url', 'https://relay.example.net', '--home', home, '--json'];
    return JSON.parse((await cli(args, { env: { ARM_ENDPOINT: url } })).stdout);
  };
  const before = lean(structuredClone(monitor.resources));
  const { connect, undo } = await plan();
  const { stdout } = await paste(connect);
  assert.equal(stdout, '', 'az shows nothing of what it changes: there are keys in it');
  assert.deepEqual((await plan()).connect, []);
  await paste(undo);
  assert.deepEqual(lean(monitor.resources), before);
  return `  connect          ${connect.length} lines connect every kind, ${undo.length} take them back, and nothing else has changed`;
}
