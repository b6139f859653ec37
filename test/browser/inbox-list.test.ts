import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import { shortId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { seriousViolations } from './looks.ts';
import { slackPayload } from './messages.ts';
import { chromium, PATIENCE_MS, visits } from './visit.ts';

describe.skipIf(chromium === undefined)('the inbox as a list', { timeout: PATIENCE_MS }, () => {
  const visit = visits();
  const lines = () => visit().page.locator('.virtual-row');
  const alert = (receiver: string) =>
    visit().inbox.push({
      ...{ event: shortId(examples.alert.id), destination: 'slack', about: examples.alert, receiver },
      payload: messages.slack.format(examples.alert, { say: locales.en, timeZone: 'UTC' }),
    });

  it('has a line for each event, of which one opens its cards and Esc closes them; a reload still has it', async () => {
    const { page } = visit();
    visit().pushPair('aaaaaa', 'the first');
    alert('ops-slack');
    await expect.poll(() => page.locator('.row').count()).toBe(2);

    await page.keyboard.press('v');
    await expect.poll(() => lines().count()).toBe(2);
    const [line = ''] = await lines().allTextContents();
    for (const part of [examples.alert.severity, examples.alert.resource.name, 'ops-slack', 'UTC']) {
      expect(line).toContain(part);
    }
    expect(await page.locator('article.message').count()).toBe(0);

    await page.locator('.virtual').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => visit().titles()).toStrictEqual(['the first']);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await seriousViolations(page, theme)).toStrictEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('article.message').count()).toBe(0);

    await page.goto(visit().url);
    await expect.poll(() => lines().count()).toBe(2);
  });

  it('finds words, ids and receivers, and what is severe', async () => {
    const { page } = visit();
    visit().pushPair('aaaaaa', 'from 2 to 4 instances');
    alert('ops-slack');
    const find = page.locator('input[name="find"]');
    const shown = () => page.locator('.row').count();
    await expect.poll(shown).toBe(2);

    for (const [words, count] of [
      ['INSTANCES from', 1],
      ['aaaaaa', 1],
      [examples.alert.id, 1],
      ['ops-slack', 1],
      ['rich_text_section', 0],
    ] as const) {
      await find.fill(words);
      await expect.poll(shown, { message: words }).toBe(count);
    }
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(shown).toBe(2);
    await page.locator('select[name="severity"]').selectOption(examples.alert.severity);
    await expect.poll(shown).toBe(1);
    await page.locator('select[name="severity"]').selectOption('');
    await page.locator('select[name="receiver"]').selectOption('ops-slack');
    await expect.poll(shown).toBe(1);
  });

  it('stays quick with 1,000 messages, and counts what is new above the place where one reads', async () => {
    const { inbox, page, url } = visit();
    for (let number = 0; number < 1000; number += 1) {
      inbox.push({ event: `e${number}`, destination: 'slack', payload: slackPayload(`told ${number}`) }, false);
    }
    await page.goto(`${url}#view=list`);
    await page.reload();
    await lines().first().waitFor();
    expect(await lines().count()).toBeLessThan(80);

    await page.locator('.virtual').focus();
    await page.keyboard.press('End');
    await lines().getByText('told 0', { exact: true }).waitFor();
    const top = () => page.locator('.virtual').evaluate((list: { scrollTop: number }) => list.scrollTop);
    const before = await top();
    inbox.push({ event: 'news', destination: 'slack', payload: slackPayload('news') });

    await page.getByRole('button', { name: '1 new' }).click();
    await lines().getByText('news', { exact: true }).waitFor();
    expect(before).toBeGreaterThan(30_000);
    await expect.poll(() => page.locator('#unseen').count()).toBe(0);
  });

  it('shows the digest of two chats as one row', async () => {
    const { inbox, page } = visit();
    visit().pushPair('aaaaaa', 'Many events at once: 5 events');
    const [, slack] = [0, inbox.push({ event: 'bbbbbb', destination: 'slack', payload: slackPayload('3 events') })];
    const { payload } = visit().pushPair('cccccc', '3 events').teams;

    await expect.poll(() => page.locator('.row').count()).toBe(3);
    expect(slack.event).not.toBe('cccccc');
    inbox.push({ event: 'dddddd', destination: 'teams', payload });
    await page.locator('article[data-destination="teams"]').nth(2).waitFor();
    expect(await page.locator('.row').count()).toBe(3);
  });

  it('leaves the page to its messages on a phone', async () => {
    const { page } = visit();
    await page.setViewportSize({ width: 390, height: 844 });
    for (let number = 0; number < 6; number += 1) visit().pushPair(`a${number}`, `told ${number}`);
    await expect.poll(() => page.locator('.row').count()).toBe(6);
    const header = () => page.locator('header.top').boundingBox();

    expect((await header())?.height).toBeLessThan(250);
    const picks = await page.locator('.pick').all();
    const boxes = await Promise.all(picks.map((pick) => pick.boundingBox()));
    const widest = await page.locator('.pick .switch').first().boundingBox();
    expect((widest?.x ?? 0) + (widest?.width ?? 0)).toBeLessThanOrEqual(boxes[1]?.x ?? 0);
    await page.mouse.wheel(0, 2000);
    await expect.poll(async () => ((await header())?.y ?? 0) + ((await header())?.height ?? 0)).toBeLessThan(120);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
