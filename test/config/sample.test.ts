import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../scripts/configuration.ts';
import { relaySchema, relaySchemaObject } from '../../scripts/schema.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { sampleEnv, samplePath } from '../support/sample-config.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const sample = await readFile(samplePath, 'utf8');

/** Every key that a JSON Schema knows, but for what stands under names of its reader's own. */
function keysOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, ...rest } = schema as Readonly<Record<string, unknown>>;
  const own = typeof properties === 'object' && properties !== null ? properties : {};
  return [...Object.keys(own), ...Object.values(own).flatMap(keysOf), ...Object.values(rest).flatMap(keysOf)];
}

// Conditions are all of one form, and callers, issuer and keys are for other clouds.
const SIMILAR = new Set([
  'source',
  'resource',
  'subscription',
  'region',
  'type',
  'subject',
  'version',
  'actor',
  'callers',
  'issuer',
  'keys',
]);

describe('relay.sample.yaml', () => {
  it('is right', async () => {
    expect((await parseConfigFile(sample, sampleEnv)).routes).toHaveLength(5);
  });

  it('names every variable that it needs', async () => {
    const error = await parseConfigFile(sample, {}).catch((thrown: unknown) => thrown);

    const unset = error instanceof ConfigurationError ? error.problems.map(({ message }) => message) : [];
    expect(unset.sort()).toStrictEqual(
      Object.keys(sampleEnv)
        .map((name) => `the environment variable ${name} is not set`)
        .sort(),
    );
  });

  it('shows every feature', () => {
    const keys = [...new Set(keysOf(relaySchemaObject()))].filter((key) => !SIMILAR.has(key));

    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !new RegExp(`\\b${key}:`).test(sample))).toStrictEqual([]);
  });

  it('begins with the schema for editors, as a path from where it lies', async () => {
    const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(sample) ?? [];

    expect(await read(path)).toBe(relaySchema());
  });
});

describe('the documents', () => {
  it('hold the schema of the file as it is in the code (npm run schema writes it anew)', async () => {
    expect(await read('docs/relay.schema.json')).toBe(relaySchema());
  });

  it('describe the settings as the schemas do (node scripts/configuration.ts writes them anew)', async () => {
    const page = await read('docs/configuration.md');

    expect(await configurationPage(page)).toBe(page);
  });

  it('have a table for every part of the file', async () => {
    const page = await read('docs/configuration.md');
    const parts = Object.keys((relaySchemaObject() as { properties?: object }).properties ?? {}).filter(
      (key) => key !== 'notices',
    );

    expect(parts.filter((part) => !new RegExp(`configuration\\.ts: keys ${part}`).test(page))).toStrictEqual([]);
  });
});
