import { announce, el } from './dom.ts';
import { addressOf, type Lens, type LensPart, lensFrom, PLAIN } from './lens.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Offer {
  readonly part: LensPart;
  readonly label: string;
  /** The key that takes the next choice. */
  readonly key: string;
  /** The first one is there where nothing is chosen. */
  readonly choices: readonly Choice[];
}

// So few are all in sight; more are a list that opens.
const IN_SIGHT = 3;

function drawSwitch({ label, key, part, choices }: Offer): HTMLElement {
  const radios = choices.map((choice) =>
    el('label', {}, el('input', { type: 'radio', name: part, value: choice.value }), el('span', {}, choice.label)),
  );
  const group = el('span', { class: 'switch' }, ...radios);
  return el('fieldset', { class: 'pick', title: `Key: ${key}` }, el('legend', {}, label), group);
}

function drawList({ label, key, part, choices }: Offer): HTMLElement {
  const options = choices.map((choice) => el('option', { value: choice.value }, choice.label));
  const list = el('select', { name: part }, ...options);
  return el('label', { class: 'pick', title: `Key: ${key}` }, el('span', {}, label), list);
}

/** The controls of a lens. What is chosen is in the address, and what the address says is chosen. */
export class LensBar {
  readonly #root: HTMLElement;
  readonly #offers: readonly Offer[];
  readonly #changed: (lens: Lens) => void;
  #lens: Lens = PLAIN;

  constructor(root: HTMLElement, offers: readonly Offer[], changed: (lens: Lens) => void) {
    this.#root = root;
    this.#offers = offers;
    this.#changed = changed;
    root.replaceChildren(
      ...offers.map((offer) => (offer.choices.length <= IN_SIGHT ? drawSwitch(offer) : drawList(offer))),
    );
    root.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement)
        this.choose(target.name as LensPart, target.value);
    });
    addEventListener('hashchange', () => this.#take(lensFrom(location.hash)));
    this.#take(lensFrom(location.hash));
  }

  choose(part: LensPart, value: string): void {
    this.#take({ ...this.#lens, [part]: value });
    history.replaceState(null, '', addressOf(this.#lens));
  }

  /** Takes the next choice of the part that has this key; false where none has. */
  press(key: string): boolean {
    const offer = this.#offers.find((each) => each.key === key);
    if (offer === undefined) return false;
    const { part, label, choices } = offer;
    const now = choices.findIndex(({ value }) => value === this.#lens[part]);
    const next = choices[(now + 1) % choices.length];
    if (next === undefined) return false;
    this.choose(part, next.value);
    announce(`${label}: ${next.label}`);
    return true;
  }

  /** Only what is offered: an address can say anything. */
  #take(wanted: Lens): void {
    const taken = this.#offers.map(({ part, choices }) => {
      const { value = '' } = choices.find((choice) => choice.value === wanted[part]) ?? choices[0] ?? {};
      return { [part]: value };
    });
    this.#lens = Object.assign({}, PLAIN, ...taken);
    for (const control of this.#root.querySelectorAll<HTMLSelectElement | HTMLInputElement>('select, input')) {
      const value = this.#lens[control.name as LensPart];
      if (control instanceof HTMLInputElement) control.checked = control.value === value;
      else control.value = value;
    }
    this.#changed(this.#lens);
  }
}
