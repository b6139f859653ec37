export type Child = Node | string | undefined;

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing from the sprite in index.html. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

const SAFE = /^(?:https?:\/\/|mailto:)/i;

/** A link that leaves the page, or the bare label when its address is not one a reader may follow. */
export function link(url: string, attributes: Readonly<Record<string, string>>, ...label: readonly Child[]): Node {
  if (!SAFE.test(url)) return el('span', {}, ...label);
  return el('a', { ...attributes, href: url, target: '_blank', rel: 'noopener noreferrer' }, ...label);
}

export function byId<Kind extends HTMLElement>(id: string, kind: { new (): Kind }): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} called ${id}.`);
}

/** Has a screen reader say it, whatever has the focus. */
export function announce(text: string): void {
  byId('announcer', HTMLElement).textContent = text;
}

async function copy(text: string, button: HTMLButtonElement, what: string): Promise<void> {
  const label = button.querySelector('.label') ?? button;
  const before = button.dataset['label'] ?? label.textContent;
  button.dataset['label'] = before;
  const done = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Copy failed',
  );
  label.textContent = done;
  announce(`${done}: ${what}`);
  setTimeout(() => {
    label.textContent = before;
  }, 1600);
}

/** Has a button copy a text; `what` names it for screen readers. */
export function copies(button: HTMLButtonElement, what: string, text: () => string): HTMLButtonElement {
  button.addEventListener('click', () => void copy(text(), button, what));
  return button;
}

export function copyButton(label: string, what: string, text: () => string): HTMLButtonElement {
  const attributes = { type: 'button', class: 'button small', title: `Copy ${what}` };
  return copies(el('button', attributes, icon('copy'), el('span', { class: 'label' }, label)), what, text);
}
