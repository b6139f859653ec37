/** The middle of some figures; with an even number of them, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A figure with three significant digits and its unit. */
export const figure = (value: number, unit: string): string =>
  `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`;
