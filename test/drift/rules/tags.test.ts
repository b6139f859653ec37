import { describe, expect, it } from 'vitest';
import { isLeftOut, wishes } from '../../../src/drift/rules/tags.ts';
import { scaleSet, withProfile } from '../support/models.ts';

const tagged = (tags: Readonly<Record<string, string>>) => scaleSet({ tags });

describe('a set', () => {
  it.each([
    ['AKS, by a tag', tagged({ 'aks-managed-poolName': 'pool1' })],
    ['AKS Engine, by a tag', tagged({ orchestrator: 'Kubernetes:1.18.3' })],
    ['AKS, by its group', scaleSet({ resourceGroup: 'MC_rg_aks_westeurope' })],
    ['Service Fabric, by a tag', tagged({ resourceType: 'Service Fabric', clusterName: 'c' })],
    [
      'Service Fabric, by its extension',
      withProfile({
        extensionProfile: { extensions: [{ name: 'sf', properties: { publisher: 'Microsoft.Azure.ServiceFabric' } }] },
      }),
    ],
    ['Batch, by its group', scaleSet({ resourceGroup: 'AZUREBATCH-CB989D3E-4BCC-4ABC-BC32-D1B6DFA2E6B0-C' })],
    ['Databricks, by a tag', tagged({ Vendor: 'Databricks' })],
    ['Databricks, by its group', scaleSet({ resourceGroup: 'databricks-rg-ws-abc' })],
    ['whoever its managedBy names', scaleSet({ managedBy: '/subscriptions/x/providers/y' })],
    ['nobody, by its own tag', tagged({ 'Drift-Ignore': ' TRUE ' })],
  ])('managed by %s is left out', (_who, set) => {
    expect(isLeftOut(set, [])).toBe(true);
  });

  it.each([
    ['of one’s own', scaleSet()],
    ['in a group called after Batch', scaleSet({ resourceGroup: 'AzureBatch-rg' })],
    [
      'with tags of one’s own',
      tagged({ orchestrator: 'nomad', vendor: 'us', resourceType: 'web', 'drift-ignore': 'false' }),
    ],
  ])('%s is not', (_what, set) => {
    expect(isLeftOut(set, [])).toBe(false);
  });

  it('that a setting names is left out, in any case of letters', () => {
    expect(isLeftOut(scaleSet(), [/x/i, /RG-SHOP\/.*\/shop-/i])).toBe(true);
    expect(isLeftOut(scaleSet(), [/other/i])).toBe(false);
  });
});

describe('the tags', () => {
  it.each([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T18:00Z', '2026-12-01T18:00:00.000Z'],
    ['2026-12-01T18:00:00+09:00', '2026-12-01T09:00:00.000Z'],
  ])('may say a date: %s', (until, canaryUntil) => {
    expect(wishes(tagged({ 'drift-canary-until': until }))).toStrictEqual({ ignored: false, canaryUntil, wrong: {} });
  });

  it.each(['2026-02-30', '2026-13-01', '01.12.2026', 'tomorrow', '2026-12-01T25:00Z', '2026-12-01T18:00'])(
    'that say %s say no date, which is told',
    (until) => {
      expect(wishes(tagged({ 'drift-canary-until': until }))).toStrictEqual({
        ignored: false,
        wrong: { 'drift-canary-until': `? ${until}` },
      });
    },
  );

  it('that say nothing ask for nothing', () => {
    expect(wishes(tagged({ 'drift-canary-until': ' ', 'drift-ignore': '' }))).toStrictEqual({
      ignored: false,
      wrong: {},
    });
  });
});
