import { describe, expect, it } from 'vitest';
import { PayloadError, type Problem } from '../../src/problems/errors.ts';
import { changed, fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const COUNT = 'expected a whole number of instances, as a number or a string of digits';
const { body } = fixturesOf('azure-autoscale').find(({ name }) => name === 'scale-set-out') ?? { body: undefined };
const { context, ...rest } = body as { context: Record<string, unknown> };

/** The fixture with some fields of its context changed. */
const withContext = (changes: Readonly<Record<string, unknown>>) => ({ ...rest, context: changed(context, changes) });

function read(payload: unknown) {
  const [event] = normalize(receive(payload), 'azure-autoscale');
  if (event?.kind !== 'scale') throw new Error('expected one scale event');
  return event;
}

function problemsOf(payload: unknown): readonly Problem[] {
  try {
    normalize(receive(payload), 'azure-autoscale');
  } catch (error) {
    if (error instanceof PayloadError) return error.problems;
    throw error;
  }
  return [];
}

describe('the counts of an autoscale webhook', () => {
  it.each([
    ['"7"', '7', 7],
    ['7', 7, 7],
    ['" 7 "', ' 7 ', 7],
    ['"007"', '007', 7],
    ['"0"', '0', 0],
    ['"1000000"', '1000000', 1_000_000],
  ])('read %s', (_shown, newCapacity, to) => {
    expect(read(withContext({ newCapacity })).to).toBe(to);
  });

  it.each([
    ['"three"', 'three', COUNT],
    ['"-1"', '-1', COUNT],
    ['""', '', COUNT],
    ['"3.5"', '3.5', COUNT],
    ['"0x10"', '0x10', COUNT],
    ['"1e3"', '1e3', COUNT],
    ['null', null, COUNT],
    ['nothing', undefined, COUNT],
    ['true', true, COUNT],
    ['[3]', [3], COUNT],
    ['{}', {}, COUNT],
    ['Infinity', Number.POSITIVE_INFINITY, COUNT],
    ['-1', -1, 'expected at least 0'],
    ['1e9', 1e9, 'expected at most 1000000'],
    ['"1000000000"', '1000000000', 'expected at most 1000000'],
    ['"999999999999"', '999999999999', 'expected at most 1000000'],
    ['"1000001"', '1000001', 'expected at most 1000000'],
    ['3.5', 3.5, 'expected a whole number'],
  ])('refuse %s as the new one, and say where', (_shown, newCapacity, message) => {
    expect(problemsOf(withContext({ newCapacity }))).toStrictEqual([{ path: 'context.newCapacity', message }]);
  });

  it.each([['three'], [-1], [false]])('refuse %j as the old one, and say where', (oldCapacity) => {
    expect(problemsOf(withContext({ oldCapacity })).map(({ path }) => path)).toStrictEqual(['context.oldCapacity']);
  });

  it.each([[undefined], [null], [''], [' ']])('leave out an old one that is %j', (oldCapacity) => {
    expect(read(withContext({ oldCapacity })).from).toBeUndefined();
  });

  it('make the same occurrence as strings and as numbers', () => {
    expect(read(withContext({ oldCapacity: 3, newCapacity: 6 })).id).toBe(read(body).id);
  });
});

describe('the direction of an autoscale webhook', () => {
  it.each([
    ['Scale Out', '6', '3', 'in'],
    ['Scale In', '3', '6', 'out'],
    ['Scale Out', '3', '3', 'out'],
    ['Scale In', null, '6', 'in'],
  ])(
    'of %s from %s to %s is %s: the counts say it where they differ',
    (operation, oldCapacity, newCapacity, direction) => {
      const payload = { ...withContext({ oldCapacity, newCapacity }), operation };

      expect(read(payload)).toMatchObject({ direction, to: Number(newCapacity) });
    },
  );
});

describe('the name in an autoscale webhook', () => {
  it.each([[''], ['\u200b'], [null], [undefined]])('that is %j is that of the id', (resourceName) => {
    const { resource, story } = read(withContext({ resourceName }));

    expect(resource.name).toBe(String(context['resourceId']).split('/').at(-1));
    expect(story).toBe(read(body).story);
  });

  it.each([[''], ['\u200b'], [null], [undefined]])('is that of the setting where the id is %j too', (resourceId) => {
    expect(read(withContext({ resourceName: '', resourceId })).resource.name).toBe(context['name']);
  });

  it('is asked for where nothing says what is scaled', () => {
    expect(problemsOf(withContext({ resourceName: '', resourceId: null, name: '' }))).toStrictEqual([
      { path: 'context.resourceName', message: 'expected text' },
    ]);
  });
});

describe('the identity of an autoscale webhook', () => {
  it.each([
    ['the seventh digit of the second', { timestamp: '2026-11-20T14:05:09.9622399Z' }],
    ['the setting', { id: '/subscriptions/1/settings/other' }],
    ['the old count', { oldCapacity: '4' }],
    ['the new count', { newCapacity: '7' }],
  ])('differs by %s', (_what, changes) => {
    expect(read(withContext(changes)).id).not.toBe(read(body).id);
  });

  it('differs by the operation', () => {
    expect(read(changed({ ...rest, context }, { operation: 'Scale In' })).id).not.toBe(read(body).id);
  });

  it.each([
    ['the details, which are written for people', { details: 'something else' }],
    ['the link', { portalLink: 'https://portal.azure.com/' }],
    ['the region', { resourceRegion: undefined }],
  ])('does not depend on %s', (_what, changes) => {
    expect(read(withContext(changes)).id).toBe(read(body).id);
  });

  it('falls back to the resource where the setting is not named', () => {
    const without = read(withContext({ id: undefined })).id;

    expect(without).not.toBe(read(body).id);
    expect(read(withContext({ id: undefined, resourceId: '/subscriptions/other' })).id).not.toBe(without);
    expect(read(withContext({ id: undefined, resourceId: undefined })).id).not.toBe(without);
  });

  it('is that of the resource where the setting’s id is empty', () => {
    const other = String(context['resourceId']).replace(/[^/]+$/, 'other');
    const [one, two] = [{ id: '' }, { id: '', resourceId: other }].map((changes) => read(withContext(changes)).id);

    expect(one).toBe(read(withContext({ id: undefined })).id);
    expect(two).not.toBe(one);
  });

  it('joins all operations on one resource into one story, whatever the case of its id', () => {
    const upper = String(context['resourceId']).toUpperCase();

    expect(read(withContext({ resourceId: upper, newCapacity: '9' })).story).toBe(read(body).story);
  });
});

describe('a body that is not quite an autoscale webhook', () => {
  it.each([['Scale Up'], ['scale out'], [''], [null], [undefined]])(
    'is refused when its operation is %j',
    (operation) => {
      expect(problemsOf(changed({ ...rest, context }, { operation }))).toStrictEqual([
        {
          path: 'operation',
          message: expect.stringMatching(/^expected one of Scale Out, Scale In(; did you mean `Scale Out`\?)?$/),
        },
      ]);
    },
  );

  it.each([['yesterday'], ['2026-11-20'], ['2026-11-20T14:05:09'], ['11/20/2026 2:05:09 PM'], ['']])(
    'is refused when its timestamp is %j',
    (timestamp) => {
      expect(problemsOf(withContext({ timestamp }))).toStrictEqual([
        { path: 'context.timestamp', message: 'expected an ISO date with a zone, such as 2026-11-20T14:05:00Z' },
      ]);
    },
  );

  it.each([
    ['0001-01-01T00:00:00Z', 'this is too far in the past: expected 2000 or later'],
    ['9999-12-31T23:59:59Z', 'this is too far in the future: expected a time before 2100'],
  ])('is told the limit when its timestamp is %s', (timestamp, message) => {
    expect(problemsOf(withContext({ timestamp }))).toStrictEqual([{ path: 'context.timestamp', message }]);
  });

  it('is told everything that is wrong at once', () => {
    const problems = problemsOf(withContext({ timestamp: 'x', resourceName: 1, newCapacity: 'x' }));

    expect(problems.map(({ path }) => path)).toStrictEqual([
      'context.timestamp',
      'context.resourceName',
      'context.newCapacity',
    ]);
  });

  it('is refused where the context is missing', () => {
    expect(problemsOf({ operation: 'Scale Out' }).map(({ path }) => path)).toStrictEqual(['context']);
  });

  it('is detected by its operation or by its counts, so that it is told what is wrong', () => {
    const told = 'azure-autoscale cannot read this body';

    expect(() => normalize(receive({ operation: 'Scale Out' }))).toThrow(told);
    expect(() => normalize(receive({ context: { newCapacity: '3' } }))).toThrow(told);
    expect(() => normalize(receive({ status: 'Activated', context: {} }))).toThrow('the relay cannot read this body');
  });

  it('is read although it has fields that nobody knows', () => {
    const { context: known, ...around } = withContext({ scaleRuleId: 'new in 2027' });

    expect(read({ ...around, context: known, version: '2.0', newStatus: 'Deactivated' })).toStrictEqual(read(body));
  });
});

describe('the status of an autoscale webhook', () => {
  const having = (status: unknown) => read({ ...(body as object), status });

  it.each([['Activated'], ['activated'], [''], [null], [undefined]])('%s is a beginning', (status) => {
    expect(having(status)).toMatchObject({ phase: 'started', severity: 'info', id: read(body).id });
    expect(having(status).word).toBeUndefined();
  });

  // The documentation knows no other.
  it.each([['TimedOut'], ['Failed'], ['Succeeded']])('%s is told as nobody knows it, and apart', (status) => {
    expect(having(status)).toMatchObject({ phase: 'unknown', severity: 'warning', word: status });
    expect(having(status).id).not.toBe(read(body).id);
  });

  it('is part of what names the occurrence', () => {
    expect(having('TimedOut').id).not.toBe(having('Failed').id);
    expect(having(7)).toMatchObject({ phase: 'unknown', word: '7' });
  });
});
