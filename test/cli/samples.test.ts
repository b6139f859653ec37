import { expect, it } from 'vitest';
import { samples } from '../../src/cli/samples.ts';
import { asTest, testMessage } from '../../src/cli/test-event.ts';
import { eventKinds, event as eventSchema } from '../../src/event/event.ts';
import { readEvent } from '../../src/formatters/reading.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';

const AT = '2026-11-21T08:00:00.000Z';

it('there is one sample of every kind', () => {
  expect(samples.map(({ kind }) => kind).toSorted()).toStrictEqual([...eventKinds].toSorted());
});

it('the test message is an event', () => {
  expect(eventSchema.parse(testMessage(AT))).toStrictEqual(testMessage(AT));
});

it.each(Object.values(examples))(
  'a test of $kind says so wherever it names what it is about, in every language',
  (event) => {
    const test = asTest(event, AT);

    for (const say of Object.values(locales)) {
      const { sentence, subject, list } = readEvent(test, { say, timeZone: 'UTC' });
      // Every line of a digest is about something else.
      const lines = event.kind === 'digest' ? (list?.items ?? []) : [];
      const told = [sentence, subject.text, ...lines.map(({ text }) => text)];
      for (const each of told) expect(each).toContain('[test]');
    }
  },
);

it.each(Object.values(examples))('a test of $kind is neither the occurrence nor a part of its story', (event) => {
  const test = asTest(event, AT);

  expect(test.id).not.toBe(event.id);
  expect(test.id).not.toBe(asTest(event, '2026-11-21T08:00:01.000Z').id);
  if (event.story !== undefined) expect(test.story).toBe(`test/${event.story}`);
  expect(test.properties).toMatchObject({ test: 'yes' });
});
