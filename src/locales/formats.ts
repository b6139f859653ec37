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

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "4 min, 12 sec" as the language writes it: the two largest units that count. `seconds` may have a fraction. */
export function durationIn(locale: string): (seconds: number) => string {
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  const formats = new Map<string, Intl.NumberFormat>();
  const written = (unit: string, count: number): string => {
    const format = formats.get(unit) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
    formats.set(unit, format);
    // The number and its unit stay on one line.
    return format.format(count).replace(/ /g, '\u00a0');
  };
  return (seconds) => {
    let rest = Math.round(seconds);
    const parts = UNITS.map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return { unit, count };
    });
    const first = parts.findIndex(({ count }) => count > 0);
    if (first < 0) return written('second', 0);
    return parts
      .slice(first, first + 2)
      .filter(({ count }) => count > 0)
      .map(({ unit, count }) => written(unit, count))
      .join(' ');
  };
}

/** Names one after the other, as the language joins them. */
export function listIn(locale: string): (items: readonly string[]) => string {
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  let format: Intl.ListFormat | undefined;
  return (items) => {
    format ??= new Intl.ListFormat(locale, { type: 'conjunction' });
    return format.format(items);
  };
}

// A number and its unit stay on one line: a 300 px card broke between them.
const NO_BREAK_SPACE = '\u00a0';

/** "1 instance", "3 instances": the number as the language writes it, with the form that its plural rules ask for. */
export function counted(
  locale: string,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>,
) {
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  let made: { rules: Intl.PluralRules; number: Intl.NumberFormat } | undefined;
  return (count: number): string => {
    made ??= { rules: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) };
    return made.number.format(count) + NO_BREAK_SPACE + (forms[made.rules.select(count)] ?? forms.other);
  };
}
