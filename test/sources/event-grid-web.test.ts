import { describe, expect, it } from 'vitest';
import { armKey } from '../../src/sources/arm.ts';
import { receive } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { cloudEvent, GROUP, gridEvent, SCALE_SET, SITE } from './support/event-grid.ts';

const first = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include })[0];

const app = (type: string, data: object = {}) =>
  gridEvent(
    type,
    { siteName: 'shop-api', correlationRequestId: 'None', ...data },
    { topic: SITE, subject: '/Microsoft.Web/sites/shop-api' },
  );
const updated = (action: string) => app('Microsoft.Web.AppUpdated', { appEventTypeDetail: { action } });

describe('a slot swap', () => {
  it.each([
    ['SlotSwapStarted', 'SlotSwap', 'started', 'info'],
    ['SlotSwapCompleted', 'SlotSwap', 'succeeded', 'info'],
    ['SlotSwapFailed', 'SlotSwap', 'failed', 'error'],
    ['SlotSwapWithPreviewStarted', 'SlotSwapWithPreview', 'started', 'info'],
    ['SlotSwapWithPreviewCompleted', 'SlotSwapWithPreview', 'succeeded', 'info'],
    ['SlotSwapWithPreviewCancelled', 'SlotSwapWithPreview', 'cancelled', 'warning'],
  ])('%s is a deployment to the slot that it ends in, by both forms of the type', (word, step, phase, severity) => {
    const slots = { sourceSlot: 'blue', targetSlot: 'production' };
    const expected = { kind: 'deployment', subject: 'shop-api', step, phase, severity, environment: 'production' };

    expect(first(app(`Microsoft.Web.${word}`, slots))).toMatchObject({ ...expected, properties: slots });
    expect(first(app(`Microsoft.Web/sites.${word}`, slots))).toMatchObject(expected);
  });

  it('is one story from start to end', () => {
    const story = (word: string, correlationRequestId: string) =>
      first(app(`Microsoft.Web.${word}`, { correlationRequestId }))?.story;

    expect(story('SlotSwapCompleted', 'A')).toBe(story('SlotSwapStarted', 'A'));
    expect(story('SlotSwapCompleted', 'B')).not.toBe(story('SlotSwapStarted', 'A'));
    expect(story('SlotSwapCompleted', 'None')).toBe(story('SlotSwapStarted', 'None'));
  });

  it('is about the app of its topic, with and without blanks in it', () => {
    const blank = SITE.replace('Microsoft.Web/', 'Microsoft.Web/ ');

    expect(first({ ...app('Microsoft.Web.SlotSwapFailed'), topic: blank })?.resource).toStrictEqual({
      id: SITE,
      name: 'shop-api',
      type: 'Microsoft.Web/sites',
      group: 'rg-shop',
      subscriptionId: '3f2b1c90-5c1f-4b7e-9a55-0d2f6a1e7b11',
    });
  });
});

describe('an app', () => {
  it('that was stopped is an alert, resolved when it is started', () => {
    const stopped = first(updated('Stopped'));
    const started = first(updated('Started'));

    expect(stopped).toMatchObject({ kind: 'alert', state: 'fired', severity: 'warning', rule: 'AppUpdated.Stopped' });
    expect(started).toMatchObject({
      kind: 'alert',
      state: 'resolved',
      severity: 'warning',
      rule: 'AppUpdated.Stopped',
    });
    expect(started?.story).toBe(stopped?.story);
  });

  it('that failed to update is a deployment that failed', () => {
    expect(first(updated('Failed'))).toMatchObject({ kind: 'deployment', phase: 'failed', step: 'Failed' });
  });

  it.each(['Restarted', 'ChangedAppSettings', 'Completed'])('that was %s is noise', (action) => {
    expect(read({ payload: updated(action) })).toStrictEqual([]);
    expect(first(updated(action), ['operations'])).toMatchObject({ phase: 'succeeded', step: action });
    expect(first(app(`Microsoft.Web/sites.AppUpdated.${action}`), ['operations'])).toMatchObject({ step: action });
  });
});

