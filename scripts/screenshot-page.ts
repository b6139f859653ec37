import type { Page } from 'playwright-core';
import { PageRelay } from '../test/browser/page-relay.ts';
import { deliveryOf, openStoryOf, storyOf } from '../test/browser/page-rows.ts';
import { COUNTED_UNTIL, someWeeks, weekOf } from '../test/browser/page-weeks.ts';

const HOUR = 3_600_000;
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** A relay with an evening behind it: one receiver that is away, an alert that somebody has, and a silence. */
function evening(): PageRelay {
  const relay = new PageRelay();
  const subjects = ['web-cpu', 'queue-depth', 'disk-full', 'shop-api 2.4.1', 'latency-p99'];
  const some = Array.from({ length: 60 }, (_, at) => {
    const event = { subject: `${subjects[at % subjects.length]}`, told: at % 4 === 0 ? 'resolved' : 'fired' };
    const receiver = at % 3 === 0 ? 'ops-teams' : 'ops-slack';
    return deliveryOf(at, { receiver }, at * 190_000, event);
  });
  const missed = deliveryOf(90, { state: 'quiet', reason: 'silence 9f3c1ab2', attempts: [] }, 200_000, {
    subject: 'nightly-backup',
  });
  const dead = [91, 92].map((at) =>
    deliveryOf(
      at,
      {
        ...{ state: 'dead', receiver: 'ops-teams', reason: 'failing-for-a-day' },
        attempts: [{ at: later(-HOUR), milliseconds: 10_000, outcome: 'retry', reason: 'timeout' }],
      },
      at * 100_000,
      { subject: subjects[at % 5] ?? '' },
    ),
  );
  relay.deliveries = [missed, ...some, ...dead];
  relay.shown = [storyOf(missed)];
  const acknowledged = { by: 'Jana Nováková', at: later(-600_000) };
  relay.now = {
    stories: [openStoryOf('disk-full'), openStoryOf('web-cpu', { acknowledged })].map((story, at) => ({
      ...story,
      event: { ...story.event, severity: at === 0 ? 'critical' : 'warning', resource: 'shop-web' },
    })),
    receivers: [
      { name: 'ops-slack', type: 'slack-app', state: 'ok', parked: 0 },
      { name: 'ops-teams', type: 'teams', state: 'broken', since: later(-HOUR), reason: 'timeout', parked: 12 },
    ],
  };
  relay.silences = [
    {
      ...{ id: '9f3c1ab2', match: { resource: 'shop-batch-*', severity: '<=warning' } },
      ...{ author: 'Jana Nováková', reason: 'the database moves', endsAt: later(2 * HOUR) },
    },
  ];
  relay.figures = someWeeks();
  relay.countedUntil = COUNTED_UNTIL;
  relay.review = (environment) => weekOf(relay.figures, environment);
  relay.windows = [{ name: 'nights', receivers: ['ops-slack'], isOpen: false, opensAt: later(3 * HOUR) }];
  return relay;
}

/** Every view of the page for the team, and one of them in the dark. */
export async function pagePictures(open: (address: string, scheme: 'light' | 'dark') => Promise<Page>): Promise<void> {
  const relay = evening();
  const url = `${await relay.listen()}api/ui`;
  const story = `history?id=${relay.deliveries[0]?.event.id}`;
  const views = {
    now: 'now',
    history: 'history',
    story,
    'dead-letters': 'dead-letters',
    quiet: 'quiet',
    figures: 'figures?of=set',
  };
  const shots = [
    ...Object.entries(views).map((each) => [...each, 'light'] as const),
    ['dark', 'history', 'dark'] as const,
  ];
  try {
    for (const [name, view, scheme] of shots) {
      const page = await open(`${url}#/${view}`, scheme);
      await page.locator('main .virtual, main .row-card, main .picture').first().waitFor();
      await page.waitForTimeout(400);
      await page.screenshot({ path: `docs/page-${name}.png` });
      await page.close();
    }
  } finally {
    await relay[Symbol.asyncDispose]();
  }
}
