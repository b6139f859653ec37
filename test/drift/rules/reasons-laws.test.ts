import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelHash } from '../../../src/drift/rules/model-hash.ts';
import { fingerprint, reasons } from '../../../src/drift/rules/reasons.ts';
import { share } from '../../support/sweep.ts';
import { anyNoise, anySet, noisy } from '../support/any-model.ts';
import { applied, differing, object, PASSWORD, profile, scaleSet, withProfile } from '../support/models.ts';

describe('any model', () => {
  it('is not different from an instance that was made of it, whatever the platform adds', () => {
    fc.assert(
      fc.property(anySet, anyNoise, (set, noise) => {
        expect(reasons(set, noisy(set, noise))).toStrictEqual([]);
      }),
      { numRuns: share(500) },
    );
  });

  it('is told from another one, but for what Azure never shows', () => {
    let different = 0;
    fc.assert(
      fc.property(anySet, anySet, (one, other) => {
        const found = reasons(one, applied(other));

        if (found.length > 0) different += 1;
      }),
      { numRuns: share(200) },
    );

    expect(different).toBeGreaterThan(share(150));
  });

  it('gives the same fingerprint for instances that the platform treats differently', () => {
    fc.assert(
      fc.property(anySet, anySet, anyNoise, anyNoise, (set, older, one, other) => {
        expect(fingerprint(set, noisy(older, one), 'k')).toBe(fingerprint(set, noisy(older, other), 'k'));
      }),
    );
  });
});

describe('a fingerprint', () => {
  const set = scaleSet();
  const secretless = withProfile({ osProfile: { secrets: [] } });

  it('tells instances apart that differ otherwise, by values as well', () => {
    const [script] = profile.extensionProfile.extensions;
    const ran = (commandToExecute: string) =>
      differing(set, {}, [{ ...script, properties: { ...script.properties, settings: { commandToExecute } } }]);
    const prints = [ran('a'), ran('b'), ran('a'), applied(set)].map((instance) =>
      fingerprint(secretless, instance, 'k'),
    );

    expect(new Set(prints).size).toBe(3);
    expect(prints[0]).toBe(prints[2]);
  });

  it('cannot be made without the key', () => {
    expect(fingerprint(secretless, applied(set), 'one')).not.toBe(fingerprint(secretless, applied(set), 'two'));
  });

  it('of a VM of a Flexible set is that of the model that its tag names', () => {
    const flexible = scaleSet({ orchestration: 'Flexible' });
    const made = (at: string, vmSize: string) => ({
      ...differing(flexible, { hardwareProfile: { vmSize } }),
      profileCreatedAt: at,
    });

    expect(fingerprint(flexible, made('2026-01-01T00:00:00.000Z', 'A'), 'k')).toBe(
      fingerprint(flexible, made('2026-01-01T00:00:00.000Z', 'B'), 'k'),
    );
    expect(fingerprint(flexible, made('2026-01-02T00:00:00.000Z', 'A'), 'k')).not.toBe(
      fingerprint(flexible, made('2026-01-01T00:00:00.000Z', 'A'), 'k'),
    );
  });
});

describe('the hash of a model', () => {
  const hash = (over: object = {}, sku: object = {}) => {
    const { model } = withProfile(over as never);
    return modelHash({ ...model, sku: { ...model.sku, ...sku } });
  };

  it('stays the same while capacity, time, order of keys and case of ids change', () => {
    const backwards = Object.fromEntries(Object.entries(profile).reverse());

    expect(hash({}, { capacity: 50, tier: 'Basic' })).toBe(hash());
    expect(hash({ timeCreated: '2027-01-01T00:00:00Z' })).toBe(hash());
    expect(modelHash({ sku: { name: 'Standard_D2s_v5' }, profile: backwards })).toBe(hash());
    expect(
      hash({ storageProfile: { imageReference: { id: profile.storageProfile.imageReference.id.toUpperCase() } } }),
    ).toBe(hash());
  });

  it('stays the same in whatever order extensions are', () => {
    const [script] = profile.extensionProfile.extensions;
    const [one, other] = ['A', 'B'].map((name) => ({ ...script, name }));

    expect(hash({ extensionProfile: { extensions: [one, other] } })).toBe(
      hash({ extensionProfile: { extensions: [other, one] } }),
    );
  });

  it('changes with the size, the image and the keys of settings', () => {
    const [script] = profile.extensionProfile.extensions;
    const settings = { ...script.properties.settings, more: 1 };
    const extensions = [{ ...script, properties: { ...script.properties, settings } }];
    const all = [
      hash(),
      hash({}, { name: 'Standard_D4s_v5' }),
      hash({ storageProfile: { imageReference: { id: '/x' } } }),
      hash({ extensionProfile: { extensions } }),
    ];

    expect(new Set(all).size).toBe(4);
  });

  it('does not depend on values that can be secrets, so that nobody can guess them from it', () => {
    const [script] = profile.extensionProfile.extensions;
    const settings = { ...script.properties.settings, commandToExecute: 'something else' };
    const extensions = [{ ...script, properties: { ...script.properties, settings } }];

    expect(JSON.stringify(profile)).toContain(PASSWORD);
    expect(hash({ extensionProfile: { extensions } })).toBe(hash());
    expect(hash({ osProfile: { ...object(profile.osProfile), adminPassword: 'x', customData: 'y' } })).toBe(hash());
    expect(hash({ userData: 'z' })).toBe(hash());
  });
});
