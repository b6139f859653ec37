import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { seriousViolations } from './looks.ts';
import { chromium, PATIENCE_MS, visits } from './visit.ts';

// As they happen: what is told long afterwards says so, and the relay does again in any language.
const occurredAt = new Date().toISOString();
const scale = { ...examples.scale, occurredAt };
const alert = { ...examples.alert, occurredAt };

describe.skipIf(chromium === undefined)('the lens of the inbox', { timeout: PATIENCE_MS }, () => {
  const visit = visits();

  it('is away while there is nothing to look at', async () => {
    expect(await visit().page.getByLabel('Language').isVisible()).toBe(false);
    visit().pushEvent(scale);

    await visit().page.getByLabel('Language').waitFor();
    const offered = await visit().page.getByLabel('Language').locator('option').allTextContents();
    expect(offered).toStrictEqual(['As it was sent', 'English', '한국어', 'Čeština', 'Tiếng Việt']);
  });

  it('shows a message in another language and zone, as the relay would write it, and back', async () => {
    const { page } = visit();
    visit().pushEvent(scale);
    const [before] = await visit().titles();

    await page.getByLabel('Language').selectOption('ko');
    await page.getByLabel('Time zone').selectOption('Asia/Seoul');
    const told = messages.slack.format(scale, { say: locales.ko, timeZone: 'Asia/Seoul' });
    await expect.poll(() => visit().titles()).toStrictEqual([told.text]);
    await visit().message('slack').locator('time[title*="GMT+9"]').waitFor();
    const inSeoul = visit().message('teams').getByText('GMT+9');
    await inSeoul.first().waitFor();
    expect(await visit().message('teams').locator('.teams-body').getAttribute('lang')).toBe('ko');

    await page.getByLabel('Language').selectOption('');
    await page.getByLabel('Time zone').selectOption('');
    await expect.poll(() => visit().titles()).toStrictEqual([before]);
    await expect.poll(() => inSeoul.count()).toBe(0);
  });

  it.each([
    ['Kind', 'scale'],
    ['Chat', 'Slack'],
    ['Width', '300 px'],
  ])('does so as well when %s was chosen before', async (label, choice) => {
    const { page } = visit();
    visit().pushEvent(scale);
    if (label === 'Kind') await page.getByLabel('Kind').selectOption(choice);
    else await page.getByRole('radio', { name: choice }).check();

    await page.getByLabel('Language').selectOption('ko');
    await page.getByLabel('Time zone').selectOption('Asia/Seoul');

    const told = messages.slack.format(scale, { say: locales.ko, timeZone: 'Asia/Seoul' });
    await expect.poll(() => visit().titles()).toStrictEqual([told.text]);
  });

  it('offers UTC, the zone of the browser and those of the languages, each once', async () => {
    const { page } = visit();
    visit().pushEvent(scale);
    const own = await page.evaluate<string>('Intl.DateTimeFormat().resolvedOptions().timeZone');

    const zones = await page
      .getByLabel('Time zone')
      .locator('option')
      .evaluateAll((all) => all.map((each) => ('value' in each ? each.value : undefined)));

    expect(new Set(zones)).toStrictEqual(new Set(['', 'UTC', own, 'Asia/Seoul', 'Europe/Prague', 'Asia/Ho_Chi_Minh']));
    expect(zones).toHaveLength(new Set(zones).size);
  });

  it('leaves a message as it was sent where the event is not known', async () => {
    const { page } = visit();
    visit().pushPair('aaaaaa', 'from elsewhere');
    visit().pushEvent(scale);

    await page.getByLabel('Language').selectOption('cs');

    await expect
      .poll(() => visit().titles())
      .toStrictEqual([messages.slack.format(scale, { say: locales.cs, timeZone: 'UTC' }).text, 'from elsewhere']);
  });

  describe('of a relay that does not answer', () => {
    const asked: string[] = [];
    const refuse = async () => {
      asked.length = 0;
      await visit().page.route('**/as?*', (route) => {
        asked.push(route.request().url());
        return route.fulfill({ status: 500, body: 'no' });
      });
    };
    const told = () => messages.slack.format(scale, { say: locales.vi, timeZone: 'UTC' }).text;

    it('shows the message as it was sent, and asks once', async () => {
      const { page } = visit();
      await refuse();
      visit().pushEvent(scale);
      const [before] = await visit().titles();

      await page.getByLabel('Language').selectOption('vi');
      await expect.poll(() => asked).toHaveLength(2);
      await page.waitForTimeout(300);

      expect(asked).toHaveLength(2);
      expect(await visit().titles()).toStrictEqual([before]);
    });

    it('asks again when the reader chooses again', async () => {
      const { page } = visit();
      await refuse();
      visit().pushEvent(scale);
      await page.getByLabel('Language').selectOption('vi');
      await expect.poll(() => asked).toHaveLength(2);
      await page.unroute('**/as?*');

      await page.getByLabel('Language').selectOption('');
      await page.getByLabel('Language').selectOption('vi');

      await expect.poll(() => visit().titles()).toStrictEqual([told()]);
    });

    it('asks again once the relay is there again', async () => {
      const { inbox, page } = visit();
      await refuse();
      visit().pushEvent(scale);
      await page.getByLabel('Language').selectOption('vi');
      await expect.poll(() => asked).toHaveLength(2);
      await page.unroute('**/as?*');

      inbox.dropStreams();

      await expect.poll(() => visit().titles()).toStrictEqual([told()]);
    });
  });

  it('filters by kind and by chat, by mouse and by key, and a reload keeps it', async () => {
    const { page } = visit();
    visit().pushEvent(scale);
    visit().pushEvent(alert);
    await expect.poll(() => visit().titles()).toHaveLength(2);

    await page.getByLabel('Kind').selectOption('alert');
    await expect.poll(() => visit().titles()).toStrictEqual([expect.stringContaining('CPU')]);
    expect(await page.locator('#counter').textContent()).toBe('1 of 2 events shown');
    await page.locator('article').first().focus();
    await page.keyboard.press('c');
    expect(await visit().message('slack').isVisible()).toBe(true);
    expect(await visit().message('teams').isVisible()).toBe(false);
    expect(await page.locator('#announcer').textContent()).toBe('Chat: Slack');

    await page.reload();
    await expect.poll(() => visit().titles()).toStrictEqual([expect.stringContaining('CPU')]);
    expect(await visit().message('teams').isVisible()).toBe(false);

    await page.keyboard.press('f');
    await page.getByText('No message fits this choice').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => visit().titles()).toHaveLength(2);
    expect(await visit().message('teams').first().isVisible()).toBe(true);
  });

  it('takes nothing from an address that is not offered', async () => {
    const { page, url } = visit();
    visit().pushEvent(scale);
    const [before] = await visit().titles();

    await page.goto(`${url}#language=xx&zone=Mars/Olympus&kind=%3Cb%3E&width=1&chat=irc`);
    await page.reload();

    await expect.poll(() => visit().titles()).toStrictEqual([before]);
    expect(await page.getByLabel('Language').inputValue()).toBe('');
  });

  it.each([300, 560])('shows messages at a width of %i px', async (width) => {
    const { page } = visit();
    await page.setViewportSize({ width: 1400, height: 900 });
    visit().pushEvent(scale);

    await page.getByRole('radio', { name: `${width} px` }).check();

    for (const body of ['.slack-body', '.teams-body'])
      expect((await page.locator(body).boundingBox())?.width).toBe(width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1400);
  });

  it('keeps letters for a list that has the focus', async () => {
    const { page } = visit();
    visit().pushEvent(scale);
    await page.getByLabel('Kind').focus();

    await page.keyboard.press('w');

    expect(await page.getByRole('radio', { name: 'Full' }).isChecked()).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no serious accessibility violation in the %s theme', async (colorScheme) => {
    const { page } = visit();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { slack } = visit().pushEvent(alert, { type: 'group', id: 'S0123', name: 'On call' });
    await visit().message('slack').locator('summary').click();
    await page.getByRole('tab', { name: 'Event' }).click();

    expect(slack.destination).toBe('slack');
    expect(await seriousViolations(page, colorScheme)).toStrictEqual([]);
  });
});
