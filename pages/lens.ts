/** How the page is looked at. An empty value is the plain one: everything, as it was sent, as wide as it goes. */
export interface Lens {
  readonly kind: string;
  readonly chat: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly width: string;
}

export type LensPart = keyof Lens;

export const PLAIN: Lens = { kind: '', chat: '', locale: '', timeZone: '', width: '' };

// The address keeps the lens: a reload has it still, and a link hands it on.
const IN_ADDRESS: Readonly<Record<LensPart, string>> = {
  kind: 'kind',
  chat: 'chat',
  locale: 'language',
  timeZone: 'zone',
  width: 'width',
};

const parts = Object.keys(PLAIN) as LensPart[];

export function lensFrom(hash: string): Lens {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return Object.assign({}, ...parts.map((part) => ({ [part]: given.get(IN_ADDRESS[part]) ?? '' }))) as Lens;
}

export function addressOf(lens: Lens): string {
  const given = new URLSearchParams();
  for (const part of parts) if (lens[part] !== '') given.set(IN_ADDRESS[part], lens[part]);
  return `#${given}`;
}
