import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A port that nobody has: receivers of the configuration name it, so that it cannot be left to the run. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A relay whose one receiver is the inbox's Slack, where messages live on. */
export const storyConfig = (port: number): string => `receivers:
  ops-slack:
    type: slack-app
    url: "http://127.0.0.1:${port}/inbox/slack-app/api/"
    token: "xoxb-of-the-local-run"
    channel: C0123456789
`;

// Long enough for a change to be one of its own.
const APART = 3_500;

/** An alert that fires, is worse for a while, and is over. */
export async function tellStory(url: string): Promise<void> {
  const firedAt = minutesAgo(9);
  const alert = {
    ...{ kind: 'alert', rule: 'shop-web-latency', environment: 'prod', firedAt, story: 'latency-1' },
    ...{ resource: { name: 'shop-web', group: 'rg-shop' }, metric: 'p95 latency', unit: 'ms', threshold: 800 },
  };
  const steps = [
    { state: 'fired', severity: 'warning', value: 912, occurredAt: firedAt, id: 'latency-1-1' },
    { state: 'fired', severity: 'error', value: 1_480, occurredAt: minutesAgo(5), id: 'latency-1-2' },
    { state: 'resolved', severity: 'error', value: 310, occurredAt: minutesAgo(1), id: 'latency-1-3' },
  ];
  for (const step of steps) {
    const body = JSON.stringify({ ...alert, ...step });
    const { status } = await fetch(`${url}/api/webhooks/custom`, {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json' } },
    });
    if (status >= 300) throw new Error(`the story was answered ${status}`);
    await pause(APART);
  }
}

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** The message as it is now, with its thread. */
export async function storyPicture(page: Page, path: string): Promise<void> {
  await page.locator('details.thread summary').first().click();
  // High enough for what stands fixed at the top of the page to be out of the way; it opens softly.
  await page.setViewportSize({ width: 1180, height: 1_200 });
  await page.waitForTimeout(800);
  await page.locator('article[data-destination="slack-app"]').first().screenshot({ path });
}
