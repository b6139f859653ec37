import { el } from './dom.ts';

/** A part this page cannot draw is named in its place: a gap would look like a message without it. */
export const unknown = (tag: 'div' | 'span', what: string, type: unknown): HTMLElement =>
  el(tag, { class: 'unknown' }, `${what} “${typeof type === 'string' ? type : 'without a type'}” is not drawn here`);
