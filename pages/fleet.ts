import { announce, byId, copies } from './dom.ts';
import { clockOf } from './fleet-age.ts';
import { FleetBar } from './fleet-bar.ts';
import type { Fleet } from './fleet-data.ts';
import { drawDetails } from './fleet-details.ts';
import { FleetGrid } from './fleet-grid.ts';
import { startFleetKeys } from './fleet-keys.ts';
import { isDrifted, through } from './fleet-lens.ts';
import type { Target } from './fleet-rows.ts';
import { FleetRuns } from './fleet-runs.ts';
import { drawLegend, drawSummary, summaryText } from './fleet-summary.ts';
import { unreadText } from './fleet-unread.ts';
import { verdictText } from './fleet-words.ts';
import { complain } from './place.ts';
import { applyTheme, startThemeSwitch } from './theme.ts';

// This script stands in the head: the chosen theme is there before anything is painted.
applyTheme();

const hide = (id: string, isHidden: boolean): void => {
  byId(id, HTMLElement).hidden = isHidden;
};

/** One of the places that say what to do is there while there is no fleet to see. */
function showPlace({ runs, words, view }: Fleet): void {
  const sets = view?.sets.length ?? 0;
  const isUnread = view !== undefined && unreadText(view, words) !== undefined;
  hide('off', runs.on);
  hide('unchecked', !runs.on || view !== undefined);
  hide('empty', !runs.on || view === undefined || sets > 0 || isUnread);
  hide('check', !runs.on || view === undefined);
  hide('summary', !runs.on || view === undefined);
  for (const id of ['fleet', 'lens']) hide(id, !runs.on || sets === 0);
  document.body.dataset['fleet'] = runs.on && sets > 0 ? 'shown' : 'none';
}

function verdictsIn({ view, words }: Fleet): readonly { readonly value: string; readonly label: string }[] {
  const counts = new Map<string, number>();
  for (const { verdict } of view?.sets ?? []) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({
    value,
    label: `${verdictText({ verdict: value }, words)} (${count.toLocaleString('en')})`,
  }));
}

/** The parts of the page that show one fleet. */
class FleetPage {
  readonly #details = byId('details', HTMLElement);
  readonly #grid: FleetGrid;
  readonly #bar: FleetBar;
  #fleet: Fleet | undefined;

  constructor() {
    this.#grid = new FleetGrid(byId('grid', HTMLElement), byId('more', HTMLButtonElement), (target) =>
      this.#look(target),
    );
    this.#bar = new FleetBar(byId('lens', HTMLElement), () => this.#draw());
    byId('legend', HTMLElement).replaceChildren(...drawLegend());
    byId('show-all', HTMLButtonElement).addEventListener('click', () =>
      this.#bar.choose({ show: 'all', verdict: '', text: '' }),
    );
  }

  find(): void {
    this.#bar.find();
  }

  show(fleet: Fleet): void {
    const isNews = this.#fleet !== undefined && fleet.view !== undefined;
    this.#fleet = fleet;
    showPlace(fleet);
    if (fleet.view === undefined) return;
    const now = Date.now();
    byId('as-of', HTMLElement).textContent = `as of ${clockOf(fleet.view.ranAt, now)}`;
    byId('summary', HTMLElement).replaceChildren(...drawSummary(fleet.view, fleet.words, now));
    this.#bar.offer(verdictsIn(fleet));
    this.#draw();
    if (isNews) announce(`Checked. ${summaryText(fleet.view, fleet.words, now)}`);
  }

  #draw(): void {
    const { view, words } = this.#fleet ?? {};
    if (view === undefined || words === undefined) return;
    const shown = through(this.#bar.lens, view, words);
    this.#grid.show(shown, words);
    const isCalm = !view.sets.some(isDrifted);
    const calm = unreadText(view, words) === undefined ? 'Nothing has drifted.' : 'Nothing had drifted before.';
    for (const id of ['grid', 'legend', 'details']) hide(id, shown.length === 0);
    hide('nothing', shown.length > 0);
    byId('nothing-text', HTMLElement).textContent = isCalm ? calm : 'No scale set fits this choice.';
  }

  #look(target: Target | undefined): void {
    const { view, words } = this.#fleet ?? {};
    if (target === undefined || words === undefined) {
      this.#details.replaceChildren();
      return;
    }
    const { name = target.set.subscriptionId } =
      view?.subscriptions.find(({ id }) => id === target.set.subscriptionId) ?? {};
    this.#details.replaceChildren(...drawDetails(target, words, name, Date.now()));
  }
}

function startCommands(): void {
  const commands = {
    fake: 'npm run fake-azure',
    start: 'ARM_ENDPOINT=http://127.0.0.1:7080 DRIFT_SCOPE=tenant npm start',
    check: `curl -X POST ${location.origin}/admin/functions/drift`,
  };
  for (const [name, command] of Object.entries(commands)) {
    byId(`${name}-command`, HTMLElement).textContent = command;
    copies(byId(`copy-${name}`, HTMLButtonElement), 'the command', () => command);
  }
}

document.addEventListener('DOMContentLoaded', () => {
  startThemeSwitch(byId('themes', HTMLElement), () => undefined);
  startCommands();
  const page = new FleetPage();
  const runs = new FleetRuns((fleet) => page.show(fleet));
  for (const id of ['check', 'check-first']) {
    byId(id, HTMLButtonElement).addEventListener('click', () => void runs.start());
  }
  byId('dismiss', HTMLButtonElement).addEventListener('click', () => complain(undefined));
  startFleetKeys(byId('help', HTMLDialogElement), {
    c: () => byId('details', HTMLElement).querySelector<HTMLButtonElement>('.remedy button')?.click(),
    '/': () => page.find(),
    r: () =>
      [...document.querySelectorAll<HTMLButtonElement>('#check, #check-first')]
        .find((each) => each.checkVisibility())
        ?.click(),
  });
  void runs.follow();
});
