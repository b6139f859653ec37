import { describe, expect, it } from 'vitest';
import { azureDevops } from '../../src/sources/azure-devops/azure-devops.ts';
import { fixturesOf, receive, wire } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { bodyOf, lacking, put } from './support/azure-devops.ts';

const EXTRAS = Object.keys(azureDevops.extras);
const fixtures = fixturesOf('azure-devops').map((fixture) => [fixture.name, fixture] as const);

const body = (name: string) => bodyOf('azure-devops', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'azure-devops')[0];
const idOf = (payload: unknown) => one(payload, EXTRAS)?.id;

describe.each(fixtures)('the notification %s', (_name, { body: payload, expected }) => {
  it('gives exactly what is expected, detected and named', () => {
    expect(wire(read(receive(payload)))).toStrictEqual(expected);
    expect(wire(read(receive(payload), 'azure-devops'))).toStrictEqual(expected);
  });

  it('is the same occurrence when it is sent again, and when it comes through another subscription', () => {
    const again = put(put(payload, 'notificationId', 42), 'subscriptionId', 'another');

    expect(idOf(again)).toBe(idOf(payload));
  });

  it('is read whatever one of its values is, as long as its type is there', () => {
    for (const [path, lacked] of lacking(payload)) {
      if (/^event(Type|Id) as/.test(path)) continue;
      expect(() => read({ payload: lacked, include: EXTRAS }, 'azure-devops'), path).not.toThrow();
    }
  });
});

describe('what happened', () => {
  const build = body('build-failed-2.0');

  it.each([
    ['succeeded', 'succeeded', 'info'],
    ['Succeeded', 'succeeded', 'info'],
    ['partiallySucceeded', 'succeeded', 'warning'],
    ['failed', 'failed', 'error'],
    ['canceled', 'cancelled', 'warning'],
  ])('to a build with the result %s', (result, phase, severity) => {
    expect(one(put(build, 'resource.result', result))).toMatchObject({ phase, severity });
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['stopped', 'cancelled'],
  ])('to a build of version 1.0 is its status: %s', (status, phase) => {
    expect(one(put(body('build-stopped-1.0'), 'resource.status', status))).toMatchObject({ phase });
  });

  it.each([
    ['Build 20261120.3 failed', 'failed'],
    ['Build 20261120.3 partially succeeded', 'succeeded'],
    ['Run 20261120.7 canceled.', 'cancelled'],
  ])('is the last word of the message where the resource is not sent: %s', (text, phase) => {
    const minimal = put(put(build, 'resource', { id: 9120, url: null }), 'message.text', text);

    expect(one(minimal)).toMatchObject({ kind: 'deployment', phase });
  });

  it('is told in the words of the sender where nothing says how it ended', () => {
    const said = put(put(build, 'resource', null), 'message.text', 'Build 20261120.3 is done for today');

    expect(one(said)).toMatchObject({ kind: 'custom', title: 'Build 20261120.3 is done for today', severity: 'info' });
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['partiallySucceeded', 'succeeded'],
    ['canceled', 'cancelled'],
    ['rejected', 'failed'],
  ])('to a deployment is the status of its environment: %s', (status, phase) => {
    const completed = body('deployment-completed-without-a-definition');

    expect(one(put(completed, 'resource.environment.status', status))).toMatchObject({ phase });
  });

  it('to a deployment that an approver rejected is a rejection, not a failure', () => {
    const completed = put(body('deployment-completed-without-a-definition'), 'resource.environment.status', 'rejected');
    const approvals = put(completed, 'resource.environment.preDeployApprovals', [{ status: 'rejected' }]);

    expect(one(approvals)).toMatchObject({ phase: 'rejected', severity: 'warning' });
  });

  it.each([
    ['approved', 'approved', 'info'],
    ['rejected', 'rejected', 'warning'],
    ['timedOut', 'rejected', 'warning'],
    ['canceled', 'cancelled', 'warning'],
  ])('to an approval with the status %s', (status, phase, severity) => {
    expect(one(put(body('approval-rejected'), 'resource.approval.status', status))).toMatchObject({ phase, severity });
  });

  it('is no news where a stage was skipped', () => {
    expect(one(put(body('stage-failed'), 'resource.stage.result', 'skipped'), ['stages'])).toBeUndefined();
  });
});

describe('noise', () => {
  it.each([
    ['release-created', ['releases']],
    ['run-started', ['started']],
    ['stage-failed', ['stages']],
    ['job-succeeded', ['jobs']],
  ])('%s is not an event unless the configuration includes %s', (name, include) => {
    expect(read({ payload: body(name), include: EXTRAS.filter((extra) => !include.includes(extra)) })).toStrictEqual(
      [],
    );
    expect(read({ payload: body(name), include })).toHaveLength(1);
  });

  it('a stage that starts needs two extras, and one that waits needs one', () => {
    const running = put(body('stage-failed'), 'resource.stage.state', 'running');
    const waiting = put(body('stage-failed'), 'resource.stage.state', 'waiting');

    expect(one(running, ['stages'])).toBeUndefined();
    expect(one(running, ['stages', 'started'])).toMatchObject({ phase: 'started', environment: 'Production' });
    expect(one(waiting, ['stages'])).toMatchObject({ phase: 'waiting' });
  });

  it.each([
    'git.push',
    'git.pullrequest.created',
    'tfvc.checkin',
    'workitem.updated',
    'message.posted',
    'check.updated',
  ])('%s is read and never reported', (eventType) => {
    expect(read({ payload: put(body('git-push'), 'eventType', eventType), include: EXTRAS })).toStrictEqual([]);
  });

  it('a run that is being cancelled is no event before it is', () => {
    expect(one(put(body('run-started'), 'resource.run.state', 'canceling'), EXTRAS)).toBeUndefined();
  });
});

describe('one story', () => {
  it('joins a run, its stages, its jobs and its approvals', () => {
    const names = ['run-cancelled', 'stage-failed', 'job-succeeded', 'approval-pending', 'approval-rejected'];

    expect(new Set(names.map((name) => one(body(name), EXTRAS)?.story)).size).toBe(1);
    expect(new Set(names.map((name) => idOf(body(name)))).size).toBe(names.length);
  });

  it('joins the approvals and the steps of a release in one environment', () => {
    const names = [
      'deployment-started',
      'deployment-completed-failed',
      'release-approval-pending',
      'release-approval-rejected',
    ];

    expect(new Set(names.map((name) => one(body(name))?.story)).size).toBe(1);
    expect(new Set(names.map((name) => idOf(body(name)))).size).toBe(names.length);
  });
});

describe('two occurrences', () => {
  it.each([
    ['of another notification', 'id', 'another'],
    ['of another run', 'resource.run.id', 9141],
    ['of another result', 'resource.run.result', 'failed'],
    ['of another attempt, which ends later', 'resource.run.finishedDate', '2026-11-20T15:00:00Z'],
  ])('%s have two ids', (_what, path, value) => {
    expect(idOf(put(body('run-cancelled'), path, value))).not.toBe(idOf(body('run-cancelled')));
  });

  it('of a stage and a job have two ids, although the samples give them one', () => {
    expect(body('stage-failed')['id']).toBe(body('job-succeeded')['id']);
    expect(idOf(body('stage-failed'))).not.toBe(idOf(body('job-succeeded')));
  });
});

it.each([
  ['partiallySucceeded', 'partial'],
  ['succeededWithIssues', 'warnings'],
])('a build that has %s is no plain success', (result, outcome) => {
  expect(one(put(body('build-failed-2.0'), 'resource.result', result))).toHaveProperty('outcome', outcome);
});
