import { describe, expect, it } from 'vitest';
import { messages } from '../../src/destinations/messages.ts';
import { eventKinds, event as eventSchema } from '../../src/event/event.ts';
import type { Limits } from '../../src/message/fit.ts';
import { complete, FLOOD, HOSTILE, plantAll } from '../support/hostile.ts';
import { chatNames, destinationNames, localeNames, payloadOf, refusalOf } from '../support/payloads.ts';
import { part } from '../support/sweep.ts';
import { variantNames, variants } from '../support/variants.ts';

const cases = variantNames.map((name) => {
  const { event, ...manner } = variants[name];
  const whole = complete(event);
  const hostile = [...HOSTILE, FLOOD].map((text) => eventSchema.parse(plantAll(whole, text)));
  return [name, { manner, usual: event, event: whole, hostile }] as const;
});
const forms = ['format', 'plain'] as const;

it('include an event of every kind', () => {
  expect(new Set(cases.map(([, { event }]) => event.kind))).toStrictEqual(new Set(eventKinds));
});

describe.each(destinationNames)('destination %s', (name) => {
  describe.each(localeNames.map((locale, turn) => [locale, turn] as const))('in %s', (locale, turn) => {
    describe.each(cases)('with the event %s', (_name, { manner, usual, event, hostile }) => {
      it.each(forms)('is content with its message (%s)', (form) => {
        expect(refusalOf(name, payloadOf(name, usual, { ...manner, locale, form }))).toBeUndefined();
        expect(refusalOf(name, payloadOf(name, event, { ...manner, locale, form }))).toBeUndefined();
      });

      it('gets the same message each time', () => {
        const how = { ...manner, locale };

        expect(payloadOf(name, structuredClone(event), structuredClone(how))).toStrictEqual(
          payloadOf(name, event, how),
        );
      });

      it.each(forms)('is content with hostile text everywhere (%s)', (form) => {
        for (const each of part(hostile, turn + localeNames.length * forms.indexOf(form), 2 * localeNames.length)) {
          expect(refusalOf(name, payloadOf(name, each, { ...manner, locale, form }))).toBeUndefined();
        }
      });
    });
  });
});

describe.each(cases)('the size of the message %s', (_name, { manner, event }) => {
  const sizes = [
    ['as it is usual', event],
    ['with all that it can hold', eventSchema.parse(plantAll(event, FLOOD))],
    ['with signs that JSON escapes', eventSchema.parse(plantAll(event, '"\\\n'.repeat(3_000)))],
    ['with signs that Mattermost escapes', eventSchema.parse(plantAll(event, '$\\_:a'.repeat(3_000)))],
    ['with signs that Google Chat escapes', eventSchema.parse(plantAll(event, '\'"*&<'.repeat(3_000)))],
    ['with signs that Slack escapes', eventSchema.parse(plantAll(event, '&:a:'.repeat(3_000)))],
  ] as const;

  it.each(sizes.map(([what, each], turn) => [what, each, turn] as const))(
    'is within the limits of each chat (%s)',
    (_what, each, turn) => {
      for (const locale of part(localeNames, turn)) {
        const how = { ...manner, locale };

        for (const name of chatNames) {
          const { size, most } = messages[name].limits as Limits<unknown>;
          expect(size(payloadOf(name, each, how)), name).toBeLessThanOrEqual(most);
        }
      }
    },
  );
});
