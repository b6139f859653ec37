import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { plant } from '../support/hostile.ts';
import { chatNames, payloadOf, refusalOf } from '../support/payloads.ts';
import { part } from '../support/sweep.ts';
import { variantNames, variants } from '../support/variants.ts';

const BLANK = ['', '  ', '\u0000\u202e'];

const optional = ['story', 'environment', 'setting', 'reason', 'text', 'modelChangedBy', 'command'].map((key) => [key]);
const ofResource = ['id', 'type', 'group', 'subscriptionId', 'region'].map((key) => ['resource', key]);

describe.each(variantNames)('blank text in the event %s', (name) => {
  const full = { story: 's', setting: 's', reason: 'r', text: 't', ...variants[name].event };

  it.each([...optional, ...ofResource].map((path, place) => [path.join('.'), path, place] as const))(
    'is as good as none (%s)',
    (_name, path, place) => {
      const without = eventSchema.parse(plant(full, path, undefined as unknown as string));
      for (const blank of part(BLANK, place, 3)) {
        const event = eventSchema.parse(plant(full, path, blank));
        for (const destination of chatNames) {
          const payload = payloadOf(destination, event);

          expect(payload).toStrictEqual(payloadOf(destination, without));
          expect(refusalOf(destination, payload)).toBeUndefined();
        }
      }
    },
  );

  it('is no name of a property', () => {
    const event = eventSchema.parse({ ...full, properties: { '': 'nameless', '\u0000': 'hidden', team: 'shop' } });
    for (const destination of chatNames) {
      const payload = payloadOf(destination, event);

      expect(refusalOf(destination, payload)).toBeUndefined();
      expect(JSON.stringify(payload)).toContain('shop');
    }
  });
});
