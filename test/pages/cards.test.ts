import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostConfig } from '../../pages/host-config.ts';
import { launch } from '../browser/support.ts';
import { chromium, PATIENCE_MS } from '../browser/visit.ts';
import { largest } from '../support/largest.ts';
import { localeNames, objectsIn, stringsIn, teamsPayload } from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [300, 560] as const;

interface Card {
  readonly name: string;
  readonly content: unknown;
  /** What must be seen, in pieces: a client writes its own time where the card has a date. */
  readonly texts: readonly string[];
  readonly titles: readonly string[];
}

/** What the renderer made of a card. */
interface Drawn {
  readonly missing: readonly string[];
  readonly hidden: readonly string[];
  readonly cut: readonly string[];
  readonly sticking: readonly string[];
  readonly braces: boolean;
}

function cardOf(name: string, message: ReturnType<typeof teamsPayload>): Card {
  const { content } = message.attachments[0];
  return {
    name,
    content,
    texts: stringsIn(content.body)
      .filter(({ key }) => key === 'text')
      .flatMap(({ text }) => text.split(/\{\{[^{}]*\}\}/))
      .map((text) => text.trim())
      .filter((text) => text !== ''),
    titles: objectsIn(content, 'Action.OpenUrl').flatMap(({ title }) => (title === undefined ? [] : [String(title)])),
  };
}

const cards = localeNames.flatMap((locale) => [
  ...variantNames.map((name) => {
    const { event, ...manner } = variants[name];
    return cardOf(`${name} ${locale}`, teamsPayload(event, { ...manner, locale }));
  }),
  ...(['drift', 'alert', 'deployment', 'digest'] as const).map((kind) =>
    cardOf(`largest ${kind} ${locale}`, teamsPayload(largest(kind), { locale })),
  ),
]);

// As Teams has it: a word that is longer than its line is broken, and the title of a button is not. Arial stands in for
// Segoe UI where that is missing.
const STYLE = `
  body { margin: 0; }
  .ac-textBlock, .ac-richTextBlock { overflow-wrap: anywhere; }
  .ac-pushButton { padding: 5px 12px; border: 1px solid; border-radius: 4px; overflow: hidden; text-overflow: ellipsis;
    font: 600 14px / 20px "Segoe UI", Selawik, Arial, sans-serif; }
`;

// Runs in the page.
const DRAW = `(cards, config, width) => cards.map(({ content, texts, titles }) => {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(config);
  card.parse(content);
  const frame = document.createElement('div');
  frame.style.width = width + 'px';
  frame.append(card.render());
  document.body.replaceChildren(frame);
  const shown = frame.innerText.replaceAll('\\u00a0', ' ').replace(/\\s+/g, ' ');
  const seen = (text) => shown.includes(text.replaceAll('\\u00a0', ' ').replace(/\\s+/g, ' '));
  const all = [...frame.querySelectorAll('*')];
  const buttons = [...frame.querySelectorAll('.ac-pushButton')];
  const edge = frame.getBoundingClientRect().right + 0.5;
  const isCut = (each) => each.scrollWidth > each.clientWidth;
  const block = (each) => getComputedStyle(each).display !== 'inline';
  return {
    missing: texts.filter((text) => !seen(text)),
    hidden: all
      .filter((each) => each.matches('.ac-textBlock, .ac-richTextBlock') && each.getBoundingClientRect().height < 8)
      .map((each) => each.textContent),
    cut: [
      ...titles.filter((title, index) => buttons[index]?.innerText.replaceAll('\\u00a0', ' ') !== title),
      ...buttons.flatMap((each) => [each, ...each.querySelectorAll('*')]).filter(isCut).map((each) => each.innerText),
    ],
    sticking: all
      .filter((each) => block(each) && (each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1))
      .map((each) => each.className + ': ' + each.textContent.slice(0, 60)),
    braces: shown.includes('{{'),
  };
})`;

describe.skipIf(chromium === undefined)(
  'the cards in the renderer of Adaptive Cards',
  { timeout: 4 * PATIENCE_MS },
  () => {
    let browser: Browser;
    let page: Page;
    const problems: string[] = [];

    beforeAll(async () => {
      const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
      browser = await launch(chromium ?? '');
      page = await browser.newPage({ viewport: { width: 800, height: 600 } });
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => problems.push(`asked ${request.url()}`));
      await page.setContent(`<!doctype html><style>${STYLE}</style><body>`);
      await page.addScriptTag({ content: await readFile(script, 'utf8') });
    }, PATIENCE_MS);

    afterAll(() => browser?.close());

    const draw = (scheme: (typeof SCHEMES)[number], width: number): Promise<Drawn[]> =>
      page.evaluate<Drawn[]>(`(${DRAW})(${JSON.stringify(cards)}, ${JSON.stringify(hostConfig(scheme))}, ${width})`);

    const about = (drawn: readonly Drawn[], pick: (one: Drawn) => readonly string[]) =>
      drawn.flatMap((one, index) => pick(one).map((what) => `${cards[index]?.name}: ${what}`));

    describe.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ scheme, width }))))(
      'in the $scheme theme at $width px',
      ({ scheme, width }) => {
        let drawn: Drawn[];

        beforeAll(async () => {
          drawn = await draw(scheme, width);
        }, PATIENCE_MS);

        it('are all drawn', () => {
          expect(drawn).toHaveLength(cards.length);
          expect(problems).toStrictEqual([]);
        });

        it('show every text that they have, with nothing that vanished', () => {
          expect(about(drawn, ({ missing }) => missing)).toStrictEqual([]);
          expect(about(drawn, ({ hidden }) => hidden)).toStrictEqual([]);
        });

        it('show dates and not their source', () => {
          expect(drawn.some(({ braces }) => braces)).toBe(false);
        });

        it('have buttons with whole titles', () => {
          expect(about(drawn, ({ cut }) => cut)).toStrictEqual([]);
        });

        it('stay within their width', () => {
          expect(about(drawn, ({ sticking }) => sticking)).toStrictEqual([]);
        });
      },
    );
  },
);
