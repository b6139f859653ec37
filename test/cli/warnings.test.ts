import { expect, it } from 'vitest';
import { shortSecrets } from '../../src/cli/warnings.ts';

const keyOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 'k').toString('base64')}`;

it('of senders are named wherever they are of Standard Webhooks: of people’s own, and of mapped ones', () => {
  const map = { title: 'a' };
  const sources = {
    custom: { secret: keyOf(20) },
    tides: { secret: [keyOf(24), keyOf(20)], map },
    long: { secret: keyOf(24), map },
    github: { secret: 'any' },
  };

  const said = shortSecrets({ receivers: [], sources } as unknown as Parameters<typeof shortSecrets>[0]);

  expect(said.map((each) => /of (\S+) has fewer/.exec(each)?.[1])).toStrictEqual(['sources.custom', 'sources.tides']);
});
