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
