import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { sources } from '../../src/sources/registry.ts';
import { fixtureFolders, fixturesOf, readJson, receive, wire } from '../support/fixtures.ts';
import { allSources, normalize, read } from '../support/normalize.ts';

it('are each in the registry once, under a name that fits a path', () => {
  const names = sources.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))).toStrictEqual([]);
  expect(allSources.map(({ name }) => name)).toStrictEqual(names);
});

it('have a fixture folder each, and no folder is without a source', () => {
  expect([...fixtureFolders()].sort()).toStrictEqual(sources.map(({ name }) => name).sort());
});

describe.each(sources.map(({ name }) => name))('source %s', (source) => {
  const fixtures = fixturesOf(source);

  it('has a fixture', () => {
    expect(fixtures.length).toBeGreaterThan(0);
  });

  describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('reads %s', (_name, fixture) => {
    const { body, headers, expected } = fixture;
    const at = (receivedAt?: string) => receive(structuredClone(body), receivedAt, headers);
    const events = () => {
      const result = read(at(), source);
      return 'reply' in result ? [] : result;
    };

    it('as expected when it is named in the path', () => {
      expect(wire(read(at(), source))).toStrictEqual(expected);
    });

    it('as expected when it is detected', () => {
      expect(wire(read(at()))).toStrictEqual(expected);
    });

    it('as the same occurrence when the sender tries again later', () => {
      const again = read(at('2026-11-20T15:00:00.000Z'), source);

      expect('reply' in again ? [] : again.map(({ id }) => id)).toStrictEqual(events().map(({ id }) => id));
    });

    it('as events of its own name that the schema gives back unchanged', () => {
      expect(events().map((each) => each.source)).toStrictEqual(events().map(() => source));
      expect(events().map((each) => eventSchema.parse(each))).toStrictEqual(events());
    });

    it('and no other source takes it for its own', () => {
      const detecting = allSources.filter((each) => each.detects(body, new Headers(headers)));

      expect(detecting[0]?.name).toBe(source);
    });
  });
});

const SAMPLES = fileURLToPath(new URL('../../../shared/samples/payloads/autoscale', import.meta.url));

describe.runIf(existsSync(SAMPLES))('the sample bodies of autoscale', () => {
  const files = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((file) => file.endsWith('.json')) : [];

  it('are there', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('include %s, which gives one scale event', (file) => {
    const events = normalize(receive(readJson(`${SAMPLES}/${file}`)));

    expect(events).toMatchObject([{ kind: 'scale', source: 'azure-autoscale', phase: 'started' }]);
  });
});
