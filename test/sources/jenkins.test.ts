import { describe, expect, it } from 'vitest';
import { jenkins } from '../../src/sources/jenkins/jenkins.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';
import { allEvents, bodyOf, lacking, put, samplesOf } from './support/azure-devops.ts';

const fixtures = fixturesOf('jenkins').map((fixture) => [fixture.name, fixture] as const);
const body = (name: string) => bodyOf('jenkins', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'jenkins')[0];
const idOf = (payload: unknown) => one(payload, ['started'])?.id;

const completed = body('notification-completed-success');

describe.each(fixtures)('the notification %s', (_name, { body: payload, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(payload)))).toStrictEqual(expected);
    expect(wire(read(receive(payload), 'jenkins'))).toStrictEqual(expected);
  });

  const needed = /^(build|build\.phase|event) as/;

  it('is read whatever one of its values is, as long as it says what happened', () => {
    for (const [path, lacked] of lacking(payload).filter(([each]) => !needed.test(each))) {
      expect(() => read({ payload: lacked, include: ['started'] }, 'jenkins'), path).not.toThrow();
    }
  });
});

describe('a build', () => {
  it.each([
    ['SUCCESS', 'succeeded', 'info', undefined],
    ['success', 'succeeded', 'info', undefined],
    ['UNSTABLE', 'failed', 'warning', 'UNSTABLE'],
    ['FAILURE', 'failed', 'error', undefined],
    ['ABORTED', 'cancelled', 'warning', undefined],
    ['NOT_BUILT', 'cancelled', 'warning', 'NOT_BUILT'],
  ])('with the result %s', (status, phase, severity, output) => {
    expect(one(put(completed, 'build.status', status))).toMatchObject({ phase, severity });
    expect(one(put(completed, 'build.status', status))).toHaveProperty('output', output);
    expect(one(put(completed, 'build.status', status))).toHaveProperty(
      'outcome',
      status === 'UNSTABLE' ? 'partial' : undefined,
    );
  });

  it('that is completed and then finalized is one occurrence, and one event is enough', () => {
    const finalized = put(put(completed, 'build.phase', 'FINALIZED'), 'build.timestamp', 1795181702900);

    expect(idOf(finalized)).toBe(idOf(completed));
    expect(read({ payload: finalized })).toHaveLength(1);
    expect(read({ payload: completed })).toHaveLength(1);
  });

  it.each([
    ['another number', 'build.number', 58],
    ['another page', 'build.full_url', 'https://jenkins.northwind.example/job/other/57/'],
  ])('with %s is another occurrence', (_what, path, value) => {
    const local = path === 'build.number' ? put(completed, 'build.full_url', undefined) : completed;

    expect(idOf(put(local, path, value))).not.toBe(idOf(local));
  });

  it('that starts is another occurrence of the same story, and noise unless it is asked for', () => {
    const started = body('notification-started');

    expect(one(started)).toBeUndefined();
    expect(one(started, ['started'])).toMatchObject({ phase: 'started', story: one(completed)?.story });
    expect(idOf(started)).not.toBe(idOf(completed));
  });

  it('that is queued, or is over without a result, is never an event', () => {
    expect(one(body('notification-queued'), ['started'])).toBeUndefined();
    expect(one(put(completed, 'build.status', undefined), ['started'])).toBeUndefined();
  });

  it('without a public address gets its links from the configured one', () => {
    const payload = body('notification-without-a-public-address');
    const [event] = normalize({ payload, baseUrl: 'https://ci.northwind.example/jenkins' });

    expect(event?.links).toStrictEqual([
      { rel: 'run', url: 'https://ci.northwind.example/jenkins/job/nightly/3/' },
      { rel: 'logs', url: 'https://ci.northwind.example/jenkins/job/nightly/3/console' },
    ]);
  });

  it('tells the end of a long log', () => {
    const event = one(put(body('notification-finalized-failure'), 'build.log', `${'x\n'.repeat(50_000)}last line`));

    expect(event).toMatchObject({ output: expect.stringMatching(/last line$/) });
  });

  it('links no page with a secret, nor one with a password in it', () => {
    const secret = put(completed, 'build.full_url', 'https://jenkins.northwind.example/job/x/57/?token=hunter2');
    const password = put(completed, 'build.full_url', 'https://u:hunter2@jenkins.northwind.example/job/x/57/');

    expect(JSON.stringify(one(secret)?.links)).not.toContain('hunter2');
    expect(JSON.stringify(one(password))).not.toContain('hunter2');
  });
});

