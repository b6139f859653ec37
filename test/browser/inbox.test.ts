import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configFile } from '../../src/config/schema.ts';
import { shortId } from '../../src/event/identity.ts';
import { examples } from '../support/examples.ts';
import { slackPayload } from './messages.ts';
import { chromium, PATIENCE_MS, visits } from './visit.ts';

if (chromium === undefined) console.log('The inbox page is not tested: no Chromium was found (set CHROMIUM_PATH).');

describe.skipIf(chromium === undefined)('the inbox', { timeout: PATIENCE_MS }, () => {
  const visit = visits();

  it('tells a newcomer what to do while it is empty', async () => {
    const { page, url } = visit();
    await page.getByRole('heading', { name: 'Nothing has scaled yet' }).waitFor();

    expect(await page.locator('#curl').textContent()).toContain(`curl -i ${url}api/webhooks`);
  });

  it('sends a scale-out of this moment, and says so when the relay does not take it', async () => {
    const { inbox, page } = visit();
    await page.locator('#send-first').click();
    await expect.poll(() => inbox.webhooks).toMatchObject([{ operation: 'Scale Out', context: { newCapacity: '4' } }]);
    expect(await page.locator('#problem').isVisible()).toBe(false);

    inbox.webhookAnswer = [500, 'the queue is away'];
    await page.locator('#send-first').click();
    await page.getByRole('alert').getByText('The relay answered 500 instead of 202: the queue is away').waitFor();
  });

  it('names the receiver and its language, and waits for another chat once an event, and never for a digest', async () => {
    const { page, inbox } = visit();
    const [about, payload] = [examples.scale, slackPayload('from 2 to 4 instances')];
    const missing = page.getByText('No Microsoft Teams message for this event yet');
    inbox.push({ destination: 'slack', event: 'a1b2c3d4', payload: slackPayload('3 events') });
    for (const [receiver, locale] of [
      ['prod-slack', 'ko'],
      ['dev-slack', 'cs'],
    ] as const) {
      inbox.push({ destination: 'slack', event: shortId(about.id), payload, about, receiver, locale });
    }

    await page.getByText('dev-slack · cs').waitFor();
    await page.getByText('prod-slack · ko').waitFor();
    expect(await page.locator('.row').count()).toBe(3);
    expect(await missing.filter({ visible: true }).count()).toBe(1);
  });

  it('shows the Slack and the Teams message of one event side by side, without a reload', async () => {
    const { page } = visit();
    visit().pushPair('a1b2c3', 'from 2 to 4 instances');

    const [slack, teams] = [await visit().message('slack').boundingBox(), await visit().message('teams').boundingBox()];
    expect(teams?.y).toBe(slack?.y);
    expect(teams?.x).toBeGreaterThan((slack?.x ?? 0) + (slack?.width ?? 0));
    expect(await page.locator('.row').count()).toBe(1);
    expect(await page.locator('#counter').textContent()).toBe('2 messages · 1 event');
    expect(await page.locator('#waiting').isVisible()).toBe(false);
  });

  it('puts the newest event first, and announces it', async () => {
    const { page } = visit();
    visit().pushPair('aaaaaa', 'the first');
    visit().pushPair('bbbbbb', 'the second');

    await expect.poll(() => visit().titles()).toStrictEqual(['the second', 'the first']);
    expect(await page.locator('#announcer').textContent()).toBe('Microsoft Teams: the second');
  });

  it('says in red what a refusal was, and why', async () => {
    const { inbox } = visit();
    const reason = 'blocks[0].text is longer than 3,000 characters';
    inbox.push({ destination: 'slack', payload: slackPayload('x'), status: 400, answer: 'invalid_blocks', reason });

    await visit().message('slack').locator('.badge.refused', { hasText: 'Refused: 400 invalid_blocks' }).waitFor();
    await visit().message('slack').getByText(reason).waitFor();
  });

  it('comes back by itself when the stream drops, and has what it missed', async () => {
    const { inbox, page } = visit();
    visit().pushPair('aaaaaa', 'seen');
    await expect.poll(() => visit().titles()).toStrictEqual(['seen']);

    inbox.dropStreams();
    await page.locator('[data-state="reconnecting"]').waitFor();
    inbox.push({ event: 'bbbbbb', destination: 'slack', payload: slackPayload('missed') }, false);

    await page.locator('[data-state="live"]').waitFor();
    await expect.poll(() => visit().titles()).toStrictEqual(['missed', 'seen']);
    visit().pushPair('cccccc', 'live again');
    await expect.poll(() => visit().titles()).toStrictEqual(['live again', 'missed', 'seen']);
  });

  it('forgets everything on demand', async () => {
    const { page } = visit();
    visit().pushPair('a1b2c3', 'x');

    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('heading', { name: 'Delete 2 messages?' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('.row').count()).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Delete 2 messages' }).click();

    await page.locator('#waiting').waitFor();
    expect(await page.locator('.row').count()).toBe(0);
  });

  it('says where the messages are when they go elsewhere, and how they come here', async () => {
    const { inbox, page, url } = visit();
    inbox.receivers = ['ops-slack', 'oncall-teams'];
    inbox.elsewhere = inbox.receivers;

    await page.reload();

    await page.getByRole('heading', { name: 'Your messages go elsewhere' }).waitFor();
    await page.getByText('ops-slack, oncall-teams').waitFor();
    expect(await page.locator('#waiting').isVisible()).toBe(false);
    const shown = (await page.locator('#try-here').textContent()) ?? '';
    const { receivers } = configFile.parse(parse(shown));
    expect(Object.values(receivers).map((each) => each.url)).toStrictEqual([
      `${url}inbox/slack`,
      `${url}inbox/teams`,
      `${url}inbox/nobody`,
    ]);
  });

  it('waits for messages where only some of them go elsewhere', async () => {
    const { inbox, page } = visit();
    inbox.receivers = ['ops-slack', 'oncall-teams'];
    inbox.elsewhere = ['oncall-teams'];

    await page.reload();

    await page.getByRole('heading', { name: 'Some of your messages go elsewhere' }).waitFor();
    expect(await page.locator('#receivers').textContent()).toBe('oncall-teams');
    await page.getByRole('heading', { name: 'Nothing has scaled yet' }).waitFor();
  });

  it('says nothing of elsewhere where one of its own receivers posts here', async () => {
    const { inbox, page } = visit();
    inbox.receivers = ['ops-slack'];

    await page.reload();

    await page.getByRole('heading', { name: 'Nothing has scaled yet' }).waitFor();
    expect(await page.locator('#elsewhere').isVisible()).toBe(false);
  });
});
