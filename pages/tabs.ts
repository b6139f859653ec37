import { el } from './dom.ts';

export interface Tab {
  readonly name: string;
  readonly show: () => void;
}

let drawn = 0;

/**
 * Tabs over one panel, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has them: Tab reaches the chosen one, arrows
 * go to the others. The first one's `show` is left to whoever opens the panel.
 */
export function tabsOver(panel: HTMLElement, label: string, tabs: readonly Tab[]): HTMLElement {
  drawn += 1;
  panel.id = `panel-${drawn}`;
  panel.setAttribute('role', 'tabpanel');
  const buttons = tabs.map(({ name }, index) =>
    el('button', { type: 'button', role: 'tab', id: `${panel.id}-${index}`, 'aria-controls': panel.id }, name),
  );
  const choose = (chosen: number): void => {
    for (const [index, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `${panel.id}-${chosen}`);
  };
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => {
      choose(index);
      tabs[index]?.show();
    });
    button.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const next = buttons[(index + (key === 'ArrowRight' ? 1 : -1) + buttons.length) % buttons.length];
      next?.focus();
      next?.click();
    });
  }
  choose(0);
  return el('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...buttons);
}
