import { describe, expect, it } from 'vitest';
import { alert, body, having, read, scale } from './support/azure-monitor.ts';

const CONTEXT = ['data', 'alertContext'];
const PROPERTIES = [...CONTEXT, 'properties'];

const operation = (word: string) => ({ operationName: `Microsoft.Insights/AutoscaleSettings/${word}/Action` });

describe('an entry of autoscale in the activity log', () => {
  it.each([
    ['Scaleup', 'Succeeded', 'out', 'started'],
    ['PredictiveScaleup', 'Succeeded', 'out', 'started'],
    ['ScaleupResult', 'Succeeded', 'out', 'succeeded'],
    ['PredictiveScaleupResult', 'Succeeded', 'out', 'succeeded'],
    ['ScaleupResult', 'Failed', 'out', 'failed'],
    ['ScaleupResult', 'Started', 'out', 'started'],
    ['ScaleupResult', 'Accepted', 'out', 'started'],
    ['ScaleupResult', 'In Progress', 'out', 'started'],
    ['Scaleup', 'Failed', 'out', 'failed'],
    ['scaleup', 'succeeded', 'out', 'started'],
  ])('of the operation %s, %s, is scaling %s that has %s', (word, status, direction, phase) => {
    const event = scale(having('autoscale-scaleup', CONTEXT, { ...operation(word), status }));

    expect(event).toMatchObject({ direction, phase, from: 3, to: 6, setting: 'shop-web-scale' });
    expect(event.severity).toBe(phase === 'failed' ? 'error' : 'info');
  });

  it.each([
    ['Scaledown', 'started'],
    ['ScaledownResult', 'succeeded'],
  ])('of the operation %s is scaling in', (word, phase) => {
    const payload = having('autoscale-scaleup', CONTEXT, {
      ...operation(word),
      properties: { OldInstancesCount: 6, NewInstancesCount: 3 },
    });

    expect(scale(payload)).toMatchObject({ direction: 'in', phase, from: 6, to: 3 });
  });

  it('is known by its name where the operation says nothing', () => {
    const result = having('autoscale-scaleup', CONTEXT, { operationName: null, eventName: 'GetOperationStatusResult' });
    const action = having('autoscale-scaleup', CONTEXT, { operationName: null, eventName: 'AutoscaleAction' });

    expect([scale(result).phase, scale(action).phase]).toStrictEqual(['succeeded', 'started']);
  });

  it('is held back by flapping: from what is to what was wanted', () => {
    expect(scale(body('autoscale-flapping'))).toMatchObject({ phase: 'held', direction: 'in', from: 2, to: 1 });
    expect(scale(body('old-autoscale-flapping-occurred'))).toMatchObject({ phase: 'held', from: 6, to: 1 });
  });

  it('tells the counts of flapping where its text does not say what was wanted', () => {
    const payload = having('autoscale-flapping', PROPERTIES, { description: 'Held.', newInstancesCount: '2' });

    expect(scale(payload)).toMatchObject({ phase: 'held', direction: 'in', from: 2, to: 2 });
  });

  it('is an alert where a metric was lost, and where it is found again', () => {
    const [lost, found] = [alert(body('autoscale-metric-failure')), alert(body('autoscale-metric-recovery'))];

    expect([lost.state, found.state]).toStrictEqual(['fired', 'resolved']);
    expect(found.story).toBe(lost.story);
    expect(found.id).not.toBe(lost.id);
    expect(lost).toMatchObject({ rule: 'shop-web-scale', dimensions: { eventName: 'MetricFailure' } });
  });

  it('names the metric that was lost where it says which', () => {
    const payload = having('autoscale-metric-failure', PROPERTIES, { metricName: 'Percentage CPU' });

    expect(alert(payload).metric).toBe('Percentage CPU');
  });

  it('knows flapping and lost metrics by their name, whatever operation they were about', () => {
    const payload = having('autoscale-metric-failure', CONTEXT, operation('Scaleup'));

    expect(alert(payload).state).toBe('fired');
  });

  it.each([['x'], [null], ['-1'], ['2.5'], [''], ['99999999'], ['0x10'], ['1e3'], ['6.0'], ['+6'], ['6,5']])(
    'without a count (%j) is still an alert',
    (count) => {
      expect(alert(having('autoscale-scaleup', PROPERTIES, { newInstancesCount: count })).rule).toBe('shop-scaling');
    },
  );

  it('that changes the setting is an ordinary alert', () => {
    const operationName = 'Microsoft.Insights/AutoscaleSettings/Write';

    expect(read(having('autoscale-scaleup', CONTEXT, { operationName })).kind).toBe('alert');
  });

  it('is of one story with the webhook of autoscale itself: that of the scaled resource', () => {
    expect(scale(body('autoscale-scaleup')).story).toBe(
      '/subscriptions/3f1c9a52-7d40-4b6e-9a1c-0c5e8d2b7f14/resourcegroups/rg-shop/providers/microsoft.compute/virtualmachinescalesets/shop_web_01',
    );
  });

  it('is one occurrence for two rules that match it, and another for its result', () => {
    const again = having('autoscale-scaleup', ['data', 'essentials'], { alertId: '/another', alertRule: 'another' });
    const result = having('autoscale-scaleup', CONTEXT, operation('ScaleupResult'));

    expect(scale(again).id).toBe(scale(body('autoscale-scaleup')).id);
    expect(scale(result).id).not.toBe(scale(body('autoscale-scaleup')).id);
  });
});
