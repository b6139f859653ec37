import { el } from './dom.ts';
import { type InboxMessage, NAME } from './message.ts';

const number = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 1 });

const short = (bytes: number): string => (bytes < 1000 ? `${bytes} bytes` : `${number(bytes / 1000)} kB`);

/** How much of what a message may take it takes, in words and as a bar; where nobody measured, its bytes. */
export function sizeView({ bytes, size: { measured, most }, destination }: InboxMessage): HTMLElement {
  if (Number.isNaN(measured)) return el('span', { title: `${bytes} bytes` }, short(bytes));
  const words = `${number(measured)} of at most ${number(most)} bytes, as the limit of ${NAME[destination]} counts them`;
  const bar = el('span', { class: 'meter', role: 'meter', 'aria-label': 'Size', 'aria-valuetext': words });
  for (const [name, value] of Object.entries({ valuemin: 0, valuenow: measured, valuemax: most }))
    bar.setAttribute(`aria-${name}`, String(value));
  bar.style.setProperty('--part', `${Math.min(100, (100 * measured) / most)}%`);
  return el('span', { class: 'size', title: words }, bar, `${short(measured)} of ${short(most)}`);
}
