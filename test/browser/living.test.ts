import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { shortId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { seriousViolations, unlabelled } from './looks.ts';
import { chromium, PATIENCE_MS, visits } from './visit.ts';

const { alert } = examples;
const resolved = { ...alert, state: 'resolved' } as const;
const place = { channel: 'C0123456789', id: '1795183509.000100' };

const told = (event: RelayEvent) => messages['slack-app'].format(event, { say: locales.en, timeZone: 'UTC' });

describe.skipIf(chromium === undefined)('a message that lives on', { timeout: PATIENCE_MS }, () => {
  const visit = visits();
  const begun = () =>
    visit().inbox.push({
      ...{ event: shortId(alert.id), destination: 'slack-app', payload: told(alert), about: alert, place },
    });
  const answer = (number: number, loud = false) => ({
    ...{ place: { ...place, id: `${place.id}${number}` }, receivedAt: '2026-11-20T14:20:00.000Z', loud },
    payload: told(number === 1 ? alert : resolved),
  });

  it('changes where it stands, says so, and has its history below', async () => {
    const first = begun();
    const message = visit().message('slack-app');
    await message.getByText('Alert fired').first().waitFor();

    visit().inbox.change({
      ...{ ...first, payload: told(resolved), about: resolved, editedAt: '2026-11-20T14:20:00.000Z', edits: 2 },
      replies: [answer(1), answer(2, true)],
    });

    await message.getByText('Alert resolved').first().waitFor();
    await expect.poll(() => message.getByText('Alert fired').count()).toBe(0);
    expect(await message.locator('.changed').textContent()).toMatch(/^changed 2 times, last \d/);
    expect(await visit().page.locator('article.message').count()).toBe(1);
    await message.getByText('2 replies', { exact: true }).click();
    await expect.poll(() => message.locator('.reply').count()).toBe(2);
    expect(await message.locator('.reply').getByText('Alert fired').count()).toBeGreaterThan(0);
    expect(await message.getByText('in the channel as well').count()).toBe(1);
    expect(await unlabelled(visit().page)).toStrictEqual([]);
    for (const theme of ['light', 'dark'] as const) {
      await visit().page.emulateMedia({ colorScheme: theme });
      expect(await seriousViolations(visit().page, theme)).toStrictEqual([]);
    }
  });

  it('has its thread at the key t, and keeps it open when one more answer comes', async () => {
    const { page, inbox } = visit();
    const first = inbox.push({ destination: 'slack-app', payload: told(alert), place, replies: [answer(1)] });
    const message = visit().message('slack-app');
    await message.getByText('1 reply', { exact: true }).waitFor();
    await message.focus();

    await page.keyboard.press('t');
    await message.locator('.reply').waitFor();
    inbox.change({ ...first, replies: [answer(1), answer(2)] });
    await message.getByText('2 replies', { exact: true }).waitFor();

    await expect.poll(() => message.locator('.reply').count()).toBe(2);
    await page.keyboard.press('o');
    await message.locator('.json').waitFor();
    await page.keyboard.press('t');
    await expect.poll(() => message.locator('.reply').count()).toBe(0);
  });
});
