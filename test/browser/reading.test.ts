import { describe, expect, it } from 'vitest';
import { seriousViolations } from './looks.ts';
import { chromium, HOSTILE, keyOf, PATIENCE_MS, visits } from './visit.ts';

describe.skipIf(chromium === undefined)('a message in the inbox', { timeout: PATIENCE_MS }, () => {
  const visit = visits();

  it('reads what Slack and Teams read: styles, links, dates and entities', async () => {
    visit().pushPair('a1b2c3', 'plain');

    await visit().message('slack').locator('strong', { hasText: 'Scaling out' }).waitFor();
    await visit().message('slack').getByText('autoscale & more · 2026-11-').waitFor();
    await visit().message('teams').getByText('strong *plain* docs [no](javascript:void)').waitFor();
    await visit()
      .message('teams')
      .getByText('Fri, Nov 20, 2026')
      .or(visit().message('teams').getByText('Sat, Nov 21, 2026'))
      .waitFor();
    const link = visit().message('teams').locator('a');
    expect(await link.count()).toBe(1);
    expect(await link.getAttribute('href')).toBe('https://example.com');
  });

  it('has the raw JSON one click away', async () => {
    const { slack, teams } = visit().pushPair('a1b2c3', HOSTILE);

    for (const [name, { payload }] of Object.entries({ slack, teams })) {
      await visit().message(name).getByText('JSON', { exact: true }).click();
      await expect
        .poll(async () => JSON.parse((await visit().message(name).locator('.json pre').textContent()) || '0'))
        .toStrictEqual(payload);
    }
  });

  it('shows hostile text as text', async () => {
    const { page } = visit();
    visit().pushPair('a1b2c3', HOSTILE);

    expect(await visit().message('slack').locator('blockquote').textContent()).toBe(HOSTILE);
    expect(await visit().message('slack').locator('.context span').first().textContent()).toBe(HOSTILE);
    expect(await visit().message('teams').locator('.ac-richTextBlock').first().textContent()).toBe(HOSTILE);
    expect(await visit().titles()).toStrictEqual([HOSTILE]);
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.evaluate('window.harmed')).toBeUndefined();
  });

  it('names what it cannot draw', async () => {
    const { inbox, page } = visit();
    inbox.push({ destination: 'slack', payload: { blocks: [{ type: 'video' }] } });
    inbox.push({ destination: 'slack', payload: 'not JSON' });
    inbox.push({ destination: 'teams', payload: { text: 'not a card' } });

    await page.getByText('block “video” is not drawn here').waitFor();
    await page.getByText('message “without content” is not drawn here').waitFor();
    await visit().message('teams').getByText('is not drawn here').waitFor();
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = visit();
    const { slack, teams } = visit().pushPair('a1b2c3', 'x');
    await visit().message('teams').waitFor();
    const open = () => visit().message('teams').locator('details').getAttribute('open');

    await page.keyboard.press('j');
    expect(await visit().focused()).toBe(keyOf(slack));
    await page.keyboard.press('ArrowDown');
    expect(await visit().focused()).toBe(keyOf(teams));
    await page.keyboard.press('Enter');
    expect(await open()).toBe('');
    await page.keyboard.press('o');
    expect(await open()).toBeNull();
    await page.keyboard.press('k');
    expect(await visit().focused()).toBe(keyOf(slack));
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
  });

  it('fits a phone', async () => {
    const { inbox, page } = visit();
    await page.setViewportSize({ width: 390, height: 844 });
    const { slack } = visit().pushPair('a1b2c3', `${HOSTILE} /subscriptions/${'0'.repeat(300)}`);
    inbox.push({ destination: 'teams', payload: {}, status: 400, answer: `BadRequest${'x'.repeat(200)}` });
    await page.locator(`[data-key="${keyOf(slack)}"] summary`).click();

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const [first, second] = [
      await visit().message('slack').boundingBox(),
      await visit().message('teams').last().boundingBox(),
    ];
    expect(second?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0));
  });

  it('remembers the theme that was chosen', async () => {
    const { page } = visit();
    visit().pushPair('a1b2c3', 'x');
    await visit().message('teams').waitFor();
    const card = () =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('.ac-adaptiveCard')).backgroundColor`);
    expect(await card()).toBe('rgb(255, 255, 255)');

    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await card()).toBe('rgb(45, 44, 44)');

    await page.reload();
    await visit().message('teams').waitFor();
    expect(await card()).toBe('rgb(45, 44, 44)');
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no serious accessibility violation in the %s theme', async (colorScheme) => {
    const { inbox, page } = visit();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page, colorScheme)).toStrictEqual([]);

    const { slack } = visit().pushPair('a1b2c3', HOSTILE);
    inbox.push({
      destination: 'slack',
      payload: { blocks: [{ type: 'video' }] },
      status: 400,
      answer: 'invalid_blocks',
      reason: 'blocks[0] is unknown',
    });
    await page.locator(`[data-key="${keyOf(slack)}"] summary`).click();
    await page.locator('.badge.refused').waitFor();
    expect(await seriousViolations(page, colorScheme)).toStrictEqual([]);

    await page.keyboard.press('?');
    expect(await seriousViolations(page, colorScheme)).toStrictEqual([]);
  });
});
