import { effect } from '@preact/signals';
import type { Filter } from './filter.ts';
import type { InboxPart } from './inbox-filter.ts';

const KEY = 'autoscale-relay.view';

// A browser may refuse storage; the address still has the choice.
function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function keep(view: string): void {
  try {
    localStorage.setItem(KEY, view);
  } catch {
    return;
  }
}

/** Cards or list, as it was last: for an address that says nothing of it. */
export function rememberView(filter: Filter<InboxPart>): void {
  if (kept() === 'list') filter.choose({ view: 'list' });
  effect(() => keep(filter.chosen.value.view));
}
