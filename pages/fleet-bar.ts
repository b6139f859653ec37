import { el } from './dom.ts';
import { addressOf, type FleetLens, lensFrom } from './fleet-lens.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

const SHOWS: readonly Choice[] = [
  { value: 'drifted', label: 'Only drifted' },
  { value: 'all', label: 'All' },
];

const SORTS: readonly Choice[] = [
  { value: 'oldest', label: 'Oldest first' },
  { value: 'most', label: 'Most behind first' },
  { value: 'name', label: 'By name' },
];

const options = (choices: readonly Choice[]): HTMLOptionElement[] =>
  choices.map(({ value, label }) => el('option', { value }, label));

const list = (label: string, name: string, choices: readonly Choice[]): HTMLElement =>
  el('label', { class: 'pick' }, el('span', {}, label), el('select', { name }, ...options(choices)));

function controls(): HTMLElement[] {
  const radios = SHOWS.map(({ value, label }) =>
    el('label', {}, el('input', { type: 'radio', name: 'show', value }), el('span', {}, label)),
  );
  const show = el(
    'fieldset',
    { class: 'pick' },
    el('legend', {}, 'Scale sets'),
    el('span', { class: 'switch' }, ...radios),
  );
  const find = {
    type: 'search',
    name: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'name, group, reason …',
  };
  return [
    show,
    list('Verdict', 'verdict', []),
    list('Sort', 'sort', SORTS),
    el('label', { class: 'pick find' }, el('span', {}, 'Find'), el('input', find)),
  ];
}

/** The controls of the fleet's lens. What is chosen is in the address, and what the address says is chosen. */
export class FleetBar {
  readonly #root: HTMLElement;
  readonly #changed: (lens: FleetLens) => void;
  #lens = lensFrom(location.hash);

  constructor(root: HTMLElement, changed: (lens: FleetLens) => void) {
    this.#root = root;
    this.#changed = changed;
    root.replaceChildren(...controls());
    root.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement)
        this.choose({ [target.name]: target.value });
    });
    addEventListener('hashchange', () => this.#take(lensFrom(location.hash)));
    this.#show();
  }

  get lens(): FleetLens {
    return this.#lens;
  }

  choose(part: Partial<FleetLens>): void {
    this.#take({ ...this.#lens, ...part });
    history.replaceState(null, '', addressOf(this.#lens));
  }

  /** The verdicts that there are, with how many sets have each. */
  offer(verdicts: readonly Choice[]): void {
    const select = this.#root.querySelector<HTMLSelectElement>('select[name="verdict"]');
    const chosen = verdicts.some(({ value }) => value === this.#lens.verdict) || this.#lens.verdict === '';
    // A verdict that no set has any more still has to be seen to be chosen.
    const gone = chosen ? [] : [{ value: this.#lens.verdict, label: `${this.#lens.verdict} (0)` }];
    select?.replaceChildren(...options([{ value: '', label: 'All verdicts' }, ...verdicts, ...gone]));
    this.#show();
  }

  find(): void {
    this.#root.querySelector<HTMLInputElement>('input[name="text"]')?.focus();
  }

  #take(lens: FleetLens): void {
    this.#lens = lens;
    this.#show();
    this.#changed(lens);
  }

  #show(): void {
    for (const control of this.#root.querySelectorAll<HTMLSelectElement | HTMLInputElement>('select, input')) {
      const value = this.#lens[control.name as keyof FleetLens];
      if (control.type === 'radio') (control as HTMLInputElement).checked = control.value === value;
      // What is being typed stays as it is.
      else if (control.value !== value) control.value = value;
    }
  }
}