describe('backups and restores', () => {
  it('are reported where a backup failed, and otherwise when they are asked for', () => {
    expect(first(app('Microsoft.Web.BackupOperationFailed'))).toMatchObject({
      kind: 'alert',
      state: 'fired',
      severity: 'error',
    });
    expect(read({ payload: app('Microsoft.Web.BackupOperationCompleted') })).toStrictEqual([]);
    expect(first(app('Microsoft.Web.BackupOperationCompleted'), ['operations'])).toMatchObject({
      step: 'BackupOperation',
    });
  });

  it.each([
    ['Started', 'started'],
    ['Completed', 'succeeded'],
    ['Failed', 'failed'],
  ])('are deployments where a restore %s', (ending, phase) => {
    expect(first(app(`Microsoft.Web.RestoreOperation${ending}`))).toMatchObject({ phase, step: 'RestoreOperation' });
  });
});

describe('an App Service plan', () => {
  const plan = (detail: string, status: string) =>
    gridEvent(
      'Microsoft.Web.AppServicePlanUpdated',
      { [detail]: { action: 'Updated', status }, sku: { name: 'P1v3', capacity: 4 } },
      { topic: `${GROUP}/providers/Microsoft.Web/serverfarms/shop-plan` },
    );

  it('is noise, as its direction is not said, unless its change failed', () => {
    expect(read(receive(plan('serverFarmEventTypeDetail', 'Completed')))).toStrictEqual([]);
    expect(first(plan('serverFarmEventTypeDetail', 'Failed'))).toMatchObject({ phase: 'failed', subject: 'shop-plan' });
  });

  it.each(['serverFarmEventTypeDetail', 'appServicePlanEventTypeDetail'])('is read by its %s', (detail) => {
    expect(first(plan(detail, 'Started'), ['plans'])).toMatchObject({
      phase: 'started',
      step: 'AppServicePlanUpdated',
      properties: { sku: 'P1v3', capacity: '4' },
    });
  });
});

describe('health', () => {
  const INSTANCE = `${SCALE_SET}/virtualMachines/3`;
  const changed = (properties: object, more: object = {}) =>
    cloudEvent(
      'Microsoft.ResourceNotifications.HealthResources.AvailabilityStatusChanged',
      { resourceInfo: { properties: { targetResourceId: INSTANCE, ...properties } } },
      more,
    );

  it.each([
    ['Unavailable', 'fired', 'error'],
    ['Degraded', 'fired', 'warning'],
    ['Unknown', 'fired', 'warning'],
    ['unavailable', 'fired', 'error'],
    [null, 'fired', 'warning'],
  ])('that is now %s is %s as %s', (availabilityState, state, severity) => {
    expect(first(changed({ availabilityState }))).toMatchObject({ kind: 'alert', state, severity });
  });

  it.each([
    ['Unavailable', 'error'],
    ['Degraded', 'warning'],
    [undefined, 'warning'],
  ])(
    'that is good again after %s is as severe as that was, in the same story',
    (previousAvailabilityState, severity) => {
      const resolved = first(changed({ availabilityState: 'Available', previousAvailabilityState }));

      expect(resolved).toMatchObject({ state: 'resolved', severity, story: armKey(INSTANCE) });
    },
  );

  it('names an instance of a scale set as Azure does', () => {
    expect(first(changed({}))?.resource).toMatchObject({ id: INSTANCE, name: 'shop-web_3' });
  });

  it('is about what its subject names, without the part of Resource Health', () => {
    const subject = `${INSTANCE}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`;

    expect(first(changed({ targetResourceId: null }, { subject }))?.resource).toMatchObject({ id: INSTANCE });
  });

  it('happened when the sender says, also where only its data says it', () => {
    const told = first(changed({ occurredTime: '2026-11-18T22:40:11.12Z' }, { time: undefined }));

    expect(told?.occurredAt).toBe('2026-11-18T22:40:11.120Z');
  });

  it.each([
    ['Customer Initiated', 'Not Applicable', 'info'],
    ['Platform Initiated', 'Unplanned', 'error'],
    ['Platform Initiated', 'Planned', 'warning'],
    [undefined, undefined, 'warning'],
  ])('annotated as %s and %s is fired as %s', (context, category, severity) => {
    const properties = {
      targetResourceId: INSTANCE,
      annotationName: 'LiveMigration',
      summary: 'It moved.',
      context,
      category,
    };
    const payload = cloudEvent('Microsoft.ResourceNotifications.HealthResources.ResourceAnnotated', {
      resourceInfo: { properties },
    });

    expect(first(payload)).toMatchObject({ state: 'fired', severity, rule: 'LiveMigration', description: 'It moved.' });
  });
});
