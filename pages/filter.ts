import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { announce } from './state.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen of one part of a filter. */
export interface Offer<Part extends string> {
  /** Its name in the address too. */
  readonly part: Part;
  readonly label: string;
  readonly form: 'switch' | 'list' | 'find';
  /** What stands in an empty field. */
  readonly hint?: string;
  /** The key that takes the next choice. */
  readonly key?: string;
  /** The first one is there where nothing is chosen. There are none where words are typed. */
  readonly choices: readonly Choice[];
}

export type Chosen<Part extends string> = Readonly<Record<Part, string>>;

const inAddress = (): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(location.hash.replace(/^#/, '')));

const plainOf = ({ choices }: Pick<Offer<string>, 'choices'>): string => choices[0]?.value ?? '';

/** How a page is looked at. The address keeps it: a reload has it still, and a link hands it on. */
export class Filter<Part extends string> {
  readonly #wanted = signal(inAddress());
  readonly offers: ReadonlySignal<readonly Offer<Part>[]>;
  readonly chosen: ReadonlySignal<Chosen<Part>>;

  constructor(offers: (wanted: Readonly<Record<string, string>>) => readonly Offer<Part>[]) {
    this.offers = computed(() => offers(this.#wanted.value));
    this.chosen = computed(() => this.#taken(this.#wanted.value));
    addEventListener('hashchange', () => {
      this.#wanted.value = inAddress();
    });
  }

  choose(parts: Partial<Chosen<Part>>): void {
    this.#wanted.value = { ...this.chosen.peek(), ...parts };
    const chosen = this.chosen.peek();
    const told = this.offers.peek().filter((offer) => chosen[offer.part] !== plainOf(offer));
    history.replaceState(null, '', `#${new URLSearchParams(told.map(({ part }) => [part, chosen[part]]))}`);
  }

  /** Takes the next choice of the part that has this key; false where none has. */
  press(key: string): boolean {
    const offer = this.offers.peek().find((each) => each.key === key);
    if (offer === undefined) return false;
    const { part, label, choices } = offer;
    const now = choices.findIndex(({ value }) => value === this.chosen.peek()[part]);
    const next = choices[(now + 1) % choices.length];
    if (next === undefined) return false;
    this.choose({ [part]: next.value } as Partial<Chosen<Part>>);
    announce(`${label}: ${next.label}`);
    return true;
  }

  /** Only what is offered: an address can say anything. */
  #taken(wanted: Readonly<Record<string, string>>): Chosen<Part> {
    const taken = this.offers.value.map((offer) => {
      const { part, form, choices } = offer;
      const value = wanted[part] ?? '';
      const isOffered = form === 'find' || choices.some((choice) => choice.value === value);
      return [part, isOffered ? value : plainOf(offer)] as const;
    });
    return Object.fromEntries(taken) as Chosen<Part>;
  }
}
