import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { sizeOf } from '../../dev/host/message-size.ts';
import { messages } from '../../src/destinations/messages.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { shortId } from '../../src/event/identity.ts';
import { locales } from '../../src/locales/registry.ts';
import type { Mention } from '../../src/message/slots.ts';
import { slackPayload, teamsPayload } from './messages.ts';
import { findChromium, launch, TestInbox, type TestMessage } from './support.ts';

export const chromium = findChromium();

export const HOSTILE =
  '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> *b* **s** _i_ &lt; :tada: <!channel>';

/** A browser that starts on a busy machine takes its time. */
export const PATIENCE_MS = 120_000;

export const keyOf = ({ id, receivedAt }: Pick<TestMessage, 'id' | 'receivedAt'>): string => `${id}@${receivedAt}`;

/** A reader in front of an inbox of their own. */
export class Visit {
  readonly inbox: TestInbox;
  readonly page: Page;
  readonly url: string;
  readonly problems: string[] = [];

  constructor(inbox: TestInbox, page: Page, url: string) {
    this.inbox = inbox;
    this.page = page;
    this.url = url;
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (line) => line.text().includes('Content Security Policy') && this.problems.push(line.text()));
    page.on('request', (request) => request.url().startsWith(url) || this.problems.push(`asked ${request.url()}`));
  }

  pushPair(event: string, said: string): { slack: TestMessage; teams: TestMessage } {
    return {
      slack: this.inbox.push({ event, destination: 'slack', payload: slackPayload(said) }),
      teams: this.inbox.push({ event, destination: 'teams', payload: teamsPayload(said) }),
    };
  }

  /** An event as the relay tells it, with the event beside each message. */
  pushEvent(event: RelayEvent, mention?: Mention): { slack: TestMessage; teams: TestMessage } {
    const push = (destination: 'slack' | 'teams') => {
      const payload = messages[destination].format(event, {
        say: locales.en,
        timeZone: 'UTC',
        mentions: mention ? [mention] : [],
      });
      const size = sizeOf(destination, payload);
      return this.inbox.push({ event: shortId(event.id), destination, payload, about: event, ...(size && { size }) });
    };
    return { slack: push('slack'), teams: push('teams') };
  }

  message(destination: string): Locator {
    return this.page.locator(`article[data-destination="${destination}"]`);
  }

  titles(): Promise<string[]> {
    return this.page.locator('.row h2').allTextContents();
  }

  focused(): Promise<string> {
    return this.page.evaluate<string>('document.activeElement.dataset.key ?? document.activeElement.tagName');
  }
}

/** Opens the page anew for every test. A page that throws, or asks anyone else for anything, fails its test. */
export function visits(): () => Visit {
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    browser = await launch(chromium ?? '');
  }, PATIENCE_MS);

  afterAll(() => browser.close());

  beforeEach(async () => {
    const inbox = new TestInbox();
    const url = await inbox.listen();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MS);
    visit = new Visit(inbox, page, url);
    await page.goto(url);
    await page.locator('[data-state="live"]').waitFor();
  }, PATIENCE_MS);

  afterEach(async () => {
    await visit.page.close();
    await visit.inbox[Symbol.asyncDispose]();
    expect(visit.problems).toStrictEqual([]);
  });

  return () => visit;
}
