import { describe, expect, it } from 'vitest';
import { modelHash } from '../../../src/drift/rules/model-hash.ts';
import { modelsAtLeast, summarize } from '../../../src/drift/rules/reading.ts';
import { reasons } from '../../../src/drift/rules/reasons.ts';
import { sampleInstances, sampleSet } from '../support/samples.ts';

const told = (model: string, instances: string) =>
  sampleInstances(instances).map((instance) => reasons(sampleSet(model), instance));

describe('of recorded answers', () => {
  it('a secret that was removed is the only reason', () => {
    expect(told('rec-secret-1-vmss-get-before', 'rec-secret-2-vm-list-latest-true')).toStrictEqual([[], []]);
    expect(told('rec-secret-4-vmss-get-after', 'rec-secret-5-vm-list-latest-false')).toStrictEqual([
      [{ kind: 'secrets' }],
      [{ kind: 'secrets' }],
    ]);
  });

  it('pools that were added are the only reason', () => {
    const all = told('rec-net-2-vmss-patch-response', 'rec-net-3-vm-list-latest-false');

    expect(all).toHaveLength(2);
    for (const each of all) {
      expect(each).toStrictEqual([
        { kind: 'network', name: expect.stringContaining('loadBalancerBackendAddressPools') },
      ]);
    }
  });

  it('a licence that was changed and changed back leaves no difference', () => {
    const instances = sampleInstances('rec-aba-3-vm-list-latest-false');

    expect(instances.map(({ latestModelApplied }) => latestModelApplied)).not.toContain(true);
    expect(told('rec-aba-2-vmss-get-after', 'rec-aba-3-vm-list-latest-false').flat()).toStrictEqual([]);
    expect(told('rec-aba-2-vmss-get-after', 'rec-aba-4-vm-protected-put-response').flat()).toStrictEqual([]);
  });

  it('what the platform adds, a version that says latest and ids in capitals are no reasons', () => {
    expect(told('rec-cse-1-vmss-get', 'rec-cse-2-vm-list')).toStrictEqual([[], []]);
    expect(told('rec-2024-1-vmss-get', 'rec-2024-2-vm-list')).toStrictEqual([[], []]);
  });

  it('settings in clear are told by the names of their keys alone', () => {
    const set = sampleSet('rec-cse-1-vmss-get');
    const bare = { ...set, model: { ...set.model, profile: { ...set.model.profile, extensionProfile: {} } } };
    const [instance] = sampleInstances('rec-cse-2-vm-list');

    expect(instance && reasons(bare, instance)).toStrictEqual([
      { kind: 'extensionExtra', name: 'CustomScriptForLinux' },
    ]);
    expect(JSON.stringify(summarize(bare, sampleInstances('rec-cse-2-vm-list'), 'key'))).not.toContain('SECRET');
  });

  it('a model that was changed has another hash, and the same one read twice has not', () => {
    const [before, after, patched] = ['1-vmss-get-before', '4-vmss-get-after', '3-vmss-patch-response'].map((name) =>
      modelHash(sampleSet(`rec-secret-${name}`).model),
    );

    expect(before).not.toBe(after);
    expect(patched).toBe(after);
  });

  it('instances that are behind alike refer to one model', () => {
    const { drifted } = summarize(
      sampleSet('rec-secret-4-vmss-get-after'),
      sampleInstances('rec-secret-5-vm-list-latest-false'),
      'key',
    );

    expect(drifted).toHaveLength(2);
    expect(modelsAtLeast(drifted)).toBe(2);
  });
});
