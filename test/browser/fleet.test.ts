import { describe, expect, it } from 'vitest';
import { ago, cleanSet, fleetVisits, instanceOf, setOf, viewWith } from './fleet-visit.ts';
import { seriousViolations, unlabelled } from './looks.ts';
import { chromium, HOSTILE, PATIENCE_MS } from './visit.ts';

const reason = (name: string) => ({ kind: 'extensionSettings', name });

const mixed = () =>
  viewWith([
    setOf('shop-web', {
      instances: [
        instanceOf('1', { since: ago(24 * 9), reasons: [reason('first'), reason('second')] }),
        instanceOf('2', { since: ago(24 * 9), reasons: [], held: true }),
        instanceOf('10', { since: ago(3), state: 'failed' }),
      ],
    }),
    setOf('mail-api', {
      verdict: 'canary',
      location: 'koreacentral',
      instances: [instanceOf('7', { since: ago(0.5) })],
    }),
    cleanSet('pay-api'),
  ]);

describe.skipIf(chromium === undefined)('the fleet', { timeout: PATIENCE_MS }, () => {
  const visit = fleetVisits();
  const names = () => visit().page.locator('.set strong').allTextContents();
  const details = () => visit().page.locator('#details');
  const focused = () =>
    visit().page.evaluate<string>(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
    );

  it('says how to see it while the report is off', async () => {
    await visit().open(false);

    await visit().page.getByRole('heading', { name: 'The drift report is off' }).waitFor();
    expect(await visit().page.locator('#fake-command').textContent()).toBe('npm run fake-azure');
    expect(await visit().page.locator('#start-command').textContent()).toContain('DRIFT_SCOPE=');
    expect(await visit().page.locator('#check').isVisible()).toBe(false);
  });

  it('checks on demand, says what the check is doing, and shows what it found', async () => {
    const { page } = visit();
    const { promise, resolve } = Promise.withResolvers<void>();
    visit().run = async (log) => {
      log({ step: 'sets to be read', urgent: 3 });
      await promise;
      visit().view = mixed();
      log({ outcome: 'done', finished: false });
    };
    await visit().open();

    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Checking: sets to be read · urgent 3').waitFor();
    resolve();

    await page.getByRole('heading', { name: '2 of 3 scale sets drifted: 4 of 30 instances behind' }).waitFor();
    expect(await page.locator('#as-of').textContent()).toMatch(/^as of .*\d\d:\d\d:\d\d UTC$/);
    expect(await page.locator('#progress').isVisible()).toBe(false);
    await page.getByRole('alert').getByText('The next check goes on from there.').waitFor();
  });

  it('shows a check that somebody else asked for, without a reload', async () => {
    const { page, url } = visit();
    visit().run = async () => {
      visit().view = mixed();
    };
    await visit().open();

    await fetch(`${url}/admin/functions/drift`, { method: 'POST' });

    await page.getByRole('rowheader', { name: /shop-web/ }).waitFor();
  });

  it('says why a check failed', async () => {
    visit().run = () => Promise.reject(new Error('storage is away'));
    await visit().open();

    await visit().page.getByRole('button', { name: 'Check now' }).click();

    await visit().page.getByRole('alert').getByText('The last check failed: storage is away').waitFor();
  });

  it('has a word for every colour, and a shape or letter for every cell', async () => {
    const { page } = visit();
    visit().view = mixed();
    await visit().open();

    const legend = await page.locator('#legend li').allTextContents();
    expect(legend.map((text) => text.replace(/^[?H!↻]/, ''))).toStrictEqual([
      'on the model',
      'behind under 1 hour',
      'under 1 day',
      'under 1 week',
      'longer',
      'unknown',
      'held',
      'failed',
      'updating',
    ]);
    const cells = await page
      .getByRole('row', { name: /shop-web/ })
      .locator('.cell')
      .evaluateAll((all) => all.map((each) => [each.getAttribute('data-age'), each.textContent]));
    expect(cells.slice(0, 4)).toStrictEqual([
      ['older', ''],
      ['older', 'H'],
      ['day', '!'],
      ['on', ''],
    ]);
    expect(cells).toHaveLength(10);
    const heights = await page.evaluate<string[]>(
      `[...document.querySelectorAll('#legend .cell')].map((each) => getComputedStyle(each).getPropertyValue('--high'))`,
    );
    expect(heights.slice(0, 5)).toStrictEqual(['0%', '25%', '50%', '75%', '100%']);
  });

  it('leads the keyboard to every reason', async () => {
    const { page } = visit();
    visit().view = mixed();
    await visit().open();
    await page.getByRole('rowheader').first().focus();

    expect(await details().textContent()).toContain('extension settings differ: first1 instance: 1');
    await page.keyboard.press('ArrowRight');
    expect(await details().locator('.reasons li').allTextContents()).toStrictEqual([
      'extension settings differ: first',
      'extension settings differ: second',
    ]);
    expect(await focused()).toBe(
      'Instance 1, behind for 9 days: extension settings differ: first; extension settings differ: second',
    );
    await page.keyboard.press('ArrowRight');
    expect(await details().textContent()).toContain('Azure shows no difference');
    expect(await details().textContent()).toContain('skipped by upgrades');
    await page.keyboard.press('End');
    expect(await details().textContent()).toContain('image version: 1.4.2 → 1.5.0');
    expect(await details().textContent()).toContain('failed');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^Instance 7, behind for 30 min/);
    await page.keyboard.press('Control+Home');
    expect(await focused()).toBe('shop-web, Drift found, 3 of 10 behind, 9 days');
    expect(await page.locator('#grid [tabindex="0"]').count()).toBe(1);
  });

  it('shows reasons under the mouse, and goes back to what was chosen', async () => {
    const { page } = visit();
    visit().view = mixed();
    await visit().open();

    await page.getByRole('gridcell', { name: /Instance 7/ }).hover();
    expect(await details().locator('h2').textContent()).toBe('Instance 7');
    await page.mouse.move(5, 5);
    expect(await details().locator('h2').textContent()).toBe('shop-web');
  });

  it('opens the rest of a row that has more instances than are drawn', async () => {
    const { page } = visit();
    visit().view = viewWith([
      setOf('wide', { total: 120, instances: Array.from({ length: 90 }, (_, id) => instanceOf(`${id}`)) }),
    ]);
    await visit().open();
    const cells = page.locator('div.cell');
    expect(await cells.count()).toBe(40);
    await page.getByRole('rowheader').focus();

    await page.keyboard.press('End');
    expect(await focused()).toBe('+50 more');
    await page.keyboard.press('Enter');

    expect(await cells.count()).toBe(90);
    expect(await focused()).toMatch(/^Instance 40,/);
  });

  it('copies the command by button and by key', async () => {
    const { page } = visit();
    visit().view = mixed();
    await visit().open();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');

    await details().getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied: the command').waitFor({ state: 'attached' });
    expect(await copied()).toMatch(/^az vmss update-instances .* -n shop-web --instance-ids 1 10/);
    await page.getByRole('rowheader', { name: /mail-api/ }).focus();
    await page.keyboard.press('c');
    await expect.poll(copied).toMatch(/-n mail-api --instance-ids 7$/);
  });

  it('shows drifted sets first, and filters, finds and sorts; a reload keeps it', async () => {
    const { page } = visit();
    visit().view = mixed();
    await visit().open();
    expect(await names()).toStrictEqual(['shop-web', 'mail-api']);

    await page.getByRole('radio', { name: 'All' }).check();
    expect(await names()).toStrictEqual(['shop-web', 'mail-api', 'pay-api']);
    await page.getByLabel('Sort').selectOption('name');
    expect(await names()).toStrictEqual(['mail-api', 'pay-api', 'shop-web']);
    await page.getByLabel('Verdict').selectOption({ label: 'Update begun, not finished (1)' });
    expect(await names()).toStrictEqual(['mail-api']);
    await page.getByLabel('Verdict').selectOption('');
    await page.getByLabel('Find').fill('SECOND settings');
    expect(await names()).toStrictEqual(['shop-web']);

    await page.reload();
    await page.getByRole('rowheader').first().waitFor();
    expect(await names()).toStrictEqual(['shop-web']);
    expect(await page.getByLabel('Find').inputValue()).toBe('SECOND settings');
    await page.getByLabel('Find').fill('nothing like it');
    await page.getByText('No scale set fits this choice.').waitFor();
    await page.getByRole('button', { name: 'Show all scale sets' }).click();
    expect(await names()).toHaveLength(3);
  });

  it('says that nothing has drifted, and what could not be read', async () => {
    const { page } = visit();
    visit().view = viewWith([cleanSet('pay-api')], {
      subscriptions: [
        { id: 'a', name: 'Prod-EU', read: 'full' },
        { id: 'b', name: 'Prod-US', read: 'none', why: '403 AuthorizationFailed' },
      ],
    });
    await visit().open();

    await page.getByText('All 10 instances of 1 scale set are on their model.').waitFor();
    await page.getByText('Nothing has drifted.').waitFor();
    await page.getByText('1 of 2 subscriptions not read in full').waitFor();
    await page.getByText('Prod-US could not be read: 403 AuthorizationFailed').waitFor();
  });

  describe('that could not be read', () => {
    const heading = () => visit().page.locator('#summary h2').textContent();
    const unread = (why?: string) => ({ id: 'tenant', name: 'tenant', read: 'part' as const, ...(why && { why }) });

    it.each([
      ['NoToken', 'Azure was not read: NoToken. Sign in with az login.'],
      ['NoAnswer', 'Azure was not read: NoAnswer. Is npm run fake-azure running?'],
      ['TeapotOverheated', 'Azure was not read: TeapotOverheated.'],
      [undefined, 'Azure was not read.'],
    ])('says so and what to do, and nothing of its sets (%s)', async (why, said) => {
      const { page } = visit();
      visit().view = viewWith([], { subscriptions: [unread(why)] });
      await visit().open();

      await expect.poll(heading).toBe(said);
      expect(await page.getByText('on their model').count()).toBe(0);
      expect(await page.getByText('from before').count()).toBe(0);
      expect(await page.locator('#empty').isVisible()).toBe(false);
      expect(await page.getByRole('button', { name: 'Check now' }).isVisible()).toBe(true);
    });

    it('is told by a screen reader as well', async () => {
      const { page } = visit();
      visit().view = viewWith([cleanSet('pay-api')]);
      visit().run = async () => {
        visit().view = viewWith([], { subscriptions: [unread('NoToken')] });
      };
      await visit().open();

      await page.getByRole('button', { name: 'Check now' }).click();

      await expect
        .poll(() => page.locator('#announcer').textContent())
        .toBe('Checked. Azure was not read: NoToken. Sign in with az login.');
    });

    it('shows what is known from before, and says that it is', async () => {
      const { page } = visit();
      const names = ['Prod-EU', 'Prod-US'];
      visit().view = viewWith([setOf('shop-web', { readAt: ago(3) }), cleanSet('pay-api')], {
        ranAt: ago(0),
        subscriptions: names.map((name) => ({ ...unread('NoToken'), id: name, name })),
      });
      await visit().open();

      await expect.poll(heading).toContain('Azure was not read: NoToken.');
      await page.getByText('From before: 1 of 2 scale sets drifted: 3 of 20 instances behind').waitFor();
      expect(await page.locator('#summary li').allTextContents()).toStrictEqual(
        names.map((name) => `${name} could not be read: NoToken`),
      );
      await page.getByRole('rowheader', { name: /shop-web/ }).waitFor();
    });

    it('is not said where a part of it was read', async () => {
      const ranAt = ago(0);
      visit().view = viewWith([{ ...cleanSet('pay-api'), readAt: ranAt }], {
        ranAt,
        subscriptions: [unread('NoAnswer')],
      });
      await visit().open();

      await expect.poll(heading).toBe('All 10 instances of 1 scale set are on their model.');
      await visit().page.getByText('tenant read in part: NoAnswer').waitFor();
    });
  });

  it('names a set that could not be read as such, with why, and calls none of its machines up to date', async () => {
    const { page } = visit();
    const dark = setOf('shop-dark', { instances: [], verdict: 'unread', why: 'Conflict' });
    visit().view = viewWith([dark, cleanSet('pay-api')]);
    await visit().open();

    const summary = await page.locator('#summary').textContent();
    expect(summary).toContain('No scale set that was read has drifted. 1 scale set could not be read.');
    expect(summary).not.toContain('Everything was read');
    expect(summary).toContain('shop-dark could not be read: Conflict');
    const row = page.locator('[data-verdict="unread"]');
    expect(await row.textContent()).toContain('not read');
    expect(await row.locator('.cell[data-age="on"]').count()).toBe(0);
  });

  it.each([
    ['awaitingApproval', 'Upgrade awaits approval'],
    ['repairsSuspended', 'Automatic repairs suspended'],
  ] as const)('shows %s of a set with nothing behind, and its command', async (verdict, words) => {
    const { page } = visit();
    const until = ago(-2);
    const set = setOf('shop-held', {
      ...{ instances: [], verdict, advice: 'inspect', command: 'az vmss get-instance-view -n shop-held' },
      ...(verdict === 'awaitingApproval' && { approval: { until, otherwise: 'Approve' as const } }),
    });
    visit().view = viewWith([set, cleanSet('pay-api')]);
    await visit().open();

    const row = page.locator(`[data-verdict="${verdict}"]`);
    expect(await row.textContent()).toContain(words);
    await row.getByRole('rowheader').click();
    expect(await details().textContent()).toContain('az vmss get-instance-view -n shop-held');
    if (verdict === 'awaitingApproval') expect(await details().textContent()).toContain('Azure goes on by itself');
  });

  it('shows hostile names literally, and runs nothing of them', async () => {
    const { page } = visit();
    const instances = [
      instanceOf(HOSTILE, { reasons: [{ kind: HOSTILE, name: HOSTILE, from: HOSTILE, to: HOSTILE }] }),
    ];
    visit().view = viewWith([setOf(HOSTILE, { resourceGroup: HOSTILE, location: HOSTILE, instances })], {
      subscriptions: [{ id: 'x', name: HOSTILE, read: 'part', why: HOSTILE }],
    });
    await visit().open();

    expect(await names()).toStrictEqual([HOSTILE]);
    await page.getByRole('gridcell', { name: /^Instance/ }).click();
    expect(await details().locator('h2').textContent()).toBe(`Instance ${HOSTILE}`);
    expect(await details().locator('.reasons').textContent()).toContain(HOSTILE);
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
  });

  it.each([320, 390, 768])('fits a width of %i px', async (width) => {
    const { page } = visit();
    await page.setViewportSize({ width, height: 800 });
    const name = 'a-name-of-a-scale-set-that-is-as-long-as-azure-allows-it-to-be-64';
    visit().view = viewWith([setOf(name, { total: 60, resourceGroup: name, verdict: 'autoFailed' }), ...mixed().sets]);
    await visit().open();

    await page.getByRole('gridcell', { name: /^Instance 0/ }).click();

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await details().getByRole('button', { name: 'Copy' }).isVisible()).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no serious accessibility violation in the %s theme', async (colorScheme) => {
    const { page } = visit();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    visit().view = mixed();
    await visit().open();
    await page.getByRole('gridcell', { name: /^Instance 10/ }).focus();

    expect(await seriousViolations(page, colorScheme)).toStrictEqual([]);
    expect(await unlabelled(page)).toStrictEqual([]);
  });

  it('draws 5,000 drifted sets a part at a time, and finds one of them', async () => {
    const { page } = visit();
    visit().view = viewWith(Array.from({ length: 5_000 }, (_, at) => setOf(`set-${at}`, { total: 20 })));

    await visit().open();
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.locator('.grid-row').count()).toBe(200);
    await page.getByRole('button', { name: 'Show 200 more of 4,800' }).click();
    expect(await page.locator('.grid-row').count()).toBe(400);
    expect(await focused()).toMatch(/^set-200,/);
    await page.getByLabel('Find').fill('set-4999');
    await expect.poll(names).toStrictEqual(['set-4999']);
  });

  it('is reached from the inbox, and leads back to it', async () => {
    const { page, url } = visit();
    await visit().open();

    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.waitForURL(`${url}/`);
    await page.getByRole('link', { name: 'Fleet' }).click();

    await page.getByRole('heading', { name: 'Nothing has been checked yet' }).waitFor();
  });

  it('closes the card by its button and by Esc, and has it again for a row that is chosen', async () => {
    visit().view = viewWith([setOf('shop-web'), setOf('shop-api')]);
    await visit().open();
    const { page } = visit();
    await details().waitFor();

    await details().getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => details().count()).toBe(0);
    await page.locator('[data-set$="shop-api"] .set').click();
    await expect.poll(() => details().locator('h2').textContent()).toBe('shop-api');
    await page.keyboard.press('Escape');
    await expect.poll(() => details().count()).toBe(0);
  });

  it('begins without the card on a phone, and has its legend in one line on a desktop', async () => {
    visit().view = viewWith([setOf('shop-web', { verdict: 'cancelled' }), setOf('shop-api', { verdict: 'rolling' })]);
    await visit().open();
    const { page } = visit();
    expect((await page.locator('#legend').boundingBox())?.height).toBeLessThan(30);
    const signs = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.verdict strong')].map((each) => getComputedStyle(each, '::before').content)`,
    );
    expect(new Set(signs).size).toBe(2);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.locator('.grid-row').first().waitFor();
    expect(await details().count()).toBe(0);
  });
});
