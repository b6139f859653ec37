import { describe, expect, it } from 'vitest';
import { event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { complete, HOSTILE, type Path, plant, plantedText, textPaths } from '../support/hostile.ts';
import { chatNames, localeNames, payloadOf, visibleTexts } from '../support/payloads.ts';
import { part } from '../support/sweep.ts';
import { type VariantName, variantNames, variants } from '../support/variants.ts';

/** Nothing hostile, found nowhere else, too long for the key figure and no word of a program, as the hostile texts are. */
const MARKER = 'zxzxzxzx zxzxzxzx';

const FORMS = ['format', 'plain'] as const;

const planted = (event: RelayEvent, path: Path, text: string): RelayEvent =>
  eventSchema.parse(plant(event, path, text));

// The same outline with another colour or another word; what is said of them holds for these.
const ALIKE: readonly VariantName[] = ['custom-info', 'custom-error', 'custom-critical', 'alert-fired-sev0'];

const cases = variantNames
  .filter((name) => !ALIKE.includes(name))
  .map((name) => {
    const { event, ...manner } = variants[name];
    return [name, { manner, event: complete(event) }] as const;
  });

// An alert shows its story as a hash of itself.
const shownPaths = (event: RelayEvent): Path[] =>
  textPaths(event).filter(([field]) => event.kind !== 'alert' || field !== 'story');

/** Of several lines a sentence has the first; of a failure's output, which may be a log, it may have none. */
const shortened = ([field]: Path, shown: string, text: string): readonly string[] =>
  text === MARKER || !shown.includes('\n') || !['text', 'output', 'description'].includes(`${String(field)}`)
    ? []
    : [text.replaceAll(MARKER, shown.split('\n')[0] ?? ''), text.replaceAll(`; ${MARKER}`, '')];

/** A push text is cut where it is longer than a telephone shows. */
function isThat(text = '', way: string): boolean {
  const at = text.lastIndexOf('…');
  const isCut = at >= 0 && way.startsWith(text.slice(0, at).trimEnd()) && way.endsWith(text.slice(at + 1));
  return text === way || isCut;
}

describe.each(cases)('in the message %s', (_name, { manner, event }) => {
  it.each(shownPaths(event).map((path, place) => [path.join('.'), path, place] as const))(
    'hostile text in %s is shown as it was written, or not at all, in every chat and language',
    (_path, path, place) => {
      const hostile = HOSTILE.map((text) => planted(event, path, text));
      for (const chat of chatNames) {
        for (const locale of part(localeNames, Math.floor(place / 2))) {
          for (const form of part(FORMS, place, 2)) {
            const how = { ...manner, locale, form };
            const expected = visibleTexts(payloadOf(chat, planted(event, path, MARKER), how));
            for (const each of hostile) {
              const shown = plantedText(event, each, path);

              // A sentence has the reason in one line.
              const lines = (text: string) => (path[0] === 'reason' ? text.replace(/\s+/g, ' ') : text);

              const texts = visibleTexts(payloadOf(chat, each, how)).map(lines);

              expect(texts).toStrictEqual(
                expected.map((text, at) => {
                  const ways = [text.replaceAll(MARKER, shown), ...shortened(path, shown, text)].map(lines);
                  return ways.some((way) => isThat(texts[at], way)) ? texts[at] : ways[0];
                }),
              );
            }
          }
        }
      }
    },
  );
});

it('hostile text can stand in every string of a list, in a command, and in the name of a property', () => {
  const places = (name: VariantName) => textPaths(complete(variants[name].event)).map((path) => path.join('.'));

  expect(places('drift-pending')).toEqual(
    expect.arrayContaining(['command', 'reasons.0.name', 'reasons.0.from', 'heldIds.0', 'properties.team.(key)']),
  );
  expect(places('digest-rate')).toEqual(
    expect.arrayContaining(['stories.0.subject', 'stories.0.state', 'tally.0.kind']),
  );
  expect(places('alert-fired')).toEqual(expect.arrayContaining(['dimensions.instance.(key)', 'description']));
  expect(places('drift-pending')).not.toContain('change');
  expect(places('deployment-failed')).toContain('change');
});
