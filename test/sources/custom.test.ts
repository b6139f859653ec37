import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { PayloadError, type Problem } from '../../src/problems/errors.ts';
import { receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const body = { kind: 'custom', title: 'Nightly backup finished' } as const;

function read(payload: unknown, receivedAt?: string): RelayEvent {
  const [event] = normalize(receive(payload, receivedAt), 'custom');
  if (event === undefined) throw new Error('expected one event');
  return event;
}

function problemsOf(payload: unknown): readonly Problem[] {
  try {
    normalize(receive(payload), 'custom');
  } catch (error) {
    if (error instanceof PayloadError) return error.problems;
    throw error;
  }
  return [];
}

/** What is said of a body whose sender is not named. */
function refusal(payload: unknown): PayloadError {
  try {
    normalize(receive(payload));
  } catch (error) {
    if (error instanceof PayloadError) return error;
  }
  throw new Error('expected a refusal');
}

describe('an event posted by hand', () => {
  it.each([
    [{ kind: 'deployment', subject: 'billing', status: 'failed' }, 'failed', 'error'],
    [{ kind: 'deployment', subject: 'billing', result: 'FAILURE' }, 'failed', 'error'],
    [{ kind: 'deployment', subject: 'billing', phasee: 'Timed out' }, 'failed', 'error'],
    [{ kind: 'deployment', subject: 'billing', state: 'in-progress' }, 'started', 'info'],
    [{ kind: 'deployment', subject: 'billing', conclusion: 'success' }, 'succeeded', 'info'],
    [{ kind: 'deployment', subject: 'billing', result: 'canceled' }, 'cancelled', 'info'],
    [{ kind: 'deployment', subject: 'billing', status: 'skewed' }, 'unknown', 'warning'],
    [{ kind: 'deployment', subject: 'billing', failedStep: 'migrate' }, 'failed', 'error'],
    [{ kind: 'deployment', subject: 'billing', severity: 'error', output: 'boom' }, 'unknown', 'error'],
    [{ kind: 'deployment', subject: 'billing', output: '12 tests' }, 'succeeded', 'info'],
    [{ kind: 'deployment', subject: 'billing', phase: 'succeeded', status: 'failed' }, 'succeeded', 'info'],
    [{ kind: 'scale', direction: 'out', from: 3, to: 6, resource: { name: 'a' }, status: 'failed' }, 'failed', 'error'],
    [
      { kind: 'scale', direction: 'out', from: 3, to: 6, resource: { name: 'a' }, status: 'canceled' },
      'unknown',
      'warning',
    ],
    [{ kind: 'scale', direction: 'out', from: 3, to: 6, resource: { name: 'a' } }, 'succeeded', 'info'],
  ])('is told as a success only where nothing in it says otherwise (%j)', (payload, phase, severity) => {
    expect(read(payload)).toMatchObject({ phase, severity });
  });

  it('needs a title only', () => {
    expect(read({ title: 'Hello' })).toStrictEqual({
      kind: 'custom',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: 'custom',
      severity: 'info',
      occurredAt: '2026-11-20T14:05:10.000Z',
      resource: { name: 'Hello' },
      links: [],
      title: 'Hello',
    });
  });

  it.each([
    ['a text', 'backup-7', 'backup-7'],
    ['a number', 4711, '4711'],
    ['a text with space around it', ' backup-7 ', 'backup-7'],
  ])('keeps the id that it was given as %s', (_what, id, kept) => {
    expect(read({ ...body, id }).id).toBe(kept);
  });

  it('never has the id of another sender’s event, and keeps the same one', () => {
    const id = '4cd624f26c8a20f8cea34666c0203507';

    for (const each of [id, `${id} `, `\u0000${id}`, `\u202e${id}`])
      expect(read({ ...body, id: each }).id).not.toBe(id);
    expect(read({ ...body, id }).id).toBe(read({ ...body, id }).id);
  });

  it('is an occurrence of its own each time it comes without an id and a time', () => {
    const first = read(body, '2026-11-20T14:05:10.000Z');

    expect(read(body, '2026-11-20T14:05:10.001Z').id).not.toBe(first.id);
  });

  it('is the same occurrence when it says when it happened', () => {
    const told = { ...body, occurredAt: '2026-11-20T03:00:00Z' };

    expect(read(told, '2026-11-20T15:00:00.000Z')).toStrictEqual(read(told, '2026-11-20T16:00:00.000Z'));
    expect(read({ ...told, title: 'Nightly backup failed' }).id).not.toBe(read(told).id);
  });

  it('tells its time in UTC', () => {
    expect(read({ ...body, occurredAt: '2026-11-20T14:05:09+09:00' }).occurredAt).toBe('2026-11-20T05:05:09.000Z');
  });

  it('is always from the source custom, whatever it says', () => {
    expect(read({ ...body, source: 'azure-autoscale' }).source).toBe('custom');
  });

  it('leaves out fields that an event does not have', () => {
    expect(read({ ...body, mood: 'good' })).not.toHaveProperty('mood');
  });

  it.each([
    ['failed', 'error'],
    ['succeeded', 'info'],
  ])('is taken for %s and so for %s when it is about scaling', (phase, severity) => {
    const scaling = { kind: 'scale', resource: { name: 'shop' }, direction: 'out', to: 6, phase };

    expect(read(scaling)).toMatchObject({ kind: 'scale', phase, severity });
  });

  it('is taken for done where an event about scaling has no phase', () => {
    expect(read({ kind: 'scale', resource: { name: 'shop' }, direction: 'in', to: 1 })).toMatchObject({
      phase: 'succeeded',
    });
  });

  it('pollutes nothing', () => {
    const given = JSON.parse(
      '{"title":"t","__proto__":{"severity":"critical"},"properties":{"__proto__":"a","b":"c"}}',
    );
    const event = read(given);

    expect(event.severity).toBe('info');
    expect(event.properties).toStrictEqual({ b: 'c' });
    expect({}).not.toHaveProperty('severity');
  });
});

describe('an event posted by hand that is wrong', () => {
  const first = (payload: object) => problemsOf({ ...body, ...payload })[0];

  it.each([
    ['http:', 'http://wiki.example.com/'],
    ['javascript:', 'javascript:alert(1)'],
    ['no scheme', 'wiki.example.com'],
  ])('is refused for a link with %s, which is named', (_what, url) => {
    const links = [
      { rel: 'runbook', url: 'https://wiki.example.com/' },
      { rel: 'run', url },
    ];

    expect(problemsOf({ ...body, links })).toStrictEqual([{ path: 'links.1.url', message: 'expected an https: URL' }]);
  });

  it.each([
    ['a severity that nobody knows', { severity: 'bad' }, 'severity'],
    ['a kind that nobody knows', { kind: 'party' }, 'kind'],
    ['a time that is none', { occurredAt: 'yesterday' }, 'occurredAt'],
    ['a time without a zone', { occurredAt: '2026-11-20T14:05:09' }, 'occurredAt'],
    [
      'an end that there is not',
      { kind: 'deployment', subject: 'shop', phase: 'waiting', expiresAt: '2026-99-99T99:99:99.999Z' },
      'expiresAt',
    ],
    ['an empty id', { id: ' ' }, 'id'],
    ['links that are no list', { links: 'https://example.com' }, 'links'],
    ['a link without a name', { links: [{ url: 'https://example.com/' }] }, 'links.0.rel'],
    [
      'a link of 2,001 characters',
      { links: [{ rel: 'run', url: `https://a.example/${'x'.repeat(1_983)}` }] },
      'links.0.url',
    ],
    ['seven links', { links: Array(7).fill({ rel: 'a', url: 'https://example.com/' }) }, 'links'],
    ['an empty title', { title: '', resource: { name: 'x' } }, 'title'],
    ['a resource without a name', { resource: {} }, 'resource.name'],
    ['a property that is no text', { properties: { n: 3 } }, 'properties.n'],
  ])('is refused for %s, with its path', (_what, payload, path) => {
    expect(first(payload)?.path).toBe(path);
  });

  it.each([
    ['occurredAt', '1970-01-01T00:00:00Z', 'this is too far in the past: expected 2000 or later'],
    ['occurredAt', '9999-01-01T00:00:00Z', 'this is too far in the future: expected a time before 2100'],
    ['occurredAt', '2026-02-30T00:00:00Z', 'expected an ISO date with a zone, such as 2026-11-20T14:05:00Z'],
    ['id', '', 'expected text that is not empty'],
    ['id', ' ', 'expected text that is not empty'],
    ['id', {}, 'expected text or a number'],
  ])('is told what is wrong with its %s %j', (path, value, message) => {
    expect(problemsOf({ ...body, [path]: value })).toStrictEqual([{ path, message }]);
  });

  it.each([
    ['out', 6, 3, 'expected in: that is what from 6 to 3 says'],
    ['in', 3, 6, 'expected out: that is what from 3 to 6 says'],
  ])('is told that its direction %s is not what from %i to %i says', (direction, from, to, message) => {
    const payload = { kind: 'scale', direction, from, to, resource: { name: 'shop-web' } };

    expect(problemsOf(payload)).toStrictEqual([{ path: 'direction', message }]);
  });

  it.each([
    ['out', 3, 6],
    ['in', 6, 3],
    ['out', 6, 6],
    ['in', undefined, 6],
  ])('is taken where its direction %s fits from %s to %i', (direction, from, to) => {
    const payload = { kind: 'scale', direction, from, to, resource: { name: 'shop-web' } };

    expect(problemsOf(payload)).toStrictEqual([]);
  });

  it.each([
    [{ reason: 'health check gave 503' }, 'health check gave 503'],
    [{ reason: 'one', output: 'another' }, 'another'],
  ])('takes the reason of a deployment for its output (%j)', (payload, output) => {
    expect(read({ kind: 'deployment', subject: 'shop', phase: 'failed', ...payload })).toMatchObject({ output });
  });

  it.each([
    [{ titel: 'x' }, 'this is missing; did you mean it by `titel`?'],
    [{ text: 'x' }, 'this is missing'],
    [{ title: 3 }, 'expected text'],
    [{ title: ' ' }, 'expected text'],
  ])('is told that it has no title, and nothing else (%j)', (payload, message) => {
    expect(problemsOf(payload)).toStrictEqual([{ path: 'title', message }]);
  });

  it.each([
    ['scaling', '; did you mean `scale`?'],
    ['party', ''],
  ])('is told which kinds there are (%s)', (kind, meant) => {
    expect(problemsOf({ kind, title: 'x' })).toStrictEqual([
      { path: 'kind', message: `expected one of custom, scale, deployment, artifact, alert${meant}` },
    ]);
  });

  it.each([
    [{ title: 'x', text: 'y', severity: 'warning' }, []],
    [{ title: 'x' }, []],
    [{ kind: 'scaling', resource: { name: 'shop' }, direction: 'out', to: 3 }, ['kind']],
  ])('without a mark of its own is told how to make one (%j)', (payload, paths) => {
    const refused = refusal(payload);

    expect(refused.problems[0]?.message).toBe('your own event needs "kind": "custom", or POST /api/webhooks/custom');
    expect(refused.problems.slice(1).map(({ path }) => path)).toStrictEqual(paths);
  });

  it('is told every problem at once', () => {
    const problems = problemsOf({ kind: 'scale', resource: { name: '' }, direction: 'up', to: -1 });

    expect(problems.map(({ path }) => path).sort()).toStrictEqual(['direction', 'resource.name', 'to']);
  });

  it.each([[null], ['text'], [3], [[]], [true]])('is refused when it is %j', (payload) => {
    expect(() => normalize(receive(payload), 'custom')).toThrow(PayloadError);
    expect(() => normalize(receive(payload))).toThrow('the relay cannot read this body: it looks like none of');
  });
});

describe('what a person leaves out', () => {
  const alert = { kind: 'alert', state: 'fired', rule: 'Database is down', resource: { name: 'db' } };

  it('makes no operation of an alert', () => {
    expect(read(alert)).not.toHaveProperty('phase');
    expect(read({ ...alert, phase: 'failed' })).toMatchObject({ phase: 'failed', severity: 'error' });
  });

  it.each([
    ['scale', { from: 3, to: 6, direction: 'out' }],
    ['deployment', { subject: 'shop' }],
  ])('makes a %s a success, unless it brings a word of its own', (kind, more) => {
    const plain = { kind, ...more, resource: { name: 'web' } };

    expect(read(plain)).toMatchObject({ phase: 'succeeded', severity: 'info' });
    expect(read({ ...plain, word: 'TimedOut' })).toMatchObject({ phase: 'unknown', severity: 'warning' });
    expect(read({ ...plain, phase: 'unknown', word: 'TimedOut' })).toMatchObject({ severity: 'warning' });
  });
});
