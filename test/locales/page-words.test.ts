import { expect, it } from 'vitest';
import { places as cs } from '../../pages/words/cs-places.ts';
import { places as en } from '../../pages/words/en-places.ts';
import { places as ko } from '../../pages/words/ko-places.ts';
import { places as vi } from '../../pages/words/vi-places.ts';
import { driftVerdicts, silentVerdicts } from '../../src/event/drift.ts';
import { locales } from '../../src/locales/registry.ts';

const pages = { en, ko, cs, vi };

it.each(['en', 'ko', 'cs', 'vi'] as const)('calls a verdict on the page what a message calls it: %s', (language) => {
  const { verdicts } = pages[language].fleet;
  const { drift } = locales[language].state;
  expect(driftVerdicts.map((each) => verdicts[each])).toStrictEqual(driftVerdicts.map((each) => drift[each]));
  // A set that is clean is not in the list.
  const silent = silentVerdicts.filter((each) => each !== 'clean');
  expect(silent.filter((each) => !verdicts[each])).toStrictEqual([]);
});
