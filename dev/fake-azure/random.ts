/** The next number in [0, 1), always the same after the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Hexadecimal digits that belong to these numbers, always the same. */
export function hexOf(digits: number, ...numbers: readonly number[]): string {
  const random = seeded(numbers.reduce((mixed, each) => Math.imul(mixed ^ (each + 1), 0x9e3779b1) >>> 0, 0x2545f491));
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}

/** A GUID that belongs to these numbers, always the same. Joined, since a hundred thousand of them are kept. */
export function guidOf(...numbers: readonly number[]): string {
  const hex = hexOf(32, ...numbers);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)];
  return parts.join('-');
}
