import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gallery } from '../../scripts/gallery.ts';
import { locales } from '../../src/locales/registry.ts';
import { cutButtons, overflowing, seriousViolations, unlabelled } from '../browser/looks.ts';
import { launch } from '../browser/support.ts';
import { chromium, PATIENCE_MS } from '../browser/visit.ts';
import { variantNames } from '../support/variants.ts';

const localeNames = Object.keys(locales);

describe.skipIf(chromium === undefined)('the gallery', { timeout: 4 * PATIENCE_MS }, () => {
  let folder: string;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relay-gallery-'));
    await writeFile(join(folder, 'index.html'), await gallery());
    address = pathToFileURL(join(folder, 'index.html')).href;
    browser = await launch(chromium ?? '');
  }, PATIENCE_MS);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The gallery as the address says, from a file and without a network; fails when the page throws or asks for more. */
  async function open(hash: string, { width = 1400, scheme = 'light' as 'light' | 'dark' } = {}): Promise<Page> {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(PATIENCE_MS);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => problems.push(line.text()));
    page.on('request', (request) => request.url().startsWith(address) || problems.push(request.url()));
    await page.goto(`${address}#${hash}`);
    await page.locator('article').first().waitFor();
    expect(problems).toStrictEqual([]);
    return page;
  }

  it('is the same whenever it is made', async () => {
    expect(await gallery()).toBe(await gallery());
  });

  it('shows every variant in both chats in every language, and all of them are taken', async () => {
    const page = await open('language=all');

    expect(await page.locator('.row').count()).toBe(variantNames.length * localeNames.length);
    expect(await page.locator('article[data-destination="slack"] .badge.taken').count()).toBe(
      variantNames.length * localeNames.length,
    );
    expect(await page.locator('.badge.refused').allTextContents()).toStrictEqual([]);
    expect(await page.locator('main .unknown').allTextContents()).toStrictEqual([]);
    expect(await page.locator('article[data-destination="teams"]').count()).toBe(await page.locator('.row').count());
    await page.close();
  });

  it.each(localeNames.flatMap((locale) => ['300', '560'].map((width) => [locale, width] as const)))(
    'has nothing that overflows, is cut or has no name, in %s at %s px',
    async (locale, width) => {
      const page = await open(`language=${locale}&width=${width}`);

      const bodies = page.locator('.slack-body, .teams-body');
      expect(await bodies.count()).toBe(2 * variantNames.length);
      expect((await bodies.first().boundingBox())?.width).toBe(Number(width));
      expect(await overflowing(page)).toStrictEqual([]);
      expect(await cutButtons(page)).toStrictEqual([]);
      expect(await unlabelled(page)).toStrictEqual([]);
      await page.close();
    },
  );

  it.each(localeNames)('fits a phone of 360 px in %s', async (locale) => {
    const page = await open(`language=${locale}`, { width: 360 });

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await overflowing(page)).toStrictEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has no serious accessibility violation in the %s theme', async (scheme) => {
    const page = await open('language=ko&width=300', { scheme });
    await page.locator('summary').first().click();

    expect(await seriousViolations(page, scheme)).toStrictEqual([]);
    await page.close();
  });

  it('would be told of what overflows, is cut or has no name', async () => {
    const page = await open('language=en&width=300&kind=scale');
    await page.evaluate(`{
      const [button, line] = [document.querySelector('.ac-pushButton'), document.querySelector('.slack-body .line')];
      button.style.whiteSpace = 'nowrap';
      button.textContent = 'A title that no narrow card can hold in one line';
      line.style.whiteSpace = 'pre';
      line.textContent = 'One line that is wider than its message, '.repeat(3);
      document.querySelector('.slack-button').replaceChildren();
      document.querySelector('.slack-button').removeAttribute('aria-label');
    }`);

    expect(await overflowing(page)).toContainEqual(expect.stringContaining('One line that is wider'));
    expect(await cutButtons(page)).toContainEqual(expect.stringContaining('A title that no'));
    expect(await unlabelled(page)).toHaveLength(1);
    await page.close();
  });

  it('is reached whole by the keyboard', async () => {
    const page = await open('kind=drift&language=vi');
    await page.locator('summary').first().click();
    await page.evaluate('document.activeElement.blur()');
    const wanted = await page.evaluate<number>(
      `[...document.querySelectorAll('a[href], button, select, summary, [tabindex="0"], input:checked')]
        .filter((each) => each.checkVisibility() && each.tabIndex >= 0).length`,
    );

    await page.evaluate('window.reached = new Set()');
    for (let presses = 0; presses < wanted; presses += 1) {
      await page.keyboard.press('Tab');
      await page.evaluate('window.reached.add(document.activeElement)');
    }

    expect(wanted).toBeGreaterThan(20);
    expect(await page.evaluate('window.reached.size')).toBe(wanted);
    await page.close();
  });

  it('keeps what was chosen over a reload, by mouse and by key', async () => {
    const page = await open('');
    expect(await page.locator('.row').count()).toBe(variantNames.length);

    await page.getByLabel('Kind').selectOption('alert');
    await page.getByRole('radio', { name: '300 px' }).check();
    // The list has the focus no more, so that letters are keys again.
    await page.locator('article').first().focus();
    await page.keyboard.press('l');
    await page.keyboard.press('c');
    const shown = await page.locator('h2').filter({ visible: true }).allTextContents();
    await page.reload();

    expect(new URL(page.url()).hash).toBe('#kind=alert&chat=slack&language=ko&width=300');
    expect(await page.locator('h2').filter({ visible: true }).allTextContents()).toStrictEqual(shown);
    expect(await page.getByLabel('Language').inputValue()).toBe('ko');
    expect(await page.locator('article[data-destination="teams"]').first().isVisible()).toBe(false);
    await page.close();
  });
});
