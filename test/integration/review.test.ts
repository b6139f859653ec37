import { describe, expect, it } from 'vitest';
import { doubles } from '../../dev/host/inbox-message.ts';
import { DAY_MILLISECONDS } from '../../src/event/time/units.ts';
import { carried, opened } from '../../src/history/rules/carried.ts';
import { dayCount, dayOf } from '../../src/history/rules/day-count.ts';
import { writeDay, writeMark } from '../../src/history/store.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { dataFolder, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen, type ReceivedRequest } from '../support/server.ts';
import { eventually } from './eventually.ts';

const contentType = 'application/json';

/** Each of the last 14 days as if it had been counted. */
async function countedIn(connectionString: string): Promise<void> {
  const ledger = azureLedger({ connectionString }, 'deliveries');
  const now = Date.now();
  for (let back = 14; back > 0; back -= 1) {
    const day = dayOf(now - back * DAY_MILLISECONDS);
    const more = { events: 3, alerts: { fired: back < 8 ? back : 1 }, deployments: { succeeded: 2, failed: 1 } };
    await writeDay(
      ledger,
      day,
      [dayCount.parse({ day, of: 'all', name: '', ...more })],
      opened(carried.parse({})),
      now,
    );
  }
  await writeMark(ledger, { final: dayOf(now - 2 * DAY_MILLISECONDS), at: new Date(now).toISOString() });
}

describe('the weekly review of a local run', () => {
  it('comes by the watch, with charts where the chat draws them, once', async () => {
    // A workspace without charts yet; in all else as strict as the emulators.
    await using slack = await listen(({ body }: ReceivedRequest) =>
      body.includes('data_visualization')
        ? { status: 400, body: 'invalid_blocks' }
        : doubles.slack({ contentType, body }),
    );
    await using teams = await listen(({ body }: ReceivedRequest) => doubles.teams({ contentType, body }));
    await using folder = await dataFolder();
    const receivers = {
      slack: { type: 'slack', url: `${slack.url}/services/T0/B0/x`, charts: true, locale: 'cs' },
      teams: { type: 'teams', url: `${teams.url}/workflows/x?api-version=1&sig=x`, charts: true },
    };
    const review = [{ to: ['slack', 'teams'], at: '* * * * * *' }];
    const storage = await ownStorage();
    await using run = startRun(folder, {
      AzureWebJobsStorage: storage,
      RELAY_CONFIG: await folder.write('relay.yaml', JSON.stringify({ receivers, review })),
    });
    const url = await run.ready();
    await countedIn(storage);
    const watch = () => postJson(`${url}/admin/functions/watch`, {});

    // The first one only looks at the clock.
    await eventually(async () => {
      await watch();
      expect(slack.received.length).toBeGreaterThanOrEqual(2);
      expect(teams.received.length).toBeGreaterThanOrEqual(1);
    });
    await watch();
    await watch();

    const [drawn, plain] = slack.received.map(({ body }) => body);
    expect(slack.received).toHaveLength(2);
    expect(drawn).toContain('data_visualization');
    expect(plain).not.toContain('data_visualization');
    expect(plain?.replaceAll('\u00a0', ' ')).toContain('21 nasazení, selhalo 33 %, 28 výstrah.');
    expect(teams.received).toHaveLength(1);
    expect(teams.received[0]?.body).toContain('Chart.VerticalBar.Grouped');
    expect(teams.received[0]?.body).toContain('Alerts: 7, 6, 5, 4, 3, 2, 1');

    const answer = (await (await fetch(`${url}/api/review`)).json()) as object;
    expect(answer).toMatchObject({ alerts: { fired: { now: 28, before: 7 } }, dora: { failureRate: { now: 0.3333 } } });
  });
});
