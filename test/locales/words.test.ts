import { afterEach, describe, expect, it, vi as vitest } from 'vitest';
import { PRODUCTS } from '../../src/locales/parts.ts';
import type { LocaleName } from '../../src/locales/registry.ts';
import { localeNames } from '../support/payloads.ts';
import { ownSentences, wordsOf } from './told.ts';

const PRODUCT_NAMES: readonly string[] = Object.values(PRODUCTS);

/** What is typed or shown elsewhere as it is: commands, settings, names of triggers and roles. */
const TYPED =
  /npm run relay -- \w+|(dead-letters|preview) --json|az login|sig=|smtps?:\/\/|[A-Z]+_[A-Z]+|Power Automate|Workflows|Slack\p{L}*|Teams|Reader|URL|UTC|"[^"]+"|„[^“]+“/gu;

/** The language's own words, of two letters or more: without names of products, and of Azure and its levels. */
const ownWords = (name: LocaleName): Set<string> => {
  const texts = [...wordsOf(name), ...ownSentences(name)]
    .filter((text) => !PRODUCT_NAMES.includes(text))
    .map((text) => text.replace(TYPED, ''));
  const words = texts.flatMap((text) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []);
  return new Set(words.filter((word) => word !== 'azure' && word !== 'sev'));
};

/**
 * English words that a language keeps, since its operators do, or has with a meaning of its own (do, to); what Azure names
 * VM or OS stays so everywhere.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  ko: ['autoscale', 'chat', 'deliver', 'invite', 'os', 'relay', 'replay', 'vm', 'write'],
  cs: [
    ...[
      'autoscale',
      'bot',
      'chat',
      'commit',
      'data',
      'deliver',
      'digest',
      'disk',
      'do',
      'image',
      'instance',
      'invite',
      'limit',
      'maximum',
      'minimum',
      'model',
      'os',
    ],
    ...[
      'port',
      'program',
      'proxy',
      'relay',
      'replay',
      'role',
      'runbook',
      'server',
      'test',
      'to',
      'token',
      'trigger',
      'upgrade',
      'webhook',
      'write',
    ],
  ],
  vi: [
    'an',
    'artifact',
    'autoscale',
    'bot',
    'chat',
    'commit',
    'dashboard',
    'deliver',
    'digest',
    'do',
    'extension',
    'flow',
    'image',
    'incoming',
    'instance',
    'invite',
    'log',
    'model',
    'os',
    'output',
    'proxy',
    'reimage',
    'relay',
    'replay',
    'runbook',
    'scale',
    'secret',
    'set',
    'subscription',
    'token',
    'trigger',
    'vm',
    'webhook',
    'workspace',
    'write',
  ],
};

const english = new Set([...ownWords('en')].flatMap((word) => [word, word.replace(/s$/, '')]));

describe.each(localeNames)('the words of %s', (name) => {
  it('are composed Unicode, without a space at either end', () => {
    expect(wordsOf(name).filter((text) => text !== text.normalize('NFC') || text !== text.trim())).toStrictEqual([]);
  });
});

describe.each(localeNames.filter((name) => name !== 'en'))('the language %s', (name) => {
  it('has no English words but those that its operators use', () => {
    const left = [...ownWords(name)].filter((word) => english.has(word));

    expect(left.toSorted()).toStrictEqual(KEPT[name]);
  });
});

describe('loading all languages', () => {
  afterEach(() => {
    vitest.restoreAllMocks();
  });

  it('makes no formatter: the data behind one costs milliseconds of a cold start', async () => {
    const made = (['NumberFormat', 'PluralRules', 'ListFormat', 'DateTimeFormat'] as const).map((name) =>
      vitest.spyOn(Intl, name),
    );
    const calls = () => made.map(({ mock }) => mock.calls.length);
    vitest.resetModules();

    const { locales } = await import('../../src/locales/registry.ts');
    expect(calls()).toStrictEqual([0, 0, 0, 0]);

    locales.cs.scaleSets(3);
    locales.cs.list(['a', 'b']);
    expect(calls()).toStrictEqual([1, 1, 1, 0]);
  });
});
