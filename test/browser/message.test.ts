import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import { shortId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { teamsPayload } from './messages.ts';
import { chromium, PATIENCE_MS, visits } from './visit.ts';

const { scale, alert, drift } = examples;

describe.skipIf(chromium === undefined)('beside a message', { timeout: PATIENCE_MS }, () => {
  const visit = visits();
  const clipboard = () => visit().page.evaluate<string>('navigator.clipboard.readText()');

  it('stands the event that it tells, by mouse and by arrow keys', async () => {
    const { page } = visit();
    const { slack } = visit().pushEvent(scale);
    const json = async () => JSON.parse((await visit().message('slack').locator('.json pre').textContent()) || '0');
    await visit().message('slack').locator('summary').click();
    await expect.poll(json).toStrictEqual(slack.payload);

    await visit().message('slack').getByRole('tab', { name: 'Event' }).click();
    expect(await json()).toStrictEqual(scale);
    expect(await page.getByRole('tabpanel', { name: 'Event' }).count()).toBe(1);

    await page.keyboard.press('ArrowLeft');
    expect(await json()).toStrictEqual(slack.payload);
  });

  it.each(['slack', 'teams'] as const)('stand the charts of a review, drawn and said: %s', async (destination) => {
    const payload = messages[destination].format(examples.review, { say: locales.en, timeZone: 'UTC', charts: true });
    visit().inbox.push({ event: shortId(examples.review.id), destination, payload, about: examples.review });

    const chart = visit()
      .message(destination)
      .getByRole('img', { name: /^Day by day\. Alerts: 11-13 3, 11-14 0,/ });
    await chart.waitFor();
    expect(await chart.locator('rect').count()).toBe(21);
    expect(
      await visit()
        .message(destination)
        .getByRole('img', { name: /^shop-web · instances\./ })
        .count(),
    ).toBe(1);
    expect(await visit().message(destination).locator('.unknown').count()).toBe(0);
  });

  it('stands the same in the Markdown of Mattermost, as its readers see it', async () => {
    const planted = { ...alert, description: '**loud** ![a](https://evil.example/x.png) <b>' };
    const payload = messages.mattermost.format(planted, { say: locales.en, timeZone: 'UTC' });
    visit().inbox.push({ event: shortId(alert.id), destination: 'mattermost', payload, about: planted });

    await visit().message('mattermost').getByText('**loud** ![a](https').waitFor();
    expect(await visit().message('mattermost').locator('img[src^="http"]').count()).toBe(0);
    expect(await visit().message('mattermost').locator('strong').count()).toBeGreaterThan(0);
  });

  it('stands the card of Google Chat, with its links and what is called, and no tag of a sender', async () => {
    const planted = { ...alert, description: '<b>loud</b> <img src="https://evil.example/x.png"> <users/all>' };
    const mention = { type: 'user', id: '107946847022116401880', name: 'Kim Min-ji' } as const;
    const payload = messages['google-chat'].format(planted, {
      say: locales.en,
      timeZone: 'UTC',
      mentions: [mention],
    });
    visit().inbox.push({ event: shortId(alert.id), destination: 'google-chat', payload, about: planted });
    const message = visit().message('google-chat');

    await message.locator('.chat-card').getByText('<b>loud</b> <img src').waitFor();
    // A relay that tells neither Slack nor Teams waits for neither.
    expect(await visit().page.locator('.ghost').filter({ visible: true }).count()).toBe(0);
    await message.locator('.mention', { hasText: `@${mention.id}` }).waitFor();
    expect(await message.locator('.mention').count()).toBe(1);
    expect(await message.locator('img[src^="http"]').count()).toBe(0);
    expect(await message.locator('.chat-button').count()).toBeGreaterThan(0);
    expect(await message.locator('.unknown').count()).toBe(0);
  });

  it('stands what PagerDuty is told, with its action, details and links', async () => {
    const planted = { ...alert, description: '<img src="https://evil.example/x.png"> [x](https://evil.example)' };
    const payload = messages.pagerduty.format(planted, { say: locales.en, timeZone: 'UTC' });
    visit().inbox.push({ event: shortId(alert.id), destination: 'pagerduty', payload, about: planted });
    const message = visit().message('pagerduty');

    await message.getByText('Triggers', { exact: true }).waitFor();
    await message.locator('dd').getByText(planted.description).waitFor();
    expect(await message.locator('dt').allTextContents()).toContain('dedup_key');
    expect(await message.getByRole('link').count()).toBe(planted.links.length);
    expect(await message.locator('img[src^="http"]').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)(
    'stands a mail as programs show it, in %s, in a frame without rights',
    async (colorScheme) => {
      const { page } = visit();
      await page.emulateMedia({ colorScheme });
      const planted = {
        ...alert,
        description: '<b>loud</b> <img src="https://evil.example/x.png"> https://evil.example/',
      };
      const payload = messages.email.format(planted, { say: locales.en, timeZone: 'UTC' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      visit().inbox.push({ event: shortId(alert.id), destination: 'email', payload, about: planted });
      const message = visit().message('email');
      const mail = message.frameLocator('iframe');

      await mail.locator('.quote', { hasText: '<b>loud</b> <img src' }).waitFor();
      expect(await message.locator('iframe').getAttribute('sandbox')).toBe('');
      expect(await mail.locator('img').count()).toBe(0);
      expect(await mail.locator('h1').textContent()).toContain('Alert fired');
      const frame = await (await message.locator('iframe').elementHandle())?.contentFrame();
      const colors = await frame?.evaluate<string[]>(
        '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
      );
      expect(colors).toStrictEqual(
        colorScheme === 'light' ? ['rgb(31, 35, 40)', 'rgb(255, 255, 255)'] : ['rgb(230, 232, 236)', 'rgb(22, 24, 29)'],
      );
      expect(asked.filter((url) => url.includes('evil'))).toStrictEqual([]);
      if (process.env['MAIL_SHOT'])
        await message.screenshot({ path: `${process.env['MAIL_SHOT']}-${colorScheme}.png` });
    },
  );

  it('stands its size against what it may take', async () => {
    const { slack, teams } = visit().pushEvent(alert);

    for (const { destination, size } of [slack, teams]) {
      const meter = visit().message(destination).getByRole('meter', { name: 'Size' });
      await meter.waitFor();
      expect(await meter.getAttribute('aria-valuenow')).toBe(String(size?.measured));
      expect(await meter.getAttribute('aria-valuemax')).toBe(String(size?.most));
    }
    await visit()
      .message('slack')
      .getByText(/^[\d.]+ kB of 12 kB$/)
      .waitFor();
    await visit()
      .message('teams')
      .getByText(/^[\d.]+ kB of 20 kB$/)
      .waitFor();
  });

  it('are buttons that copy what the tools of Slack and Microsoft take, and say so', async () => {
    const { page } = visit();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    visit().pushEvent(scale);
    const voice = { say: locales.en, timeZone: 'UTC' };
    const { blocks, attachments } = messages.slack.format(scale, voice);

    await visit().message('slack').locator('summary').click();
    await visit().message('slack').getByRole('button', { name: 'Copy for Block Kit Builder' }).click();
    await expect
      .poll(() => page.locator('#announcer').textContent())
      .toBe('Copied: the Slack message for the Block Kit Builder');
    expect(JSON.parse(await clipboard())).toStrictEqual({ blocks, attachments });

    await visit().message('teams').locator('summary').click();
    await visit().message('teams').getByRole('button', { name: 'Copy for card designer' }).click();
    await expect.poll(() => page.locator('#announcer').textContent()).toContain('Copied: the Microsoft Teams message');
    expect(JSON.parse(await clipboard())).toStrictEqual(messages.teams.format(scale, voice).attachments[0].content);

    await visit().message('teams').getByRole('tab', { name: 'Event' }).click();
    await visit().message('teams').getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(async () => JSON.parse(await clipboard())).toStrictEqual(scale);
  });

  it('stays open what was open when the language changes', async () => {
    visit().pushEvent(scale);
    await visit().message('slack').locator('summary').click();

    await visit().page.getByLabel('Language').selectOption('vi');

    const said = messages.slack.format(scale, { say: locales.vi, timeZone: 'UTC' }).text;
    await expect.poll(() => visit().message('slack').locator('.json pre').textContent()).toContain(said);
  });

  it('are lists, commands and times, drawn as each chat does', async () => {
    visit().pushEvent(drift);
    const slack = visit().message('slack');
    const teams = visit().message('teams');

    await slack.locator('li').first().waitFor();
    expect(await slack.locator('pre').first().textContent()).toBe(drift.command);
    expect(await slack.locator('.rich time').count()).toBeGreaterThan(0);
    await teams.getByText(/^• /).first().waitFor();
    expect(await visit().page.locator('main .unknown').count()).toBe(0);
  });

  it('is a mention in its own colours, and one without an entity is text', async () => {
    visit().pushEvent(scale, { type: 'user', id: 'U0123', name: 'Kim Min-ji' });
    await visit().message('slack').locator('.mention', { hasText: '@U0123' }).waitFor();
    await visit().message('teams').locator('.mention', { hasText: 'Kim Min-ji' }).waitFor();

    const [text] = ['<at>Bob</at>'];
    const card = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text }] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    visit().inbox.push({ destination: 'teams', payload: { ...teamsPayload('x'), attachments } });

    await visit().page.getByText('<at>Bob</at>', { exact: true }).waitFor();
    expect(await visit().page.locator('.mention', { hasText: 'Bob' }).count()).toBe(0);
  });

  it('stands what a subscriber got, where one is configured', async () => {
    visit().pushEvent(scale);
    expect(await visit().message('webhook').count()).toBe(0);
    const payload = messages.webhook.format(scale, { say: locales.en, timeZone: 'UTC' });

    visit().inbox.push({ destination: 'webhook', event: shortId(scale.id), payload, about: scale, status: 204 });

    await visit().message('webhook').getByText(payload.type).waitFor();
    expect(await visit().page.locator('.row').count()).toBe(1);
  });
});
