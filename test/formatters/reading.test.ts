import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { readEvent } from '../../src/formatters/reading.ts';
import { en } from '../../src/locales/en.ts';
import { examples } from '../support/examples.ts';

const scale = (change: Partial<EventOf<'scale'>>) => readEvent({ ...examples.scale, ...change }, en, 'UTC');
const custom = (change: Partial<EventOf<'custom'>>) => readEvent({ ...examples.custom, ...change }, en, 'UTC');
const factOf = ({ facts }: ReturnType<typeof scale>, label: string) =>
  facts.find((fact) => fact.label === label)?.value;

describe('a reading of scaling', () => {
  it.each([
    ['started', 'out', 'info', '📈', 'Scaled out', '3 → 6'],
    ['succeeded', 'out', 'info', '📈', 'Scaled out', '3 → 6'],
    ['started', 'in', 'neutral', '📉', 'Scaled in', '3 → 6'],
    ['failed', 'out', 'danger', '🚨', 'Scaling failed', '3 / 6'],
    ['failed', 'in', 'danger', '🚨', 'Scaling failed', '3 / 6'],
    ['held', 'out', 'warning', '✋', 'Scaling held back', '3 / 6'],
  ] as const)('that has %s, %s, is %s %s', (phase, direction, tone, emoji, state, figure) => {
    expect(scale({ phase, direction })).toMatchObject({ tone, emoji, state, figure });
  });

  it.each([
    [3, 6, '3 → 6 (+3)'],
    [6, 3, '6 → 3 (−3)'],
    [3, 3, '3 → 3 (±0)'],
    [0, 1, '0 → 1 (+1)'],
  ])('tells the change from %i to %i', (from, to, value) => {
    expect(factOf(scale({ from, to }), 'Instances')).toBe(value);
  });

  it('tells the new number alone where the old one is not known', () => {
    const { from: _, ...event } = examples.scale;
    const reading = readEvent(event, en, 'UTC');

    expect(reading.figure).toBe('6');
    expect(factOf(reading, 'Instances')).toBe('6');
    expect(reading.sentence).toBe('Scaled out: shop-web (prod, Korea Central) to 6\u00a0instances.');
  });

  it('tells what still runs and what was wanted when it failed, and claims no change', () => {
    const reading = scale({ phase: 'failed', from: 1, to: 6 });

    expect(factOf(reading, 'Still running')).toBe('1\u00a0instance');
    expect(factOf(reading, 'Wanted')).toBe('6\u00a0instances');
    expect(factOf(reading, 'Instances')).toBeUndefined();
    expect(JSON.stringify(reading)).not.toContain('→');
  });

  it('is shorter when it is scaling in: no body, and the place in the origin', () => {
    const reading = scale({ direction: 'in' });

    expect(reading.body).toBeUndefined();
    expect(reading.origin.place).toBe('prod · Korea Central');
    expect(reading.facts.map(({ label }) => label)).toStrictEqual(['Instances', en.label.setting, 'team']);
  });

  it('does not say the environment twice', () => {
    const { facts } = scale({ properties: { environment: 'prod', env: 'prod', team: 'shop' } });

    expect(facts.map(({ label }) => label)).toStrictEqual([
      'Instances',
      en.label.setting,
      'Resource group',
      'Environment',
      'team',
    ]);
  });

  it('names the region by itself where there is no environment', () => {
    const { environment: _, ...event } = examples.scale;

    expect(factOf(readEvent(event, en, 'UTC'), 'Region')).toBe('Korea Central');
  });
});

describe('a reading of an event posted by hand', () => {
  it.each([
    ['info', 'info', '🔵', 'Notice'],
    ['warning', 'warning', '🟠', 'Warning'],
    ['error', 'danger', '🔴', 'Error'],
    ['critical', 'danger', '🚨', 'Critical'],
  ] as const)('of severity %s is %s %s', (severity, tone, emoji, state) => {
    expect(custom({ severity })).toMatchObject({ tone, emoji, state });
  });

  it('has no figure, and its own text for a body', () => {
    const reading = custom({ text: 'Renew it.' });

    expect(reading.figure).toBeUndefined();
    expect(reading.body).toStrictEqual({ label: 'Message', text: 'Renew it.' });
  });

  it('does not name a resource that is only its title again', () => {
    expect(factOf(custom({ title: 'shop-web' }), 'Resource')).toBeUndefined();
    expect(factOf(custom({}), 'Resource')).toBe('shop-web');
  });

  it('leads to its resource, or else to its first link', () => {
    const links = [
      { rel: 'run', url: 'https://a.example/' },
      { rel: 'resource', url: 'https://b.example/' },
    ];

    expect(custom({ links }).subject.url).toBe('https://b.example/');
    expect(custom({ links: links.slice(0, 1) }).subject.url).toBe('https://a.example/');
    expect(custom({ links: [] }).subject.url).toBeUndefined();
  });
});

describe('the reading of a failed scaling', () => {
  const failed = { ...examples.scale, phase: 'failed', errorCode: 'QuotaExceeded' } as const;

  it('names the error code, to be copied', () => {
    const { facts } = readEvent(failed, en, 'UTC');

    expect(facts).toContainEqual({ label: 'Error code', value: 'QuotaExceeded', code: true });
  });

  it('has the words of autoscale only where autoscale said them', () => {
    expect(readEvent(failed, en, 'UTC').body?.label).toBe('Autoscale says');
    expect(readEvent({ ...failed, source: 'custom' }, en, 'UTC').body?.label).toBe('Message');
  });
});

describe('the buttons of a reading', () => {
  it.each([
    ['resource', 'Open resource'],
    ['scale-history', 'Scale history'],
    ['run', 'View run'],
    ['logs', 'View logs'],
    ['dashboard', 'Open dashboard'],
    ['runbook', 'Runbook'],
    ['anything', 'View details'],
  ])('are titled by what they lead to (%s)', (rel, title) => {
    expect(custom({ links: [{ rel, url: 'https://a.example/' }] }).actions).toStrictEqual([
      { title, hint: `${title}: ${examples.custom.title}`, url: 'https://a.example/' },
    ]);
  });
});

describe('the buttons of a reading', () => {
  it('have the runbook second, where a narrow card still shows it', () => {
    const links = ['resource', 'scale-history', 'runbook'].map((rel) => ({ rel, url: `https://example.com/${rel}` }));

    expect(readEvent({ ...examples.scale, links }, en, 'UTC').actions.map(({ title }) => title)).toStrictEqual([
      'Open resource',
      'Runbook',
      'Scale history',
    ]);
  });
});

describe('the origin of a reading', () => {
  it('names the source as people know it, and by its own name where nobody does', () => {
    expect(scale({}).origin.source).toBe('Azure autoscale');
    expect(scale({ source: 'somebody' }).origin.source).toBe('somebody');
  });

  it('has the time of the event, as it was and in the zone of the receiver', () => {
    expect(readEvent(examples.scale, en, 'Asia/Seoul').origin).toMatchObject({
      occurredAt: '2026-11-20T14:05:09.962Z',
      written: '2026-11-20 23:05 GMT+9 (14:05 UTC)',
    });
  });
});
