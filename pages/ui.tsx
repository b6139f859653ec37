import { effect } from '@preact/signals';
import { render } from 'preact';
import { startKeys } from './keys.ts';
import { begin } from './ui-api.ts';
import { DeadLettersView } from './ui-dead.tsx';
import { FiguresView } from './ui-figures.tsx';
import { FleetView } from './ui-fleet.tsx';
import { HistoryView } from './ui-history.tsx';
import { MutedView } from './ui-muted.tsx';
import { NowView } from './ui-now.tsx';
import { go, hrefOf, route } from './ui-route.ts';
import { SendersView } from './ui-senders.tsx';
import { Shell, type Views } from './ui-shell.tsx';
import { words } from './ui-words.ts';
import type { ViewName } from './words/words.ts';

/** Another page is one file and one line here. */
const VIEWS: Views = {
  now: NowView,
  history: HistoryView,
  'dead-letters': DeadLettersView,
  quiet: MutedView,
  fleet: FleetView,
  senders: SendersView,
  figures: FiguresView,
};

const names = Object.keys(VIEWS) as ViewName[];

function press({ key }: KeyboardEvent): boolean {
  const view = names[Number(key) - 1];
  const find = document.getElementById('find');
  if (view !== undefined) go(view);
  else if (key === '/' && find !== null) find.focus();
  else if (key === 'Escape' && route.value.query['id'] !== undefined) document.getElementById('back')?.click();
  else return false;
  return true;
}

document.addEventListener('DOMContentLoaded', () => {
  // Whoever comes without a place wants to know how things are.
  if (route.peek().view === '') history.replaceState(null, '', hrefOf('now'));
  dispatchEvent(new Event('hashchange'));
  effect(() => {
    document.title = `${words.value.views[route.value.view as ViewName] ?? ''} · autoscale-relay`;
  });
  render(<Shell views={VIEWS} />, document.body);
  startKeys(press);
  void begin();
});
