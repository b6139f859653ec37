import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What sticks out of its message or out of its own box, by its text. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.slack-body, .teams-body')].flatMap((body) => {
    const edge = body.getBoundingClientRect().right + 0.5;
    // The box of inline text has the spaces at its line's end, which nobody sees; its block has not.
    return [...body.querySelectorAll('*')]
      .filter((each) => getComputedStyle(each).display !== 'inline')
      .filter((each) => each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.tagName + ' ' + each.className + ': ' + each.textContent.slice(0, 80));
  })`);

/** Buttons whose title is not there whole. */
export const cutButtons = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.slack-button, .ac-pushButton')]
    .filter((button) => button.checkVisibility())
    .filter((button) => {
      const text = document.createRange();
      text.selectNodeContents(button);
      const [inner, outer] = [text.getBoundingClientRect(), button.getBoundingClientRect()];
      return inner.width > outer.width || inner.height > outer.height || outer.right > innerWidth;
    })
    .map((button) => button.textContent)`);

/** Controls that a screen reader has no name for. */
export const unlabelled = (page: Page): Promise<string[]> =>
  page.evaluate<
    string[]
  >(`[...document.querySelectorAll('a, button, select, input, summary, article, [role="tab"], [role="meter"]')]
    .filter((control) => {
      const labels = [...(control.labels ?? [])].map((label) => label.textContent);
      return [control.getAttribute('aria-label') ?? '', control.textContent, ...labels].join('').trim() === '';
    })
    .map((control) => control.outerHTML.slice(0, 120))`);

/** What axe-core finds that keeps people out, by rule and place. The dark theme differs from the light one in colours alone. */
export async function seriousViolations(
  page: Page,
  theme: 'light' | 'dark',
): Promise<(readonly [string, string | undefined])[]> {
  // A selector of every element that is well takes half of the time, and nobody reads it.
  const options = {
    resultTypes: ['violations'],
    selectors: false,
    ...(theme === 'dark' && { runOnly: ['color-contrast'] }),
  };
  await page.evaluate(axe.source);
  // Colours that are still changing have contrasts that nobody reads.
  await page.evaluate('Promise.allSettled(document.getAnimations().map((each) => each.finished))');
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes[0]?.html] as const);
}
