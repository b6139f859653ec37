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
