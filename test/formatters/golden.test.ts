import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJson, wire } from '../support/fixtures.ts';
import { destinationNames, localeNames, payloadOf } from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const GOLDEN = fileURLToPath(new URL('../golden', import.meta.url));

const cases = variantNames.flatMap((name) =>
  localeNames.flatMap((locale) =>
    destinationNames.map((destination) => ({
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
    expect(wire(payloadOf(destination, variants[name], { locale }))).toStrictEqual(readJson(`${GOLDEN}/${file}`));
  });

  it('are all made', () => {
    expect(readdirSync(GOLDEN).sort()).toStrictEqual(cases.map(({ file }) => file).sort());
  });
});
