import { describe, expect, it } from 'vitest';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { shownId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { readEvent } from '../../src/message/reading.ts';
import { examples } from '../support/examples.ts';
import { variants } from '../support/variants.ts';
import { cli } from './support/cli.ts';
import { fakeRelay } from './support/fake-relay.ts';

/** What `show` prints of an event that nobody was told. */
async function shown(event: RelayEvent): Promise<string> {
  const events = [{ short: shownId(event), event, deliveries: [], without: [] }];
  await using relay = await fakeRelay({ 'GET /api/show': { json: { events } } });
  const { status, stdout } = await cli(['show', shownId(event), '--url', relay.url]);
  expect(status).toBe(0);
  return stdout;
}

describe('show', () => {
  it('says of drift why, and the command as it is to be pasted, line by line', async () => {
    const lines = ['az vmss update-instances -g rg -n web --instance-ids 0 1', "az vmss list-instances --query '[]'"];
    const told = await shown({ ...examples.drift, advice: 'update', command: lines.join('\n') });

    expect(told).toMatch(/^ {2}Why: /m);
    expect(told).toContain(['', locales.en.drift.advice.update, ...lines, ''].join('\n    ').trimEnd());
  });

  it('says so of each set that a digest names, as the digest promises in every language', async () => {
    const { drift } = examples;
    const { event } = variants['digest-drift'];
    const { advice, command, reasons } = drift;
    const digest: RelayEvent = {
      ...(event as EventOf<'digest'>),
      remedies: [{ subject: 'shop-web', group: 'rg-shop', reasons: reasons.slice(0, 3), advice, command }],
    };

    expect(await shown(digest)).toMatch(/^ {2}shop-web \(rg-shop\): .+\n {4}\S.*\n {4}az /m);
    for (const say of Object.values(locales)) {
      const { facts } = readEvent(digest, { say, timeZone: 'UTC' });
      const next = { label: say.label.next, value: `npm run relay -- show ${shownId(digest)}`, code: true };
      expect(facts).toContainEqual(next);
    }
  });

  it.each([
    ['an alert', { ...examples.alert, description: 'CPU is high.\nLook at the load.' }, /^ {4}> Look at the load\.$/m],
    ['a scaling', { ...examples.scale, phase: 'failed', reason: 'Quota exceeded.' }, /^ {4}> Quota exceeded\.$/m],
    ['a deployment', { ...examples.deployment, output: 'line 1\nline 2' }, /^ {4}line 2$/m],
    ["an event of one's own", { ...examples.custom, text: 'Renew it.' }, /^ {4}> Renew it\.$/m],
  ] as readonly [string, RelayEvent, RegExp][])('has what the sender of %s says of it', async (_what, event, said) => {
    expect(await shown(event)).toMatch(said);
  });

  it('begins with the mark of a test', async () => {
    expect(await shown({ ...examples.alert, properties: { test: 'yes' } })).toMatch(/^TEST · Alert fired/);
  });
});
