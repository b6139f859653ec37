import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ListedSet } from '../../pages/ui-place-data.ts';
import { seriousViolations } from './looks.ts';
import { PageRelay } from './page-relay.ts';
import { launch } from './support.ts';
import { chromium, HOSTILE, PATIENCE_MS } from './visit.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const ago = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();
const dayAgo = (days: number): string => ago(days * DAY_MS).slice(0, 10);

const setOf = (name: string, part: Partial<ListedSet> = {}): ListedSet => ({
  id: `/subscriptions/s/resourcegroups/shop/providers/microsoft.compute/virtualmachinescalesets/${name}`,
  name,
  group: 'shop',
  environment: 'prod',
  verdict: 'pending',
  behind: 3,
  total: 10,
  since: ago(4 * DAY_MS + MINUTE_MS),
  sinceAtLeast: false,
  ...part,
});

describe.skipIf(chromium === undefined)('the fleet and the senders on the page for the team', () => {
  let browser: Browser;
  let relay: PageRelay;
  let page: Page;
  let url: string;
  let problems: string[];

  beforeAll(async () => {
    browser = await launch(chromium ?? '');
  }, PATIENCE_MS);

  afterAll(() => browser.close());

  beforeEach(async () => {
    relay = new PageRelay();
    url = `${await relay.listen()}api/ui`;
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
    page.setDefaultTimeout(20_000);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.text().includes('Content Security Policy') && problems.push(line.text()));
  }, PATIENCE_MS);

  afterEach(async () => {
    await page.close();
    await relay[Symbol.asyncDispose]();
    expect(problems).toStrictEqual([]);
  });

  const open = async (view: string) => {
    await page.goto(`${url}#/${view}`);
    await page.locator('.zone').waitFor();
  };
  const names = () => page.locator('#fleet tbody .title').allInnerTexts();

  it('lists sets as the relay has them: verdict, how many, for how long, and each of 30 days', async () => {
    relay.fleet = {
      on: true,
      ranAt: ago(MINUTE_MS),
      sets: [
        setOf('web', { sinceAtLeast: true }),
        setOf('api', { verdict: 'unread', why: 'Forbidden', since: ago(26 * 3_600_000) }),
      ],
      unseen: [{ id: '/subscriptions/t', name: 'data', why: 'TimedOut', since: ago(DAY_MS) }],
    };
    const id = setOf('web').id;
    relay.setDays = {
      countedUntil: ago(DAY_MS),
      days: [
        { day: dayAgo(1), name: 'web', id, drift: { minutes: 1_440 } },
        { day: dayAgo(2), name: 'web', id, drift: { minutes: 90 } },
        { day: dayAgo(3), name: 'web', id },
        { day: dayAgo(3), name: 'other', id: `${id}-other`, drift: { minutes: 1_440 } },
      ],
    };
    await open('fleet');
    await page.getByText('drift on 2 of 30 days').waitFor();

    const [web, api] = await page.locator('#fleet tbody tr').allInnerTexts();
    expect(web).toMatch(/Drift found[\s\S]*3 of 10 behind[\s\S]*at least 4 days/);
    expect(api).toMatch(/Not read[\s\S]*Forbidden[\s\S]*26 hours[\s\S]*no drift in 30 days/);
    const tones = page.locator('#fleet td[data-tone]');
    expect(await tones.evaluateAll((cells) => cells.map((each) => each.getAttribute('data-tone')))).toStrictEqual([
      'warning',
      'unknown',
    ]);
    const levels = await page
      .locator('#fleet tbody tr')
      .first()
      .locator('.days i')
      .evaluateAll((cells) => cells.map((each) => each.getAttribute('data-level')));
    expect(levels).toHaveLength(30);
    expect(levels.slice(-4)).toStrictEqual(['none', 'part', 'whole', 'unknown']);
    expect(await page.locator('main').innerText()).toContain('1 scope not read to the end');
  });

  it('narrows the fleet down by text and environment, and keeps that in the address', async () => {
    relay.fleet = {
      on: true,
      ranAt: ago(MINUTE_MS),
      sets: [setOf('web'), setOf('api', { environment: 'test' }), setOf('jobs', { verdict: 'stalled' })],
    };
    await open('fleet');
    await page.getByLabel('Environment').selectOption('prod');
    await expect.poll(names).toStrictEqual(['web', 'jobs']);
    await page.keyboard.press('/');
    await page.getByLabel('Search').fill('UPGRADE stalled');
    await expect.poll(names).toStrictEqual(['jobs']);
    await page.reload();
    await expect.poll(names).toStrictEqual(['jobs']);
    await page.getByLabel('Search').fill('no such set');
    await page.getByRole('button', { name: 'Clear the filters' }).click();

    await expect.poll(names).toStrictEqual(['web', 'api', 'jobs']);
  });

  it('has the fleet checked, says so, and shows what that has found', async () => {
    await page.clock.install();
    relay.fleet = { on: true, ranAt: ago(DAY_MS), sets: [] };
    await open('fleet');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.locator('main output').getByText('A check is queued').waitFor();
    expect(await page.locator('#check').getAttribute('aria-busy')).toBe('true');
    await page.locator('#check').click();
    expect(relay.calls.filter(({ method }) => method === 'POST')).toMatchObject([{ isMarked: true }]);
    relay.fleet = { on: true, ranAt: ago(0), sets: [setOf('web')] };
    await page.clock.runFor(6_000);

    await page.locator('main output').getByText('Checked. 1 scale set').waitFor();
    expect(await names()).toStrictEqual(['web']);
    expect(await page.locator('#check').getAttribute('aria-busy')).not.toBe('true');
  });

  it('says of a check that does not end that it has not, and looks no further', async () => {
    await page.clock.install();
    relay.fleet = { on: true, ranAt: ago(DAY_MS), sets: [] };
    await open('fleet');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.locator('main output').getByText('A check is queued').waitFor();
    await page.clock.fastForward(601_000);
    await page.locator('main output').getByText('The check has not ended yet').waitFor();
    const before = relay.calls.length;
    await page.clock.runFor(20_000);

    expect(relay.calls).toHaveLength(before);
  });

  it.each([
    ['is off', { on: false, sets: [] }, 'DRIFT_SCOPE turns it on', 0],
    ['never ran', { on: true, sets: [] }, 'has not been checked yet', 1],
    ['found nothing', { on: true, ranAt: ago(0), sets: [] }, 'No drift is known', 1],
  ] as const)('says of a report that %s what that means', async (_, fleet, said, buttons) => {
    relay.fleet = fleet;
    await open('fleet');
    await page.getByText(said).waitFor();
    expect(await page.locator('#check').count()).toBe(buttons);
  });

  it('shows a viewer the fleet, with nothing to press, also where the days cannot be read', async () => {
    relay.me = { by: 'vera', role: 'viewer', via: 'entra' };
    relay.fleet = { on: true, ranAt: ago(0), sets: [setOf('web')] };
    relay.setDays = 'away';
    await open('fleet');
    await page.getByText('The days of drift could not be read.').waitFor();

    expect(await names()).toStrictEqual(['web']);
    expect(await page.locator('#check').count()).toBe(0);
  });

  it('draws some of a thousand sets, and the next when asked', async () => {
    relay.fleet = {
      on: true,
      ranAt: ago(0),
      sets: Array.from({ length: 1_000 }, (_, at) => setOf(`set-${at}`)),
    };
    await open('fleet');
    await page.getByRole('button', { name: 'Show 200 more' }).click();
    await expect.poll(() => page.locator('#fleet tbody tr').count()).toBe(400);
  });

  it('says of each sender when it was last heard, what was refused, and what to do', async () => {
    const at = ago(5 * MINUTE_MS);
    relay.senders = [
      { source: 'argo-cd', last: ago(3 * DAY_MS), count24h: 0, refusals: [] },
      {
        source: 'github',
        last: at,
        count24h: 1_234,
        refusals: [
          { reason: 'no signature (x-hub-signature-256)', status: 401, count: 3, at },
          { reason: 'the Entra ID token is not accepted', status: 401, count: 1, at },
        ],
      },
      { source: 'grafana', refusals: [], expected: { every: 300, due: at, silentSince: at } },
    ];
    await open('senders');
    await page.locator('#senders').waitFor();

    const rows = await page.locator('#senders tbody tr').allInnerTexts();
    const sources = await page.locator('#senders tbody .title').allInnerTexts();
    expect(sources).toStrictEqual(['grafana', 'github', 'argo-cd']);
    expect(rows[0]).toMatch(/silent since[\s\S]*expected every 5 minutes[\s\S]*never/);
    expect(rows[1]).toContain('1,234');
    expect(rows[1]).toMatch(/5 minutes ago[\s\S]*3 times 401: it was not signed[\s\S]*Set the signing secret/);
    expect(rows[1]).toMatch(/1 time 401: the Entra ID token is not accepted[\s\S]*Look at the answer/);
    expect(rows[2]).toContain('3 days ago');
    expect(await page.locator('#senders tbody time').first().getAttribute('title')).toBe(at);
    await page.locator('#senders').getByRole('link', { name: 'github' }).click();
    await expect.poll(() => relay.calls.at(-1)?.query['source']).toBe('github');
  });

  it('says that nobody has sent anything', async () => {
    await open('senders');
    await page.getByText('Nobody has sent anything yet.').waitFor();
  });

  const hostile = `${HOSTILE} ${'x'.repeat(300)} ‮שלום Z̸͎̈́`;

  it.each(['light', 'dark'] as const)('keeps nobody out and lets no name do anything, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    const verdicts = ['stalled', 'clean', 'held', 'rolling', 'unread', hostile];
    relay.fleet = {
      on: true,
      ranAt: ago(0),
      blindSince: ago(DAY_MS),
      sets: verdicts.map((verdict, at) => ({
        ...setOf(`${hostile}${at}`, { group: hostile, environment: hostile, verdict, why: hostile }),
      })),
      unseen: [{ id: hostile, name: hostile, why: hostile, since: hostile }],
    };
    relay.setDays = { countedUntil: ago(DAY_MS), days: [{ day: hostile, name: hostile, drift: { minutes: 5 } }] };
    relay.senders = [
      {
        source: hostile,
        last: hostile,
        refusals: [{ reason: hostile, status: 401, count: 1, at: hostile }],
        expected: { every: 300, due: hostile, silentSince: hostile },
      },
    ];
    for (const view of ['fleet', 'senders']) {
      for (const language of ['en', 'ko', 'cs', 'vi']) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await open(view);
        await page.locator('.languages select').selectOption(language);
        await page.locator('main .table').waitFor();
        if (language === 'en') expect([view, await seriousViolations(page, theme)]).toStrictEqual([view, []]);
        for (const width of [1280, 390, 360]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
          expect([view, language, width, wide <= width]).toStrictEqual([view, language, width, true]);
        }
      }
    }
    expect(await page.evaluate('window.harmed')).toBeUndefined();
  });
});
