import { describe, expect, it } from 'vitest';
import { eventKinds, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { slackLimits } from '../../src/formatters/slack.ts';
import { teamsLimits } from '../../src/formatters/teams.ts';
import { examples } from '../support/examples.ts';
import { complete, FLOOD, HOSTILE, plant, plantAll, textPaths } from '../support/hostile.ts';
import {
  destinationNames,
  localeNames,
  payloadOf,
  refusalOf,
  slackPayload,
  teamsPayload,
  visibleTexts,
} from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const kinds = variantNames.map((name) => [name, variants[name], complete(variants[name])] as const);

it('include an event of every kind', () => {
  expect(new Set(kinds.map(([, { kind }]) => kind))).toStrictEqual(new Set(eventKinds));
});

/** Nothing hostile, found nowhere else, and too long for the key figure, as the hostile texts are. */
const MARKER = 'zxzxzxzxzxzxzxzxz';

/** What a person who wrote the text would expect to see of it in a line. */
const asLine = (text: string): string => {
  const { title } = eventSchema.parse({ ...examples.custom, title: text }) as { title: string };
  return title;
};

describe.each(destinationNames)('destination %s', (name) => {
  describe.each(localeNames)('in %s', (locale) => {
    describe.each(kinds)('with the event %s', (_kind, usual, event) => {
      it.each(['format', 'plain'] as const)('is content with its message (%s)', (form) => {
        expect(refusalOf(name, payloadOf(name, usual, { locale, form }))).toBeUndefined();
        expect(refusalOf(name, payloadOf(name, event, { locale, form }))).toBeUndefined();
      });

      it('gets the same message each time', () => {
        expect(payloadOf(name, structuredClone(event), { locale })).toStrictEqual(payloadOf(name, event, { locale }));
      });

      it.each(textPaths(event).map((path) => [path.join('.'), path] as const))(
        'shows hostile text in %s as it was written, or not at all',
        (_name, path) => {
          const isBlock = ['text', 'reason', 'output', 'change', 'description'].includes(`${path[0]}`);
          for (const form of ['format', 'plain'] as const) {
            const expected = visibleTexts(payloadOf(name, planted(event, path, MARKER), { locale, form }));
            for (const text of HOSTILE) {
              const payload = payloadOf(name, planted(event, path, text), { locale, form });
              const shown = isBlock ? cleanBlock(text) : asLine(text);

              expect(refusalOf(name, payload)).toBeUndefined();
              expect(visibleTexts(payload)).toStrictEqual(expected.map((each) => each.replaceAll(MARKER, shown)));
            }
          }
        },
      );

      it.each([...HOSTILE, FLOOD])('is content with hostile text everywhere (%#)', (text) => {
        const flooded = eventSchema.parse(plantAll(event, text));

        for (const form of ['format', 'plain'] as const) {
          expect(refusalOf(name, payloadOf(name, flooded, { locale, form }))).toBeUndefined();
        }
      });
    });
  });
});

describe.each(kinds)('the size of the message %s', (_kind, _usual, event) => {
  it.each([
    ['as it is usual', event],
    ['with all that it can hold', eventSchema.parse(plantAll(event, FLOOD))],
    ['with signs that JSON escapes', eventSchema.parse(plantAll(event, '"\\\n'.repeat(3_000)))],
  ])('is within the limits of each chat (%s)', (_what, each) => {
    expect(slackLimits.size(slackPayload(each))).toBeLessThanOrEqual(slackLimits.most);
    expect(teamsLimits.size(teamsPayload(each))).toBeLessThanOrEqual(teamsLimits.most);
  });
});

const planted = (event: RelayEvent, path: readonly (string | number)[], text: string): RelayEvent =>
  eventSchema.parse(plant(event, path, text));

const cleanBlock = (text: string): string => {
  const { text: said = '' } = eventSchema.parse({ ...examples.custom, text }) as { text?: string };
  return said;
};