describe('the Outbound WebHook plugin', () => {
  const success = body('outbound-success');

  it.each([
    ['success', 'succeeded', 'info'],
    ['failure', 'failed', 'error'],
    ['unstable', 'failed', 'warning'],
    ['FAILURE', 'failed', 'error'],
  ])('says %s', (event, phase, severity) => {
    expect(one(put(success, 'event', event))).toMatchObject({ phase, severity });
  });

  it('is asked for starts, and says nothing with its pipeline step', () => {
    expect(one(put(success, 'event', 'start'))).toBeUndefined();
    expect(one(put(success, 'event', 'start'), ['started'])).toMatchObject({ phase: 'started' });
    expect(one(put(success, 'event', 'pipeline'), ['started'])).toBeUndefined();
  });

  it('tells of the same build as the Notification plugin does', () => {
    const both = put(success, 'buildUrl', 'https://jenkins.northwind.example/job/team/job/shop-deploy/57/');

    expect(idOf(both)).toBe(idOf(completed));
  });

  it('names one occurrence per build where it has no page', () => {
    const local = put(success, 'buildUrl', null);

    expect(idOf(local)).toBe(idOf(structuredClone(local)));
    expect(idOf(put(local, 'buildName', '#17'))).not.toBe(idOf(local));
  });
});

describe('a broken body', () => {
  it.each([
    [{ name: 'x', build: { full_url: 'http://j/1/' } }, 'build.phase'],
    [{ event: 'success', buildName: '#1' }, 'projectName'],
    [{ event: '', buildName: '#1', projectName: 'x' }, 'event'],
  ])('%j is told what is wrong', (payload, path) => {
    expect(jenkins.detects(payload, new Headers())).toBe(true);
    expect(jenkins.problems(payload).map((problem) => problem.path)).toStrictEqual([path]);
  });

  it('of somebody else is not taken', () => {
    expect(jenkins.detects({ name: 'x', build: 'y', status: 'success' }, new Headers())).toBe(false);
    expect(jenkins.detects({ id: '1', status: 'success', siteName: 'x' }, new Headers())).toBe(false);
  });
});

it('tells nothing of parameters, environments and culprits', () => {
  expect(allEvents('jenkins', ['started'])).not.toMatch(/hunter2|DB_HOST|10\.0\.0\.4|mina/);
});

describe('the published samples', () => {
  const samples = samplesOf('jenkins');
  const NAMES: Readonly<Record<string, string>> = {
    'notification-completed-artifacts': 'seaworthy',
    'outbound-webhook-success': 'test job',
  };

  it.each(samples)('include %s, which is detected and read', (name, payload) => {
    expect(sourceFor(payload, new Headers()).name).toBe('jenkins');
    // Neither says when: the time of receipt is the best there is.
    expect(normalize({ payload })).toMatchObject([
      {
        kind: 'deployment',
        phase: 'succeeded',
        resource: { name: NAMES[name] },
        occurredAt: '2026-11-20T14:05:10.000Z',
      },
    ]);
  });
});

describe('a job in folders', () => {
  it.each([
    ['https://ci.example/job/ledger/job/main/12/', 'ledger / main'],
    ['https://ci.example/jenkins/job/tides/job/ledger/job/feature%252Fx/7/', 'tides / ledger / feature/x'],
    ['https://ci.example/view/all/job/ledger/job/100%25/3/', 'ledger / 100%'],
  ])('is named with them by both plugins (%s)', (page, project) => {
    const build = { full_url: page, number: 12, phase: 'FINALIZED', status: 'FAILURE' };

    expect(one({ name: 'main', display_name: 'main', build })).toMatchObject({ project });
    expect(one({ event: 'failure', projectName: 'main', buildName: '#12', buildUrl: page })).toMatchObject({ project });
  });
});
