import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { armResource } from '../../src/sources/arm.ts';
import { sources } from '../../src/sources/registry.ts';
import { sampleBodies } from '../sources/support/sample-bodies.ts';
import { fixtureFolders, fixturesOf, receive, wire } from '../support/fixtures.ts';
import { allSources, normalize, read, sourceFor } from '../support/normalize.ts';
import { publishedFolders } from '../support/published.ts';

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

    it('as events that say group and subscription wherever their resource has an id of Azure that holds them', () => {
      const lacking = events().filter(({ resource }) => {
        const { group, subscriptionId } = armResource(resource.id) ?? {};
        return (group && !resource.group) || (subscriptionId && !resource.subscriptionId);
      });

      expect(lacking).toStrictEqual([]);
    });

    it('and no other source takes it for its own', () => {
      const detecting = allSources.filter((each) => each.detects(body, new Headers(headers)));

      expect(detecting[0]?.name).toBe(source);
    });
  });
});

const bodiesOf = (folder: string) =>
  sampleBodies
    .filter(({ name }) => name === folder)
    .flatMap(({ bodies }) => bodies.map((each) => [each.name, each] as const));

describe('the published bodies', () => {
  it('lie in the folders of senders, but for answers to the relay', () => {
    const known = sampleBodies.map(({ name }) => name);

    expect(publishedFolders().filter((folder) => !known.includes(folder))).toStrictEqual(['azure-compute']);
  });

  describe.each(sampleBodies.map((folder) => [folder.name, folder] as const))('of %s', (_name, { allowed, bodies }) => {
    it('are there', () => {
      expect(bodies.length).toBeGreaterThan(0);
    });

    it.each(bodies.map((each) => [each.name, each] as const))('include %s, read by its own source', (_file, given) => {
      const detecting = sourceFor(given.body, new Headers(given.headers)).name;

      expect(allowed).toContain(detecting);
      expect(() => read(receive(given.body, undefined, given.headers), detecting)).not.toThrow();
    });
  });

  it.each(bodiesOf('autoscale'))('of autoscale include %s, which gives one scale event', (_file, { body }) => {
    expect(normalize(receive(body))).toMatchObject([{ kind: 'scale', source: 'azure-autoscale', phase: 'started' }]);
  });
});
