import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeFiles, textOf } from '../../scripts/imports.ts';

/** What the field calls otherwise, or what has meant several things: a part of a name, and what to say instead. */
const BANNED: Readonly<Record<string, string>> = {
  told: 'sent, notified, or what was said of whom',
  held: 'deferred, excluded, or until when',
  desk: 'store',
  quiet: 'muted',
  inhibit: 'defer',
  inhibition: 'deferral',
  divert: 'failover',
  bury: 'dead letter',
  overtaken: 'superseded',
  lens: 'filter',
  harvest: 'collector',
  patient: 'target',
};

const EXPORTED = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm;

interface Name {
  readonly file: string;
  readonly name: string;
}

const names: readonly Name[] = codeFiles()
  .filter((file) => !file.startsWith('dev/fake-azure/'))
  .flatMap((file) => [...textOf(file).matchAll(EXPORTED)].map(([, name = '']) => ({ file, name })));

const wordsOf = (name: string): readonly string[] => name.split(/(?=[A-Z])|_/).map((word) => word.toLowerCase());

describe('the glossary', () => {
  const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  const terms = [...glossary.matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map(([, term = '']) => term);

  it('has at most forty terms, each once', () => {
    expect(terms.length).toBeGreaterThan(20);
    expect(terms.length).toBeLessThanOrEqual(40);
    expect(new Set(terms).size).toBe(terms.length);
  });

  it('uses none of the words that it replaces', () => {
    expect(terms.filter((term) => term in BANNED)).toStrictEqual([]);
  });
});

/** Whole names that have meant several things. */
const VAGUE = ['Look', 'Place'];

describe('exported names', () => {
  it('are found at all', () => {
    expect(names.length).toBeGreaterThan(500);
  });

  it('say which look or place they mean', () => {
    const found = names.filter(({ name }) => VAGUE.includes(name));
    expect(found).toStrictEqual([]);
  });

  it.each(Object.entries(BANNED))('are free of “%s” (rather: %s)', (word) => {
    const found = names.filter(({ name }) => wordsOf(name).includes(word));

    expect(found.map(({ file, name }) => `${file}: ${name}`)).toStrictEqual([]);
  });
});
