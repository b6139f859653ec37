import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seriousViolations } from './looks.ts';
import { firstLoad, PageRelay } from './page-relay.ts';
import { deliveryOf, openStoryOf, storyOf } from './page-rows.ts';
import { launch } from './support.ts';
import { chromium, HOSTILE, PATIENCE_MS } from './visit.ts';

describe.skipIf(chromium === undefined)('the page for the team', () => {
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
    page.setDefaultTimeout(PATIENCE_MS);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.text().includes('Content Security Policy') && problems.push(line.text()));
    page.on(
      'request',
      (request) => new URL(request.url()).origin === new URL(url).origin || problems.push(request.url()),
    );
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

  it('loads in at most 150 KB, compressed', async () => {
    expect(await firstLoad()).toBeLessThan(150_000);
  });

  it('shows what is open, who was told, who acknowledged it, and the receivers in trouble', async () => {
    relay.now = {
      stories: [openStoryOf('web-cpu', { acknowledged: { by: 'Jana', at: new Date().toISOString() } })],
      receivers: [
        { name: 'ops-slack', type: 'slack', state: 'ok', parked: 0 },
        { name: 'ops-teams', type: 'teams', state: 'broken', reason: 'timeout', parked: 3 },
      ],
    };
    await page.goto(url);

    await page.locator('#stories').getByText('web-cpu').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('ops-teams');
    expect(text).toContain('no answer within 10 s');
    expect(text).toContain('3 messages waiting');
    expect(text).toContain('Acknowledged by Jana');
    expect(text).toContain('1 receiver without trouble');
  });

  it('says since when the relay does not answer, and keeps what it had', async () => {
    await page.clock.install();
    relay.now = { stories: [openStoryOf('web-cpu')], receivers: [] };
    await open('now');
    await page.locator('#stories').getByText('web-cpu').waitFor();
    relay.now = undefined;
    await page.clock.runFor(16_000);

    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('What you see is from');
    expect(await page.locator('#stories').innerText()).toContain('web-cpu');
  });

  it('lets a key in, refuses a wrong one, and forgets it', async () => {
    relay.me = { by: '', role: 'none', via: 'none', signIn: '/.auth/login/aad' };
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    await page.getByLabel('Admin key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('does not take this key').waitFor();
    await page.getByLabel('Admin key').fill('right-key');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is open').waitFor();

    const keyed = relay.calls.filter(({ key }) => key !== undefined);
    expect(keyed.every(({ path }) => !path.startsWith('/api/ui'))).toBe(true);
    expect(page.url()).not.toContain('right-key');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin key').waitFor();
    expect(await page.evaluate<number>('sessionStorage.length + localStorage.length')).toBe(0);
  });

  it('shows a viewer everything and no button that changes anything', async () => {
    relay.me = { by: 'vera', role: 'viewer', via: 'entra' };
    relay.deliveries = [deliveryOf(1, { state: 'dead', reason: 'timeout' })];
    relay.silences = [{ id: 'abcd1234', match: { resource: 'x*' }, endsAt: '2999-01-01T00:00:00Z' }];
    await open('dead-letters');
    await page.locator('#letters').getByText('no answer').waitFor();
    expect(await page.locator('main').getByRole('checkbox').count()).toBe(0);
    await open('quiet');
    await page.locator('#silences').getByText('x*').waitFor();

    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    expect(await page.locator('main').innerText()).toContain('You are a viewer');
  });

  it('reads 10,000 deliveries a window at a time, draws few of them, and goes through them by keys', async () => {
    relay.deliveries = Array.from({ length: 10_000 }, (_, at) => deliveryOf(at, {}, at * 20_000));
    await open('history');
    const grid = page.getByRole('grid');
    await grid.waitFor();
    expect(relay.calls.filter(({ path }) => path.endsWith('/deliveries')).length).toBeLessThan(3);
    const rows = page.locator('.virtual-all [role="row"]');
    await rows.first().focus();
    // The end of what was read is where more is read.
    await expect
      .poll(async () => {
        await page.keyboard.press('End');
        return Number(await grid.getAttribute('aria-rowcount'));
      })
      .toBe(10_001);

    expect(await rows.count()).toBeLessThan(60);
    await page.keyboard.press('End');
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-rowindex")')).toBe('10001');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-rowindex")')).toBe('10000');
    const ids = relay.calls.flatMap(({ query }) => query['until'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('opens a story with Enter, says first why nobody was told, and Esc is back in the same row', async () => {
    relay.deliveries = Array.from({ length: 40 }, (_, at) =>
      deliveryOf(at, { state: 'quiet', reason: 'window nights' }),
    );
    relay.shown = relay.deliveries.map((each) => storyOf(each));
    await open('history?state=quiet');
    await page.locator('.virtual-all [role="row"]').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.locator('.headline').waitFor();
    expect(await page.locator('.headline').innerText()).toBe('ops-slack was not told: the window nights kept it back.');
    await page.keyboard.press('Escape');
    await page.getByRole('grid').waitFor();
    expect(page.url()).toContain('state=quiet');
    expect(await page.locator('[tabindex="0"][role="row"]').getAttribute('aria-rowindex')).toBe('4');
  });

  it('adds what is new to the history while its reader is at the top', async () => {
    await page.clock.install();
    relay.deliveries = [deliveryOf(5, { state: 'waiting' })];
    await open('history');
    await page.getByRole('grid').waitFor();
    relay.deliveries = [deliveryOf(5), deliveryOf(6, {}, 0)];
    await page.clock.runFor(16_000);

    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('3');
    expect(await page.locator('.virtual-all [role="row"]').allInnerTexts()).toStrictEqual([
      expect.stringContaining('rule-6'),
      expect.stringContaining('Sent'),
    ]);
  });

  it('says whose silence kept an event back', async () => {
    const silence = { id: 'abcd1234', match: { resource: '*' }, author: 'Jana', reason: 'it moves' };
    relay.silences = [{ ...silence, endsAt: '2999-01-01T00:00:00Z' }];
    const kept = deliveryOf(7, { state: 'quiet', reason: 'silence abcd1234', attempts: [] });
    relay.shown = [storyOf(kept)];
    await open(`history?id=${kept.event.id}`);

    await expect
      .poll(() => page.locator('.headline').innerText())
      .toBe('ops-slack was not told: the silence abcd1234 (by Jana, it moves) kept it back.');
  });

  it('asks the relay for what fits the filters, and keeps them in the address', async () => {
    relay.deliveries = [deliveryOf(1), deliveryOf(2, { state: 'dead', reason: 'timeout' })];
    await open('history');
    await page.getByLabel('Outcome').selectOption('dead');
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('2');
    await page.getByLabel('Search').fill('no such thing');
    await page.getByText('Nothing fits here so far.').waitFor();

    expect(relay.calls.at(-1)?.query).toMatchObject({ state: 'dead', text: 'no such thing' });
    await page.reload();
    await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('no such thing');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('3');
  });

  it('looks up an event by its id where no delivery has it', async () => {
    relay.shown = [{ ...storyOf(deliveryOf(7)), deliveries: [], reason: 'no-route', without: ['ops-slack'] }];
    await open('history?text=00000007');
    await page.getByRole('link', { name: 'Look up 00000007' }).click();
    await page.locator('.headline').waitFor();

    expect(await page.locator('.headline').innerText()).toBe(
      'Nobody was told: no route leads from this event to a receiver.',
    );
  });

  it('sends dead letters again after it has asked, and says what came of it', async () => {
    relay.deliveries = [1, 2, 3].map((at) => deliveryOf(at, { state: 'dead', reason: 'timeout' }));
    await open('dead-letters');
    await page.locator('#letters').getByRole('checkbox').nth(0).check();
    await page.locator('#letters').getByRole('checkbox').nth(2).check();
    await page.locator('#replay').click();
    expect(relay.calls.filter(({ method }) => method === 'POST')).toStrictEqual([]);
    await page.locator('#asking').getByRole('button', { name: 'Send 2 again' }).click();
    await page.locator('main output').getByText('2 queued.').waitFor();

    const sent = relay.calls.filter(({ method }) => method === 'POST');
    expect(sent.map(({ body }) => body)).toStrictEqual(
      [0, 2].map((at) => ({ id: relay.deliveries[at]?.event.id, receiver: 'ops-slack' })),
    );
    expect(sent.every(({ isMarked }) => isMarked)).toBe(true);
  });

  it('makes a silence after it has shown what that would have kept back', async () => {
    relay.deliveries = [deliveryOf(1), deliveryOf(2), deliveryOf(30), deliveryOf(4, {}, 0, { severity: 'critical' })];
    await open('quiet');
    await page.getByLabel('Subject').fill('rule-?');
    await page.locator('#preview').getByText('2 events of the last 24 hours').waitFor();
    await page.getByLabel('Why').fill('planned work');
    await page.getByRole('button', { name: 'Make a silence' }).click();
    await page.locator('#silences').getByText('rule-?').waitFor();

    expect(relay.calls.find(({ method }) => method === 'POST')?.body).toStrictEqual({
      match: { subject: 'rule-?' },
      for: '60m',
      reason: 'planned work',
      author: 'jana@example.com',
    });
  });

  it('ends a silence, and says so where another operator had ended it', async () => {
    relay.silences = [1, 2].map((at) => ({
      id: `abcd123${at}`,
      match: { resource: `set-${at}` },
      endsAt: '2999-01-01T00:00:00Z',
    }));
    await open('quiet');
    const end = async () => {
      await page.locator('#silences').getByRole('button').first().click();
      await page.locator('#asking').getByRole('button', { name: 'End it' }).click();
    };
    await end();
    await page.locator('main output').getByText('The silence has ended.').waitFor();
    await expect.poll(() => page.locator('#silences li').count()).toBe(1);
    relay.silences = [];
    await end();
    await page.locator('main output').getByText('It had ended already.').waitFor();
    await expect.poll(() => page.locator('#silences li').count()).toBe(0);
  });

  it('speaks four languages and remembers the choice', async () => {
    await open('now');
    for (const [name, title] of [
      ['ko', '지금'],
      ['cs', 'Teď'],
      ['vi', 'Hiện tại'],
      ['en', 'Now'],
    ] as const) {
      await page.getByRole('combobox').selectOption(name);
      await page.getByRole('link', { name: title, exact: true }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(name);
    }
    await page.getByRole('combobox').selectOption('ko');
    await page.reload();
    await page.getByRole('link', { name: '지금', exact: true }).waitFor();
  });

  const hostile = `${HOSTILE} ${'x'.repeat(300)} ‮שלום Z̸͎̈́`;

  it.each(['light', 'dark'] as const)('keeps nobody out and lets no name do anything, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    const subject = { event: { subject: hostile, resource: hostile } };
    relay.deliveries = [deliveryOf(1, { state: 'dead', reason: hostile, receiver: 'r'.repeat(60) }, 0, subject.event)];
    relay.shown = relay.deliveries.map((each) => storyOf(each));
    relay.now = {
      stories: [openStoryOf(hostile)],
      receivers: [{ name: 'b', type: 'teams', state: 'broken', reason: hostile, parked: 1 }],
    };
    relay.silences = [
      {
        id: 'abcd1234',
        match: { resource: hostile },
        author: hostile,
        reason: hostile,
        endsAt: '2999-01-01T00:00:00Z',
      },
    ];
    relay.windows = [{ name: 'nights', receivers: [], isOpen: true, until: '2999-01-01T00:00:00Z' }];
    for (const view of ['now', 'history', `history?id=${relay.deliveries[0]?.event.id}`, 'dead-letters', 'quiet']) {
      await open(view);
      await page.locator('main .virtual, main .row-card').first().waitFor();
      expect([view, await seriousViolations(page, theme)]).toStrictEqual([view, []]);
      for (const width of [1280, 390, 360]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect([view, wide <= width]).toStrictEqual([view, true]);
      }
    }
    relay.me = { by: '', role: 'none', via: 'none', signIn: '/.auth/login/aad' };
    await page.reload();
    await page.getByLabel('Admin key').waitFor();
    expect(await seriousViolations(page, theme)).toStrictEqual([]);
    expect(await page.evaluate('window.harmed')).toBeUndefined();
  });
});
