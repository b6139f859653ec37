import { describe, expect, it } from 'vitest';
import { gitlab } from '../../src/sources/gitlab/gitlab.ts';
import { read } from '../support/normalize.ts';
import {
  type Case,
  caseOf,
  eventsOf,
  fixtureLaws,
  type Json,
  nullLaws,
  oneOf,
  privacyLaw,
  sampleLaws,
} from './support/github.ts';

const SOURCE = 'gitlab';
const pipeline = caseOf(SOURCE, 'pipeline-failed');
const manual = caseOf(SOURCE, 'pipeline-waits-for-a-hand');
const deployment = caseOf(SOURCE, 'deployment-succeeded');
const job = caseOf(SOURCE, 'job-is-not-told');
const release = caseOf(SOURCE, 'release-created');

const changed = ({ body }: Case, changes: Json): Json => ({ ...body, ...changes });
const ofPipeline = (changes: Json, include: readonly string[] = [], from = pipeline) => {
  const object_attributes = { ...(from.body['object_attributes'] as Json), ...changes };
  return eventsOf(read({ payload: changed(from, { object_attributes }), include }, SOURCE));
};
const ofDeployment = (changes: Json) => eventsOf(read({ payload: changed(deployment, changes) }, SOURCE));
const ofJob = (changes: Json, include: readonly string[] = ['jobs']) =>
  eventsOf(read({ payload: changed(job, changes), include }, SOURCE));

describe('the fixtures of GitLab', () => fixtureLaws(SOURCE));

describe('GitLab', () => {
  nullLaws(SOURCE, [
    'object_attributes',
    'object_attributes.id',
    'object_attributes.status',
    'status',
    'tag',
    'build_id',
    'build_status',
  ]);
  privacyLaw(SOURCE, [/email/, /^user_url$/, /avatar_url/]);

  it('is known by its header, and without it by its kind and project', () => {
    expect(gitlab.detects({}, new Headers({ 'x-gitlab-event': 'Push Hook' }))).toBe(true);
    expect(gitlab.detects(deployment.body, new Headers())).toBe(true);
    expect(gitlab.detects({ object_kind: 'note' }, new Headers())).toBe(false);
  });

  it('reads a body that lost its kind by the header', () => {
    const payload = changed(deployment, { object_kind: null });

    expect(read({ payload, headers: deployment.headers })).toStrictEqual(read({ payload: deployment.body }));
  });

  it('repeats its secret in a header', () => {
    const made = (token: string) =>
      gitlab.signature?.(
        { bytes: new Uint8Array(), headers: new Headers({ 'x-gitlab-token': token }), now: 0 },
        's3cret',
      );

    expect([made('s3cret'), made('S3cret'), made('')]).toStrictEqual([true, false, false]);
  });
});

describe('a pipeline', () => {
  it.each([
    // A job of it has failed that may.
    ['success', 'succeeded', 'warning'],
    ['failed', 'failed', 'error'],
    ['canceled', 'cancelled', 'warning'],
    ['manual', 'waiting', 'warning'],
  ])('that is %s is %s', (status, phase, severity) => {
    expect(ofPipeline({ status })).toMatchObject([{ phase, severity }]);
  });

  it.each([['created'], ['pending'], ['preparing'], ['skipped'], ['scheduled'], ['waiting_for_resource']])(
    'that is %s is noise',
    (status) => {
      expect(ofPipeline({ status }, ['started', 'jobs'])).toStrictEqual([]);
    },
  );

  it('that runs is told when it is asked for', () => {
    expect(ofPipeline({ status: 'running' })).toStrictEqual([]);
    expect(ofPipeline({ status: 'running' }, ['started'])).toMatchObject([
      { phase: 'started', occurredAt: '2026-11-20T12:31:00.000Z' },
    ]);
  });

  it('tells a second end from the first, in one story', () => {
    const [first, second] = [ofPipeline({}), ofPipeline({ finished_at: '2026-11-20 13:39:30 UTC' })];

    expect(second[0]?.id).not.toBe(first[0]?.id);
    expect(second[0]?.story).toBe(first[0]?.story);
  });

  it('names the job that failed it, not one that may fail', () => {
    expect(ofPipeline({})).toMatchObject([{ failedStep: 'ship', output: 'runner_system_failure' }]);
  });

  it('names no environment where its jobs have several', () => {
    const builds = ['staging', 'production'].map((name, id) => ({ id, status: 'success', environment: name }));

    expect(read({ payload: changed(pipeline, { builds }) }, SOURCE)).not.toMatchObject([
      { environment: expect.anything() },
    ]);
  });

  it('waits for each of its manual jobs apart', () => {
    const [first] = ofPipeline({}, [], manual);
    const builds = [{ id: 9, name: 'roll out', status: 'manual' }];

    expect(oneOf({ payload: changed(manual, { builds }) }, SOURCE).id).not.toBe(first?.id);
  });
});

