import { describe, expect, it } from 'vitest';
import { noticeTopics } from '../../src/event/notice.ts';
import { ignoredIn } from '../../src/sources/ignored.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';

const ignored = (payload: unknown) =>
  sourceFor(payload, new Headers(), 'custom').ignored?.(payload, {
    headers: new Headers(),
    receivedAt: '',
    includes: () => false,
  });
const refusal = (payload: unknown): string => {
  try {
    read({ payload }, 'custom');
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : 'taken';
  }
};

describe('what of a custom event is in no event', () => {
  it.each([
    [
      { sevrity: 'critical', enviroment: 'prod' },
      [
        { key: 'sevrity', didYouMean: 'severity' },
        { key: 'enviroment', didYouMean: 'environment' },
      ],
    ],
    [{ color: 'red' }, [{ key: 'color' }]],
    [{ resource: { nam: 'x', name: 'y' } }, [{ key: 'resource.nam' }]],
    [{ links: [{ rel: 'run', url: 'https://example.com', tittle: 'x' }] }, [{ key: 'links.0.tittle' }]],
    [{ severity: 'info', text: 'x', links: null, properties: null }, []],
    [JSON.parse('{"__proto__": 1, "constructor": 2}'), [{ key: '__proto__' }, { key: 'constructor' }]],
  ])('is named: %j', (more, expected) => {
    expect(ignored({ kind: 'custom', title: 'Disk full', ...more })).toMatchObject(expected);
  });

  it('has a limit, and no control characters', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k\u202e${at}`.repeat(60), 1]));
    const named = ignored({ title: 'x', ...many }) ?? [];

    expect(named.length).toBe(21);
    expect(named.at(-1)).toStrictEqual({ key: '…', because: '4980 more' });
    expect(JSON.stringify(named)).not.toContain('\u202e');
    expect(JSON.stringify(named).length).toBeLessThan(3_000);
  });

  it('is each property beyond the tenth', () => {
    const properties = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`k${at}`, 'v']));
    const [event] = normalize({ payload: { title: 'x', properties } }, 'custom');

    expect(Object.keys(event?.properties ?? {})).toHaveLength(10);
    expect(ignored({ title: 'x', properties })?.map(({ key }) => key)).toStrictEqual([
      'properties.k10',
      'properties.k11',
    ]);
  });
});

describe('a word that is none', () => {
  it.each([
    [
      { title: 'x', severity: 'warn' },
      'severity: expected one of info, warning, error, critical; did you mean `warning`?',
    ],
    [{ title: 'x', severity: 'Critical' }, 'did you mean `critical`?'],
    [{ title: 'x', severity: 7 }, 'severity: expected one of info, warning, error, critical'],
    [{ kind: 'deployment', subject: 'x', title: 'x', phase: 'suceeded' }, 'did you mean `succeeded`?'],
    [{ kind: 'alert', title: 'x', rule: 'r', state: 'fire' }, 'did you mean `fired`?'],
    [{ title: 'x', severity: 'HIGH' }, 'did you mean `error`?'],
    [{ title: 'x', severity: 'fatal' }, 'did you mean `critical`?'],
    [{ kind: 'deployment', subject: 'x', phase: 'finished' }, 'did you mean `succeeded`?'],
    [{ kind: 'alert', rule: 'x', state: 'ok' }, 'did you mean `resolved`?'],
    [{ kind: 'scale', resource: { name: 'x' }, to: 3, direction: 'up' }, 'did you mean `out`?'],
    [{ kind: 'deploy', title: 'x' }, 'kind: expected one of custom, scale, deployment, artifact, alert'],
  ])('is refused with what was meant: %j', (payload, said) => {
    expect(refusal(payload)).toContain(said);
  });

  it.each(['notice', 'drift', 'digest'])('and nobody else speaks in the voice of the relay: %s', (kind) => {
    expect(refusal({ kind, title: 'x', topic: noticeTopics[0], about: 'ops', resource: { name: 'ops' } })).toContain(
      `kind: only the relay itself tells a ${kind}; expected one of custom, scale, deployment, artifact, alert`,
    );
  });
});

describe('a value that cannot stand where it does', () => {
  it.each([
    [{ title: 'x', environment: 5 }, 'environment: expected text'],
    [{ title: 'x', resource: 'web' }, 'resource: expected keys and values'],
    [{ title: 'x', resource: null }, 'resource: expected keys and values'],
    [{ title: 'x', resource: ['web'] }, 'resource: expected keys and values'],
    [{ title: 'x', resource: { name: 'x', id: 3 } }, 'resource.id: expected text'],
    [{ title: 'x', resource: {} }, 'resource.name: this is missing: expected text'],
    [
      { title: 'x', resource: { nam: 'web' } },
      'resource.name: this is missing: expected text; did you mean it by `nam`?',
    ],
    [{ title: 'x', links: [{ url: 'https://example.com' }] }, 'links.0.rel: this is missing: expected text'],
    [{ title: 'x', properties: { n: 3 } }, 'properties.n: expected text'],
    [{ kind: 'scale', resource: { name: 'x' }, direction: 'out', to: '87,5' }, 'to: expected a number'],
    [{ kind: 'scale', resource: { name: 'x' }, direction: 'out', to: 87.5 }, 'to: expected a whole number'],
    [{ kind: 'scale', resource: { name: 'x' }, direction: 'out', to: -1 }, 'to: expected at least 0'],
    [{ kind: 'alert', rule: 'x', state: 'fired', value: [] }, 'value: expected a number or text'],
    [{ kind: 'deployment', subject: '\u200b', phase: 'failed' }, 'subject: expected text, and this is empty'],
    [[], 'expected keys and values'],
    [null, 'expected keys and values'],
  ])('is refused in words that a person can follow: %j', (payload, said) => {
    expect(refusal(payload)).toContain(said);
    expect(refusal(payload)).not.toMatch(/invalid input|received|undefined/i);
  });
});

describe('what is told of, where no resource is named', () => {
  it.each([
    [{ kind: 'deployment', subject: 'shop', phase: 'failed' }, 'shop'],
    [{ kind: 'alert', rule: 'CPU high', state: 'fired' }, 'CPU high'],
    [{ kind: 'artifact', name: 'shop/web', action: 'pushed' }, 'shop/web'],
  ])('is what the event is about: %j', (payload, name) => {
    expect(normalize({ payload }, 'custom')[0]?.resource).toStrictEqual({ name });
  });

  it('is missing of a scaling, which is of nothing else', () => {
    expect(refusal({ kind: 'scale', direction: 'out', to: 3 })).toContain('resource.name: this is missing');
  });
});

describe('a key that people use for another', () => {
  it.each([
    ['custom', 'message', 'text'],
    ['custom', 'status', 'severity'],
    ['custom', 'level', 'severity'],
    ['custom', 'priority', 'severity'],
    ['custom', 'env', 'environment'],
    ['custom', 'link', 'links'],
    ['custom', 'url', 'links'],
    ['custom', 'host', 'resource'],
    ['custom', 'timestamp', 'occurredAt'],
    ['custom', 'tags', 'properties'],
    ['deployment', 'name', 'subject'],
    ['deployment', 'status', 'phase'],
    ['deployment', 'message', 'output'],
    ['deployment', 'user', 'actor'],
    ['alert', 'name', 'rule'],
    ['alert', 'status', 'state'],
    ['alert', 'message', 'description'],
    ['scale', 'name', 'resource'],
    ['scale', 'message', 'reason'],
  ])('of a %s, %s, is answered with %s', (kind, key, meant) => {
    expect(ignoredIn({ kind, title: 'x', [key]: 'y' }, kind)).toContainEqual({ key, didYouMean: meant });
  });

  it.each(['name', 'message', 'subject', 'summary'])('%s is named where the title is missing', (key) => {
    expect(() => normalize({ payload: { kind: 'custom', [key]: 'Backup done' } }, 'custom')).toThrow(key);
  });
});
