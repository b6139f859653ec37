import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { driftVerdicts, silentVerdicts } from '../../../src/event/drift.ts';
import { locales } from '../../../src/locales/registry.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/drift.md');

/** The first cells of the table under a heading, without their marks. */
const rows = (heading: string): readonly string[] => {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
};

describe('the page on drift', () => {
  it('explains every verdict, once', () => {
    const all = [...driftVerdicts, ...silentVerdicts].filter((verdict) => verdict !== 'clean');

    expect([...rows('Verdicts')].sort()).toStrictEqual([...all].sort());
  });

  it('says what messages call each verdict', () => {
    for (const verdict of driftVerdicts) {
      expect(page).toContain(`| \`${verdict}\` | ${locales.en.state.drift[verdict]} |`);
    }
  });

  it('lists every setting, in the order of the schema', () => {
    const names = [...read('src/drift/rules/settings.ts').matchAll(/^ {2}([A-Z_]+): setting\(/gm)].map(
      ([, name = '']) => name,
    );

    expect(names).toHaveLength(13);
    expect(rows('Settings').slice(0, names.length)).toStrictEqual(names);
  });

  it('gives the role that the deployment makes', () => {
    const [, role = '{}'] = /```json\n([^`]*)```/.exec(page) ?? [];

    expect(JSON.parse(role).actions).toStrictEqual(JSON.parse(read('infra/drift-actions.json')));
  });
});
