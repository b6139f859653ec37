// A number and its unit stay on one line: a 300 px card broke between them.
const NO_BREAK_SPACE = '\u00a0';

/** "1 instance", "3 instances": the number as the language writes it, with the form that its plural rules ask for. */
export function counted(
  locale: string,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>,
) {
  const rules = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (count: number): string => number.format(count) + NO_BREAK_SPACE + (forms[rules.select(count)] ?? forms.other);
}
