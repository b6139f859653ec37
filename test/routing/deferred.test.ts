import { describe, expect, it } from 'vitest';
import { conditions } from '../../src/routing/conditions.ts';
import { deferredNow, deferredText } from '../../src/routing/deferred.ts';
import { compileMutes, muteRulesOf } from '../../src/routing/mutes.ts';
import { examples } from '../support/examples.ts';

const quietOf = (...windows: readonly object[]) => compileMutes(muteRulesOf(conditions).parse({ windows }), 'UTC');
const textsOf = (receivers: readonly string[], ...windows: readonly object[]) =>
  deferredNow(examples.scale, receivers, quietOf(...windows), Date.parse('2026-11-20T23:00:00Z')).map(deferredText);

describe('what a quiet window would keep back now', () => {
  it('is told with its end, for each receiver that the window is for', () => {
    const night = { name: 'night', from: '22:00', to: '06:00', receivers: ['ops', 'dev'] };

    expect(textsOf(['ops', 'audit', 'dev'], night)).toStrictEqual([
      'ops, until 2026-11-21T06:00Z (window night)',
      'dev, until 2026-11-21T06:00Z (window night)',
    ]);
  });

  it('is never told where the window never ends', () => {
    expect(textsOf(['ops'], { name: 'always' })).toStrictEqual(['ops, and never told (window always never ends)']);
  });

  it('is nothing outside of every window', () => {
    expect(textsOf(['ops'], { name: 'noon', from: '12:00', to: '13:00' })).toStrictEqual([]);
  });
});
