/** Names one after the other, as the language joins them. */
export function listIn(locale: string): (items: readonly string[]) => string {
  // Made when first needed: loading a language's data costs milliseconds of every cold start.
  let format: Intl.ListFormat | undefined;
  return (items) => {
    format ??= new Intl.ListFormat(locale, { type: 'conjunction' });
    return format.format(items);
  };
}
