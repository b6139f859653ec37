import type { Messages } from './messages.ts';

/** A number as the language writes it, with at most two decimals; of a small one, the first two digits that say something. */
export function numberIn(locale: string): (value: number) => string {
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  let format: Intl.NumberFormat | undefined;
  let small: Intl.NumberFormat | undefined;
  return (value) => {
    const size = Math.abs(value);
    if (size < 0.1 && size >= 1e-6) {
      small ??= new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
      return small.format(value);
    }
    format ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    return format.format(value);
  };
}

/** "93.4 % (threshold 90 %)" with the language's number and its word for a threshold, as far as it is known. */
export function measuredIn(locale: string, word: string): Messages['measured'] {
  const number = numberIn(locale);
  const quantity = (value: string | number, unit: string | undefined): string => {
    const text = typeof value === 'number' ? number(value) : value;
    return !unit ? text : `${text}\u00a0${unit}`;
  };
  return ({ value, threshold, unit, operator }) => {
    const bound = threshold === undefined ? undefined : [operator, quantity(threshold, unit)].filter(Boolean).join(' ');
    if (value === undefined) return bound === undefined ? undefined : `${word} ${bound}`;
    return bound === undefined ? quantity(value, unit) : `${quantity(value, unit)} (${word} ${bound})`;
  };
}
