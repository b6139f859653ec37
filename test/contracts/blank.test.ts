import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { plant } from '../support/hostile.ts';
import { chatNames, payloadOf, refusalOf } from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const optional = ['story', 'environment', 'setting', 'reason', 'text', 'modelChangedBy', 'command'].map((key) => [key]);
const ofResource = ['id', 'type', 'group', 'subscriptionId', 'region'].map((key) => ['resource', key]);

describe.each(variantNames)('blank text in the event %s', (name) => {
  const full = { story: 's', setting: 's', reason: 'r', text: 't', ...variants[name].event };

  it.each([...optional, ...ofResource].map((path) => [path.join('.'), path] as const))(
    'is as good as none (%s)',
    (_name, path) => {
      const without = eventSchema.parse(plant(full, path, undefined as unknown as string));
      for (const blank of ['', '  ', '\u0000\u202e']) {
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
