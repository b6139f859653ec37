import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { describe, it } from 'vitest';
import { STORAGE_NAMES } from '../../src/app/compose.ts';
import { allOf } from '../../src/delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../src/delivery/rules/ledger.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { dataFolder, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen } from '../support/server.ts';
import { Stack } from '../support/stack.ts';
import { acceptedIds, eventIn, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

/** Two chats and a data folder, which live on when a relay is killed. */
interface More {
  /** The run starts an Azurite, which is what this is about. */
  readonly startsAzurite?: boolean;
  /** Slack gets the first message, and the relay no answer. */
  readonly slackIsSilentOnce?: boolean;
  readonly rate?: 'off' | { readonly perSecond: number; readonly gather: readonly string[] };
}

async function world({ startsAzurite = false, slackIsSilentOnce = false, rate = 'off' }: More = {}) {
  const storage = await ownStorage();
  const stack = new Stack();
  const never = new Promise<never>(() => {});
  const slack = stack.use(
    await listen((_request, before) => ({
      status: 200,
      body: 'ok',
      ...(slackIsSilentOnce && before === 0 && { after: never }),
    })),
  );
  const teams = stack.use(await listen({ status: 202 }));
  const folder = stack.use(await dataFolder());
  const receivers = {
    slack: { type: 'slack', url: slack.url, rate },
    teams: { type: 'teams', url: teams.url, rate },
  };
  const env = {
    RELAY_CONFIG: await folder.write('relay.yaml', JSON.stringify({ receivers })),
    ...(!startsAzurite && { AzureWebJobsStorage: storage }),
  };
  return {
    slack,
    teams,
    folder,
    storage,
    start: () => stack.use(startRun(folder, env)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function kill({ pid, ended }: LocalRun): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await ended;
}

/** How many messages the relay still has to deal with, in sight or not. */
async function waiting(storage: string): Promise<number | undefined> {
  const queue = new QueueClient(storage, STORAGE_NAMES.deliveries);
  return (await queue.getProperties()).approximateMessagesCount;
}

async function entriesOf(storage: string, receiver: string): Promise<LedgerEntry[]> {
  const ledger = azureLedger({ connectionString: storage }, STORAGE_NAMES.ledger);
  const entries: LedgerEntry[] = [];
  for await (const page of ledger.list(receiver, allOf('event:'))) {
    entries.push(...page.map(({ value }) => ledgerEntry.parse(value)));
  }
  return entries;
}

const statesOf = async (storage: string, receiver: string) =>
  (await entriesOf(storage, receiver)).map(({ state }) => state);

/** How often each event arrived. */
const counted = (bodies: readonly { body: string }[]): Map<string | undefined, number> => {
  const counts = new Map<string | undefined, number>();
  for (const { body } of bodies) counts.set(eventIn(body), (counts.get(eventIn(body)) ?? 0) + 1);
  return counts;
};

describe.concurrent('a relay that is killed', () => {
  it.for([1, 10])(
    'right after it accepted %i: all arrive after a new start, each twice at most',
    async (many, { expect }) => {
      await using there = await world();
      const killed = there.start();
      const webhooks = `${await killed.ready()}/api/webhooks`;
      const responses = await Promise.all(Array.from({ length: many }, () => postJson(webhooks, scaleOut())));
      await kill(killed);
      const ids = (await Promise.all(responses.map(acceptedIds))).flat();
      expect(ids).toHaveLength(many);

      const fresh = there.start();
      await fresh.ready();

      await eventually(async () => expect(await waiting(there.storage)).toBe(0));
      for (const { received } of [there.slack, there.teams]) {
        const counts = counted(received);
        expect([...counts.keys()].sort()).toStrictEqual(ids.map((id) => id.slice(0, 8)).sort());
        // A send that was in flight may have arrived without a record of it.
        expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
      }
    },
  );

  it('in the middle of a storm: all arrive after a new start, alone or in a digest', async ({ expect }) => {
    const many = 40;
    await using there = await world({ rate: { perSecond: 1, gather: ['1s'] } });
    const killed = there.start();
    const webhooks = `${await killed.ready()}/api/webhooks`;
    const posted: Response[] = [];
    for (let batch = 0; batch < 4; batch += 1) {
      const names = Array.from({ length: many / 4 }, (_, index) => `shop-${batch}-${index}`);
      posted.push(...(await Promise.all(names.map((name) => postJson(webhooks, scaleOut(name))))));
      await sleep(300);
    }
    await kill(killed);
    const ids = (await Promise.all(posted.map(acceptedIds))).flat();

    await there.start().ready();

    await eventually(async () => expect(await waiting(there.storage)).toBe(0));
    for (const [name, { received }] of Object.entries({ slack: there.slack, teams: there.teams })) {
      const entries = await entriesOf(there.storage, name);
      expect(entries.map(({ event }) => event.id).sort()).toStrictEqual([...ids].sort());
      const told = received.map(({ body }) => eventIn(body));
      for (const { state, event, digest } of entries) {
        expect(state).toBe('sent');
        expect(told).toContain((digest ?? event.id).slice(0, 8));
      }
      // How many digests depends on how fast the machine is.
      expect(received.length).toBeLessThan(many);
    }
  });

  it('while it sends: that message arrives again, and what was recorded is not repeated', async ({ expect }) => {
    await using there = await world({ slackIsSilentOnce: true });
    const killed = there.start();
    await postJson(`${await killed.ready()}/api/webhooks`, scaleOut());
    await eventually(() => expect(there.slack.received).toHaveLength(1));
    await eventually(async () => expect(await statesOf(there.storage, 'teams')).toStrictEqual(['sent']));
    expect(await statesOf(there.storage, 'slack')).toStrictEqual(['sending']);
    await kill(killed);

    const fresh = there.start();
    await fresh.ready();

    await eventually(async () => expect(await waiting(there.storage)).toBe(0));
    expect(there.slack.received).toHaveLength(2);
    expect(there.teams.received).toHaveLength(1);
    expect(await statesOf(there.storage, 'slack')).toStrictEqual(['sent']);
  });

  it('leaves its Azurite for the next start, which finds it and ends it when it ends', async ({ expect }) => {
    await using there = await world({ startsAzurite: true });
    const killed = there.start();
    await killed.ready();
    const storage = await there.folder.storagePid();
    await kill(killed);

    const fresh = there.start();
    await fresh.ready();

    expect(killed.output).not.toContain('found running');
    expect(fresh.output).toMatch(/^ready .*found running/m);
    expect(await there.folder.storagePid()).toBe(storage);
    process.kill(fresh.pid, 'SIGTERM');
    expect(await fresh.ended).toBe(0);
    expect(await there.folder.storagePid()).toBeUndefined();
  });
});
