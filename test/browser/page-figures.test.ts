import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seriousViolations } from './looks.ts';
import { PageRelay } from './page-relay.ts';
import { COUNTED_UNTIL, dayBefore, someWeeks, weekOf } from './page-weeks.ts';
import { launch } from './support.ts';
import { chromium, HOSTILE, PATIENCE_MS } from './visit.ts';

describe.skipIf(chromium === undefined)('the figures of the team', () => {
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
    relay.figures = someWeeks();
    relay.countedUntil = COUNTED_UNTIL;
    relay.review = (environment) => weekOf(relay.figures, environment);
    url = `${await relay.listen()}api/ui`;
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
    page.setDefaultTimeout(PATIENCE_MS);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.text().includes('Content Security Policy') && problems.push(line.text()));
  }, PATIENCE_MS);

  afterEach(async () => {
    await page.close();
    await relay[Symbol.asyncDispose]();
    expect(problems).toStrictEqual([]);
  });

  const open = async (query = '') => {
    await page.goto(`${url}#/figures${query}`);
    await page.locator('#week').waitFor();
    await page.locator('#pictures').waitFor();
  };

  /** The numbers of a table, a row each. */
  const tableOf = async (title: string): Promise<string[][]> => {
    const picture = page.locator('.picture', { hasText: title });
    await picture.locator('summary').click();
    const rows = await picture.locator('tr').all();
    return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  };

  it('says what the week was like, each number beside that of the week before', async () => {
    await open();
    const keys = (await page.locator('.week-keys > div').allInnerTexts()).map((each) => each.replaceAll('\u00a0', ' '));
    const said = new Map(
      keys
        .map((each) => each.split('\n').filter(Boolean) as [string, ...string[]])
        .map(([k, ...v]) => [k, v.join(' ')]),
    );
    // Two good deployments on each day, and one bad one in this week, two in that before.
    expect(said.get('Deployments')).toBe('15 ↓ 16 the week before');
    expect(said.get('Change failure rate')).toBe('7% ↓ 13% the week before');
    expect(said.get('Lead time')).toBe('10 min 4 sec ↓ 10 min 11 sec the week before');
    expect(said.get('Events')).toBe('112 ↓ 161 the week before');
    expect(await page.locator('#week').innerText()).toContain('May 25, 2026 – May 31, 2026');
    expect(await page.locator('#week').innerText()).toContain('raise its threshold');
  });

  it('shows another environment, and keeps it in the address', async () => {
    await open();
    await page.getByRole('combobox', { name: 'Environment' }).selectOption('prod');
    await expect
      .poll(() => relay.calls.filter(({ path }) => path.endsWith('/review')).at(-1)?.query)
      .toStrictEqual({
        environment: 'prod',
      });
    expect(page.url()).toContain('environment=prod');
  });

  it('says the numbers of its pictures in tables, day by day', async () => {
    await open();
    const table = await tableOf('Messages a day');
    expect(table[0]).toStrictEqual(['Day (UTC)', 'Sent', 'In a digest', 'Given up']);
    expect(table).toHaveLength(32);
    expect(table.at(-1)).toStrictEqual([dayBefore(0).slice(5), '10', '0', '0']);
    expect(table.at(-4)).toStrictEqual([dayBefore(3).slice(5), '13', '1', '2']);
    expect(table[1]).toStrictEqual([dayBefore(30).slice(5), '0', '0', '0']);
    const spoken = await page.getByRole('img', { name: 'Events a day' }).getAttribute('aria-label');
    expect(spoken).toContain(`${dayBefore(0).slice(5)} 12`);
  });

  it('draws the capacity of a set, and its steps of the last day', async () => {
    await open('?of=set');
    const capacity = page.locator('#pictures .picture', { hasText: 'Fewest instances' });
    await capacity.locator('summary').click();
    const rows = await capacity.locator('tr').all();
    const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
    expect(cells.at(-4)).toStrictEqual([dayBefore(3).slice(5), '9', '3']);
    // Before its first step it was what that step began with.
    expect(cells[1]).toStrictEqual([dayBefore(30).slice(5), '3', '3']);
    expect(await tableOf('Steps of the last day')).toStrictEqual([
      ['Time (UTC)', 'From', 'To'],
      ['06:00', '3', '5'],
      ['12:00', '5', '3'],
      ['20:00', '3', '3'],
    ]);
  });

  it('hands out what is shown as CSV, with the sign-in of every other call and nothing of it in the address', async () => {
    relay.me = { by: '', role: 'none', via: 'none' };
    await page.goto(`${url}#/figures?of=set`);
    await page.getByLabel('Admin key').fill('right-key');
    await page.keyboard.press('Enter');
    await page.locator('#pictures').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);

    expect(file.suggestedFilename()).toBe('figures.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]?.startsWith('day,of,name,id,environment,events')).toBe(true);
    const asked = relay.calls.find(({ query }) => query['format'] === 'csv');
    expect(asked).toMatchObject({ key: 'right-key', query: { of: 'set', since: '30d' } });
    expect(JSON.stringify(asked?.query)).not.toContain('right-key');
  });

  it('says that nothing was counted yet, and why there is no review', async () => {
    relay.figures = [];
    relay.countedUntil = undefined;
    relay.review = () => undefined;
    await page.goto(`${url}#/figures`);
    await page.getByText('Nothing has been counted yet.').waitFor();

    expect(await page.getByRole('alert').innerText()).toContain('storage does not answer');
    expect(await page.locator('main').innerText()).toContain('Nothing of that was counted');
  });

  it('says of a week without events that it had none', async () => {
    relay.figures = someWeeks().filter(({ day }) => day === dayBefore(18));
    await open();

    expect(await page.locator('#week').innerText()).toContain('Nothing was told in this week.');
  });

  const hostile = `${HOSTILE} ${'x'.repeat(300)} ‮שלום Z̸͎̈́`;

  it.each(['light', 'dark'] as const)('keeps nobody out and lets no name do anything, %s', async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    relay.figures = someWeeks(hostile);
    for (const query of ['', '?of=set', '?of=receiver', '?of=nothing&name=nothing']) {
      await open(query);
      for (const summary of await page.locator('.numbers summary').all()) await summary.click();
      expect([query, await seriousViolations(page, theme)]).toStrictEqual([query, []]);
      for (const width of [1280, 390, 360]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect([query, width, wide <= width]).toStrictEqual([query, width, true]);
      }
    }
    expect(await page.evaluate('window.harmed')).toBeUndefined();
  });

  it('is reached by its key, and speaks every language', async () => {
    await page.goto(`${url}#/now`);
    await page.locator('.zone').waitFor();
    const at = await page.locator('.ui-views a').allInnerTexts();
    await page.keyboard.press(`${at.indexOf('Figures') + 1}`);
    await page.locator('#pictures').waitFor();
    for (const [name, title] of [
      ['ko', '지난 한 주'],
      ['cs', 'Poslední týden'],
      ['vi', 'Tuần qua'],
    ] as const) {
      await page
        .getByLabel(/Language|언어|Jazyk/)
        .first()
        .selectOption(name);
      await page.getByRole('heading', { name: title }).waitFor();
    }
  });
});
