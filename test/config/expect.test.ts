import { describe, expect, it } from 'vitest';
import { compiled } from '../../src/config/compile.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

const RECEIVERS = { ops: { type: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' } };

const parsed = (expects: unknown, more: object = { notices: ['ops'] }) =>
  parseConfigFile(JSON.stringify({ receivers: RECEIVERS, ...more, expect: expects }), {});

async function problemsOf(expects: unknown, more?: object): Promise<string> {
  const error: unknown = await parsed(expects, more).catch((thrown: unknown) => thrown);
  return error instanceof ConfigurationError
    ? error.problems.map(({ path, message }) => `${path}: ${message}`).join('\n')
    : 'none';
}

describe('what is expected of senders', () => {
  it('is of those that the relay knows, and of those that the file describes', async () => {
    const sources = { statuspage: { map: { title: 'incident.name' } } };
    const rules = [
      { source: 'flux', every: '1m' },
      { source: 'statuspage', every: '31d', to: ['ops'] },
    ];
    const file = await parsed(rules, { notices: ['ops'], sources });

    expect(compiled(file, { locale: 'en', timeZone: 'UTC' }).expects).toStrictEqual([
      { source: 'flux', every: 60_000 },
      { source: 'statuspage', every: 31 * 86_400_000, to: ['ops'] },
    ]);
  });

  it.each([
    ['a sender that there is not', [{ source: 'fluxx', every: '5m' }], 'expect.0.source', 'flux'],
    ['several senders at once', [{ source: 'git*', every: '5m' }], 'expect.0.source', 'one sender'],
    ['the relay itself', [{ source: 'relay', every: '5m' }], 'expect.0.source', 'from outside'],
    ['less than a minute', [{ source: 'flux', every: '59s' }], 'expect.0.every', 'at least 1m'],
    ['more than 31 days', [{ source: 'flux', every: '32d' }], 'expect.0.every', 'at most 31d'],
    ['no time', [{ source: 'flux' }], 'expect.0', 'every'],
    [
      'one sender twice',
      [
        { source: 'flux', every: '5m' },
        { source: 'flux', every: '6m' },
      ],
      'expect',
      'each source once',
    ],
    ['a receiver that there is not', [{ source: 'flux', every: '5m', to: ['opps'] }], 'expect.0.to', 'opps'],
  ])('is wrong with %s, which is named and placed', async (_, rules, place, what) => {
    const problems = await problemsOf(rules);

    expect(problems).toContain(place);
    expect(problems).toContain(what);
  });

  it('is wrong where nobody would be told', async () => {
    expect(await problemsOf([{ source: 'flux', every: '5m' }], {})).toContain('nobody would be told');
    expect(await problemsOf([{ source: 'flux', every: '5m', to: ['ops'] }], {})).toBe('none');
  });
});