describe('a deployment of GitLab', () => {
  it.each([
    ['running', 'started'],
    ['blocked', 'waiting'],
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['success', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
    ['toString', 'unknown'],
  ])('that is %s is %s', (status, phase) => {
    expect(ofDeployment({ status })).toMatchObject([{ kind: 'deployment', phase }]);
  });

  it.each([['created'], ['skipped']])('that is %s is noise', (status) => {
    expect(ofDeployment({ status })).toStrictEqual([]);
  });

  it.each([
    ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00.000Z'],
    ['2021-04-28 21:50:00 UTC', '2021-04-28T21:50:00.000Z'],
    ['2021-04-28T21:50:00.123+02:00', '2021-04-28T19:50:00.123Z'],
    ['yesterday', '2026-11-20T14:05:10.000Z'],
  ])('takes the date %s', (status_changed_at, occurredAt) => {
    expect(ofDeployment({ status_changed_at })).toMatchObject([{ occurredAt }]);
  });

  it.each([['staging'], [{ name: 'staging' }]])('has the environment %j', (environment) => {
    expect(ofDeployment({ environment })).toMatchObject([{ environment: 'staging' }]);
  });

  it('has the whole sha of its commit where the link tells it', () => {
    expect(ofDeployment({})).toMatchObject([{ commit: '4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819' }]);
    expect(ofDeployment({ commit_url: null })).toMatchObject([{ commit: '4f1c9d2e' }]);
  });
});

describe('a job', () => {
  it('is noise unless it is asked for', () => {
    expect(ofJob({}, [])).toStrictEqual([]);
    expect(ofJob({})).toMatchObject([
      {
        phase: 'failed',
        subject: 'Ship tide tables',
        step: 'ship',
        environment: 'production',
        commit: '4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819',
        duration: 270.5,
        output: 'script_failure',
        resource: { name: 'maps/tide-tables' },
      },
    ]);
  });

  it('has no reason unless it failed', () => {
    expect(ofJob({ build_status: 'success' })[0]).not.toMatchObject({ output: expect.anything() });
    expect(ofJob({ build_status: 'created' })).toStrictEqual([]);
  });

  it('has the name of its project in older bodies', () => {
    expect(ofJob({ project: undefined })).toMatchObject([{ resource: { name: 'Maps / Tide tables' } }]);
  });
});

it.each([['update'], ['delete']])('a release that is %sd is noise', (action) => {
  expect(read({ payload: changed(release, { action }) }, SOURCE)).toStrictEqual([]);
});

sampleLaws(SOURCE, {
  'gitlab/pipeline': [
    {
      phase: 'succeeded',
      resource: { name: 'coast-org/coast-test' },
      occurredAt: '2016-01-08T14:19:16.000Z',
      duration: 63,
    },
  ],
  'gitlab/release': [
    {
      kind: 'artifact',
      version: '1.0.0',
      resource: { name: 'coast-namespace/lighthouse' },
      occurredAt: '2020-07-23T20:16:21.000Z',
    },
  ],
});

describe('a pipeline that has passed with warnings', () => {
  const builds = (pipeline.body['builds'] as Json[]).map((each) => ({ ...each, allow_failure: true }));
  const passed = (changes: Json, body: Json = {}) => {
    const object_attributes = { ...(pipeline.body['object_attributes'] as Json), status: 'success', ...changes };
    return eventsOf(read({ payload: changed(pipeline, { object_attributes, ...body }) }, SOURCE))[0];
  };

  it('says so, by its own words or by a job that may fail', () => {
    const told = { phase: 'succeeded', outcome: 'warnings', severity: 'warning' };

    expect(passed({ detailed_status: 'passed with warnings' }, { builds: [] })).toMatchObject(told);
    expect(passed({}, { builds })).toMatchObject(told);
  });

  it('is the same occurrence as before', () => {
    expect(passed({}, { builds })?.id).toBe(passed({}, { builds: [] })?.id);
  });

  it('is none without them', () => {
    expect(passed({ detailed_status: 'passed' }, { builds: [] })).toMatchObject({ severity: 'info' });
    expect(passed({}, { builds: [] })).not.toHaveProperty('outcome');
    expect(ofPipeline({ status: 'failed' })[0]).not.toHaveProperty('outcome');
  });
});
