import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJson, wire } from '../support/fixtures.ts';
import { localeNames, payloadOf, writtenAlone } from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const GOLDEN = fileURLToPath(new URL('../golden', import.meta.url));

const cases = variantNames.flatMap((name) =>
  writtenAlone.flatMap((destination) =>
    // What programs read has no words, and is the same in every language.
    (destination === 'webhook' ? localeNames.slice(0, 1) : localeNames).map((locale) => ({
      name,
      locale,
      destination,
      file: `${name}.${locale}.${destination}.json`,
    })),
  ),
);

// Whole messages, to paste into Slack's Block Kit Builder or the designer of Adaptive Cards.
describe('the golden messages', () => {
  it.each(cases)('are what is made: $file', ({ name, locale, destination, file }) => {
    const { event, ...manner } = variants[name];

    expect(wire(payloadOf(destination, event, { ...manner, locale }))).toStrictEqual(readJson(`${GOLDEN}/${file}`));
  });

  it.each(variantNames)('hold the same for programs in every language (%s)', (name) => {
    const { event, ...manner } = variants[name];
    const made = localeNames.map((locale) => payloadOf('webhook', event, { ...manner, locale }));

    expect(made).toStrictEqual(localeNames.map(() => made[0]));
  });

  it('are all made', () => {
    expect(readdirSync(GOLDEN).sort()).toStrictEqual(cases.map(({ file }) => file).sort());
  });
});
