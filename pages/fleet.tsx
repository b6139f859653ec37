import { computed } from '@preact/signals';
import { render } from 'preact';
import { Filter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { clockOf } from './fleet-age.ts';
import type { FleetAnswer, FleetView, Words } from './fleet-data.ts';
import { Details } from './fleet-details.tsx';
import { fleetOffers, isDrifted, through, verdictsIn } from './fleet-filter.ts';
import { FleetGrid } from './fleet-grid.tsx';
import { CheckButton, Empty, Off, Unchecked } from './fleet-places.tsx';
import { FleetRuns } from './fleet-runs.ts';
import { Legend, Summary, summaryText } from './fleet-summary.tsx';
import { unreadText } from './fleet-unread.ts';
import { ConnectionState, Frame, Places, Problem } from './frame.tsx';
import { startKeys } from './keys.ts';
import { Button } from './parts.tsx';
import { announce } from './state.ts';

const KEYS = [
  ['↓ ↑', 'Next, previous scale set'],
  ['→ ←', 'Its instances that are behind'],
  ['Home End', 'First, last of a row; with Ctrl of all'],
  ['PgUp PgDn', 'Ten scale sets on'],
  ['c', 'Copy the command'],
  ['/', 'Find'],
  ['r', 'Check now'],
] as const;

const runs = new FleetRuns(({ view, words }) => {
  if (view !== undefined) announce(`Checked. ${summaryText(view, words, Date.now())}`);
});

const check = (): void => void runs.start();

const verdicts = computed(() => {
  const { view, words } = runs.fleet.value ?? {};
  return view && words ? verdictsIn(view, words) : [];
});

const filter = new Filter(({ verdict }) => fleetOffers(verdicts.value, verdict));

const shown = computed(() => {
  const { view, words } = runs.fleet.value ?? {};
  return view && words ? through(filter.chosen.value, view, words) : [];
});

const grid = new FleetGrid(shown);

/** A view, with the words for it. */
interface ViewProps {
  readonly view: FleetView;
  readonly words: Words;
}

function Nothing({ view, words }: ViewProps) {
  const calm = unreadText(view, words) === undefined ? 'Nothing has drifted.' : 'Nothing had drifted before.';
  return (
    <div class="nothing">
      <p>{view.sets.some(isDrifted) ? 'No scale set fits this choice.' : calm}</p>
      <Button press={() => filter.choose({ show: 'all', verdict: '', find: '' })}>Show all scale sets</Button>
    </div>
  );
}

function Panel({ view, words }: ViewProps) {
  const target = grid.target.value;
  const of = target?.set.subscriptionId;
  const { name = of ?? '' } = view.subscriptions.find(({ id }) => id === of) ?? {};
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to reach what scrolls.
    <aside id="details" class="details" aria-label="Details" tabIndex={0}>
      <Button id="close-details" look="small" title="Close (Esc)" press={() => void grid.close()}>
        Close
      </Button>
      {target && <Details target={target} words={words} subscription={name} />}
    </aside>
  );
}

function Sets(props: ViewProps) {
  const isEmpty = shown.value.length === 0;
  return (
    <div class="fleet">
      <div class="fleet-list">
        {isEmpty ? (
          <Nothing {...props} />
        ) : (
          <>
            <Legend />
            <grid.View words={props.words} />
            <grid.More />
          </>
        )}
      </div>
      {!isEmpty && grid.target.value && <Panel {...props} />}
    </div>
  );
}

function Content({ on, view, words, commands }: FleetAnswer) {
  if (!on) return <Off {...commands} />;
  if (view === undefined) return <Unchecked isBusy={runs.step.value !== undefined} check={check} />;
  return (
    <>
      {view.sets.length === 0 && unreadText(view, words) === undefined && <Empty />}
      <Summary view={view} words={words} />
      {view.sets.length > 0 && <Sets view={view} words={words} />}
    </>
  );
}

const AsOf = ({ view }: { readonly view: FleetView | undefined }) => (
  <span id="as-of">{view && `as of ${clockOf(view.ranAt, Date.now())}`}</span>
);

function FleetPage() {
  const fleet = runs.fleet.value;
  const step = runs.step.value;
  const view = fleet?.on ? fleet.view : undefined;
  return (
    <Frame
      name="Fleet"
      status={[<ConnectionState />, <AsOf view={fleet?.view} />]}
      tools={[<Places here="Fleet" />, view && <CheckButton id="check" isBusy={step !== undefined} check={check} />]}
      filter={<FilterBar filter={filter} hidden={view === undefined || view.sets.length === 0} />}
      keys={KEYS}
    >
      <Problem />
      <p id="progress" class="progress" role="status" hidden={step === undefined}>
        {step && `Checking: ${step}`}
      </p>
      {fleet && <Content {...fleet} />}
    </Frame>
  );
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  c: () => document.querySelector<HTMLButtonElement>('.remedy button')?.click(),
  '/': () => document.querySelector<HTMLInputElement>('input[name="find"]')?.focus(),
  r: () => document.querySelector<HTMLButtonElement>('#check, #check-first')?.click(),
};

document.addEventListener('DOMContentLoaded', () => {
  render(<FleetPage />, document.body);
  startKeys(({ key }) => {
    if (key === 'Escape') return grid.close();
    const act = ACTIONS[key];
    act?.();
    return act !== undefined;
  });
  void runs.follow();
});
