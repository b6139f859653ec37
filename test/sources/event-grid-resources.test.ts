import { describe, expect, it } from 'vitest';
import { armKey } from '../../src/sources/arm.ts';
import { receive } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { GROUP, gridEvent, operation, SCALE_SET, SITE } from './support/event-grid.ts';

const SETS = 'Microsoft.Compute/virtualMachineScaleSets';
const VERSIONS = 'Microsoft.Compute/galleries/images/versions';
const VERSION = `${GROUP}/providers/Microsoft.Compute/galleries/shop/images/web-base/versions/1.4.0`;
const TEMPLATES = 'Microsoft.VirtualMachineImages/imageTemplates';
const TEMPLATE = `${GROUP}/providers/${TEMPLATES}/nightly`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-shop`;

const VERBS: Readonly<Record<string, string>> = { write: 'Write', delete: 'Delete' };

/** The event of an operation that ended so. */
function happened(name: string, uri = SCALE_SET, suffix = 'Success', more: object = {}) {
  const verb = VERBS[name.split('/').at(-1) ?? ''] ?? 'Action';
  const status = { Success: 'Succeeded', Failure: 'Failed', Cancel: 'Canceled' }[suffix];
  return gridEvent(`Microsoft.Resources.Resource${verb}${suffix}`, operation(name, uri, status), {
    subject: uri,
    ...more,
  });
}

const first = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include })[0];

describe('an operation on a scale set', () => {
  it.each([
    ['manualUpgrade/action', 'manualUpgrade'],
    ['osRollingUpgrade/action', 'osRollingUpgrade'],
    ['scale/action', 'scale'],
    ['reimageAll/Action', 'reimageAll'],
    ['delete', 'delete'],
  ])('%s is a deployment with its own word as the step', (name, step) => {
    expect(first(happened(`${SETS}/${name}`))).toMatchObject({
      kind: 'deployment',
      phase: 'succeeded',
      severity: 'info',
      subject: 'shop-web',
      step,
      story: armKey(SCALE_SET),
      resource: { id: SCALE_SET, name: 'shop-web', type: SETS, group: 'rg-shop' },
      links: [{ rel: 'resource', url: `https://portal.azure.com/#resource${SCALE_SET}` }],
    });
  });

  it.each([
    ['Failure', 'failed', 'error'],
    ['Cancel', 'cancelled', 'warning'],
  ])('that ended in %s is %s', (suffix, phase, severity) => {
    expect(first(happened(`${SETS}/manualUpgrade/action`, SCALE_SET, suffix))).toMatchObject({ phase, severity });
  });

  it('is as bad as its status says, whatever the type says', () => {
    const failed = gridEvent(
      'Microsoft.Resources.ResourceActionSuccess',
      operation(`${SETS}/scale/action`, SCALE_SET, 'Failed'),
    );

    expect(first(failed)).toMatchObject({ phase: 'failed' });
  });

  it('named rollingUpgrades/action cancels an upgrade, so it has cancelled where it succeeded', () => {
    const name = `${SETS}/rollingUpgrades/action`;

    expect(first(happened(name))).toMatchObject({ phase: 'cancelled', severity: 'warning', step: 'rollingUpgrades' });
    expect(first(happened(name, SCALE_SET, 'Failure'))).toMatchObject({ phase: 'failed' });
  });

  it.each([`${SETS}/write`, `${SETS}/delete/action`])('%s is done at each scaling, so it is noise', (name) => {
    expect(read(receive(happened(name)))).toStrictEqual([]);
    expect(first(happened(name), ['writes'])).toMatchObject({ phase: 'succeeded' });
    expect(first(happened(name, SCALE_SET, 'Failure'))).toMatchObject({ phase: 'failed' });
  });

  it('is told from the delete of the whole set where it deletes instances', () => {
    expect(first(happened(`${SETS}/delete/action`), ['writes'])).toMatchObject({ step: 'delete/action' });
  });

  it('on one of its instances is noise', () => {
    const payload = happened(`${SETS}/virtualMachines/restart/action`, `${SCALE_SET}/virtualMachines/3`);

    expect(read({ payload })).toStrictEqual([]);
    expect(first(payload, ['actions'])).toMatchObject({ step: 'restart' });
  });

  it('is about the scale set also where the subject goes deeper, and in any case', () => {
    const deeper = `${SCALE_SET.toLowerCase()}/rollingUpgrades/latest`;

    expect(first(happened(`${SETS}/manualUpgrade/action`, deeper))).toMatchObject({
      resource: { name: 'shop-web' },
      story: armKey(SCALE_SET),
    });
  });

  it('without its name is what its type says', () => {
    expect(first(gridEvent('Microsoft.Resources.ResourceDeleteSuccess', null))).toMatchObject({
      step: 'delete',
      subject: 'shop-web',
    });
  });
});

describe('an image', () => {
  it.each([
    ['write', 'completed'],
    ['delete', 'deleted'],
  ])('whose version had a %s is %s, known by its definition', (verb, action) => {
    expect(first(happened(`${VERSIONS}/${verb}`, VERSION))).toMatchObject({
      kind: 'artifact',
      action,
      name: 'web-base',
      version: '1.4.0',
      resource: { id: VERSION, name: 'web-base' },
    });
  });

  it('that was not made is a deployment that failed', () => {
    expect(first(happened(`${VERSIONS}/write`, VERSION, 'Failure'))).toMatchObject({
      kind: 'deployment',
      phase: 'failed',
      subject: 'web-base',
      version: '1.4.0',
      step: 'write',
    });
  });

  it('is complete when its template has run, and failed when it did not', () => {
    const run = `${TEMPLATES}/run/action`;

    expect(first(happened(run, TEMPLATE))).toMatchObject({ kind: 'artifact', action: 'completed', name: 'nightly' });
    expect(first(happened(run, TEMPLATE, 'Failure'))).toMatchObject({
      kind: 'deployment',
      phase: 'failed',
      subject: 'nightly',
      step: 'run',
    });
    expect(first(happened(`${TEMPLATES}/cancel/action`, TEMPLATE))).toMatchObject({ phase: 'cancelled' });
  });
});

describe('other resources', () => {
  it('are reported where an app was written', () => {
    expect(first(happened('Microsoft.Web/sites/write', SITE))).toMatchObject({ subject: 'shop-api', step: 'write' });
    expect(first(happened('Microsoft.Web/sites/slots/write', `${SITE}/slots/blue`))).toMatchObject({ subject: 'blue' });
  });

  it('are noise, failed or not, unless the extra for them is included', () => {
    for (const suffix of ['Success', 'Failure', 'Cancel']) {
      expect(read({ payload: happened('Microsoft.KeyVault/vaults/write', VAULT, suffix) })).toStrictEqual([]);
    }
    expect(first(happened('Microsoft.KeyVault/vaults/write', VAULT), ['resources'])).toMatchObject({ step: 'write' });
    expect(first(happened('Microsoft.KeyVault/vaults/delete', VAULT), ['resources'])).toMatchObject({ step: 'delete' });
    expect(first(happened('Microsoft.Web/sites/restart/Action', SITE), ['actions'])).toMatchObject({ step: 'restart' });
  });

  it('are not looked up by the names of objects’ own parts', () => {
    for (const name of ['constructor/write', '__proto__/x/write', 'toString/valueOf/hasOwnProperty/action', '/', '']) {
      expect(() => read({ payload: happened(name), include: ['resources', 'actions'] })).not.toThrow();
    }
  });
});
