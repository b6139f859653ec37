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
  Object.assign(relay, { fleet: fleet().fleet, senders: senders() });
  return relay;
}

/** Three sets off their model, and 30 days of them. */
function fleet(): Pick<PageRelay, 'fleet' | 'setDays'> {
  const some = [
    ['shop-web', 'stalled', 3, 12, 9],
    ['shop-batch', 'held', 2, 40, 4],
    ['shop-api', 'pending', 1, 6, 1],
  ] as const;
  const sets = some.map(([name, verdict, behind, total, days]) => ({
    ...{ id: name, name, group: 'shop-prod', environment: 'prod', verdict, behind, total },
    since: later(-days * 24 * HOUR - HOUR),
  }));
  const days = some.flatMap(([name, , , , since], each) =>
    Array.from({ length: 30 }, (_, at) => ({
      ...{ day: later(-at * 24 * HOUR).slice(0, 10), name, id: name },
      drift: { minutes: at < since ? 1_440 : (at + each) % 7 === 0 ? 45 + at * 30 : 0 },
    })),
  );
  return {
    fleet: { on: true, ranAt: later(-HOUR / 4), sets },
    setDays: { countedUntil: later(0), days },
  };
}

const senders = (): PageRelay['senders'] => [
  { source: 'alertmanager', last: later(-HOUR / 20), count24h: 1_284, refusals: [] },
  { source: 'azure-monitor', last: later(-HOUR / 3), count24h: 96, refusals: [] },
  {
    ...{ source: 'github', last: later(-5 * HOUR), count24h: 12 },
    refusals: [{ reason: 'the signature does not match', status: 401, count: 7, at: later(-HOUR / 2) }],
  },
];

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
    fleet: 'fleet',
    senders: 'senders',
    figures: 'figures?of=set',
  };
  const shots = [
    ...Object.entries(views).map((each) => [...each, 'light'] as const),
    ['dark', 'history', 'dark'] as const,
  ];
  try {
    for (const [name, view, scheme] of shots) {
      relay.setDays = view === 'fleet' ? fleet().setDays : undefined;
      const page = await open(`${url}#/${view}`, scheme);
      await page.locator('main .virtual, main .row-card, main .picture, main .table').first().waitFor();
      await page.waitForTimeout(400);
      await page.screenshot({ path: `docs/page-${name}.png` });
      await page.close();
    }
  } finally {
    await relay[Symbol.asyncDispose]();
  }
}
