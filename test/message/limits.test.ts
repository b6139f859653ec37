import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { examples } from '../support/examples.ts';
import {
  localeNames,
  payloadOf,
  refusalOf,
  slackPayload,
  stringsIn,
  teamsPayload,
  visibleTexts,
} from '../support/payloads.ts';

describe('a number', () => {
  it.each([
    [999_999, 1_000_000],
    [1_000_000, 1_000_000],
  ])('is never cut: %i → %i', (from, to) => {
    const event = { ...examples.scale, from, to };

    expect(visibleTexts(slackPayload(event))).toContain(` ${from} → ${to}`);
    expect(visibleTexts(teamsPayload(event))).toContain(`${from} → ${to}`);
  });
});

describe.each(localeNames)('the sentence in %s', (locale) => {
  it('keeps its numbers when the name is long', () => {
    const resource = { ...examples.scale.resource, name: 'n'.repeat(300), region: 'r'.repeat(80) };
    const event = eventSchema.parse({ ...examples.scale, environment: 'e'.repeat(80), resource, from: 37, to: 41 });

    expect(slackPayload(event, { locale }).text).toMatch(/37.*41\D*\.$/);
  });

  it('is within its budget in the plain form as well', () => {
    const event = eventSchema.parse({ ...examples.custom, title: 't'.repeat(500) });

    expect(teamsPayload(event, { locale, form: 'plain' }).summary.length).toBeLessThanOrEqual(300);
    expect(slackPayload(event, { locale, form: 'plain' }).text.split('\n')[0]?.length).toBeLessThanOrEqual(300);
  });
});

it('the plain form leaves a link as it is', () => {
  const links = [{ rel: 'run', url: 'https://ci.example.com/job:shop:main:7?a=1&b=2' }];

  expect(slackPayload({ ...examples.custom, links }, { form: 'plain' }).text).toContain(
    'https://ci.example.com/job:shop:main:7?a=1&amp;b=2',
  );
});

it.each([['__proto__'], ['constructor'], ['toString']])('a link named %s is a link like any other', (rel) => {
  const event = { ...examples.custom, links: [{ rel, url: 'https://a.example/' }] };

  expect(refusalOf('slack', payloadOf('slack', event))).toBeUndefined();
  expect(visibleTexts(slackPayload(event))).toContain('View details');
  expect(visibleTexts(teamsPayload(event)).join()).not.toContain('undefined');
});

it('a card holds no date of a sender but for its own', () => {
  const event = { ...examples.custom, title: '{{DATE(2026-01-01T00:00:00Z)}}' };
  const dates = stringsIn(teamsPayload(event)).flatMap(({ text }) => text.match(/\{\{.*?\}\}/g) ?? []);

  expect(dates).toStrictEqual(['{{DATE(2026-11-20T14:05:09Z,SHORT)}}', '{{TIME(2026-11-20T14:05:09Z)}}']);
});
