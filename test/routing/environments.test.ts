import { describe, expect, it } from 'vitest';
import { environmentsGiven, routeEvent } from '../../src/routing/choice.ts';
import { withEnvironment } from '../../src/routing/environments.ts';
import { compileEnvironment } from '../../src/routing/environments-written.ts';
import { matcher } from '../../src/routing/match.ts';
import { examples } from '../support/examples.ts';

const { environment: _, ...scale } = examples.scale;

const rules = [
  { name: 'prod', match: { subscription: '00000000-0000-0000-0000-0000000000a1', group: 'rg-shop*' } },
  { name: 'prod', match: { resource: '*-prod' } },
  { name: 'staging', match: { properties: { stage: 'uat' } } },
  { name: 'dev' },
].map(compileEnvironment);

const named = (name: string, group = 'rg-other') => ({ ...scale, resource: { name, group } });

describe('rules of environments', () => {
  it.each([
    ['by subscription and group', scale, 'prod', 0],
    ['by a pattern of the name', named('web-prod'), 'prod', 1],
    ['by a property', { ...named('web'), properties: { Stage: 'uat' } }, 'staging', 2],
    [
      'by a label of an alert',
      { ...examples.alert, environment: undefined, resource: { name: 'web' }, dimensions: { stage: 'UAT' } },
      'staging',
      2,
    ],
    [
      'by a tag of a scale set',
      { ...examples.drift, environment: undefined, resource: { name: 'web' }, tags: { STAGE: 'uat' } },
      'staging',
      2,
    ],
    ['by the last, which takes all', named('web'), 'dev', 3],
  ] as const)('give one %s', (_how, event, environment, rule) => {
    expect(withEnvironment(event as typeof examples.scale, rules)).toMatchObject({ event: { environment }, rule });
  });

  it('leave one that its sender named, and count a blank one as none', () => {
    const test = { ...scale, environment: 'test' };

    expect(withEnvironment(test, rules)).toStrictEqual({ event: test });
    expect(withEnvironment({ ...scale, environment: '' }, rules).event.environment).toBe('prod');
  });

  it('give none where none fits', () => {
    expect(withEnvironment(named('web'), rules.slice(0, 3))).toStrictEqual({ event: named('web') });
    expect(withEnvironment(scale, [])).toStrictEqual({ event: scale });
  });

  it('are asked before an event is routed, for events of every source', () => {
    const routes = [{ match: matcher({ environment: 'prod' }), to: ['ops'] }];
    const routing = { environments: rules, routes, receivers: ['ops'], mayChoose: [] };
    const found = routeEvent(scale, routing);

    expect(found).toMatchObject({ receivers: ['ops'], event: { environment: 'prod' }, environmentRule: 0 });
    expect(environmentsGiven([found])).toStrictEqual({
      environments: [{ event: scale.id, environment: 'prod', rule: 'environments.0' }],
    });
    expect(routeEvent(named('web'), routing).receivers).toStrictEqual([]);
    expect(environmentsGiven([routeEvent(examples.scale, routing)])).toStrictEqual({});
  });
});
