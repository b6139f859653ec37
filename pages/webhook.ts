import { el } from './dom.ts';
import { fieldsOf, textOf } from './json.ts';

const SHOWN = ['type', 'source', 'subject', 'time', 'id'] as const;

/** What a program gets has no looks: the attributes that it routes by, in the order of a reader's questions. */
export function drawWebhook(payload: unknown): HTMLElement {
  const event = fieldsOf(payload);
  const rows = SHOWN.filter((name) => textOf(event[name]) !== '').map((name) =>
    el('div', {}, el('dt', {}, name), el('dd', {}, el('code', {}, textOf(event[name])))),
  );
  return el('dl', { class: 'webhook-body' }, ...rows);
}
