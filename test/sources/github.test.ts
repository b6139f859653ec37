import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { github } from '../../src/sources/github/github.ts';
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

const SOURCE = 'github';
const header = (event: string) => new Headers({ 'x-github-event': event });

/** A fixture with one of its parts changed. */
const withPart = ({ body }: Case, part: string, changes: Json): Json => ({
  ...body,
  [part]: { ...(body[part] as Json), ...changes },
});

const status = caseOf(SOURCE, 'deployment-status-failure');
const run = caseOf(SOURCE, 'workflow-run-failure');
const job = caseOf(SOURCE, 'workflow-job-waiting');
const deployment = caseOf(SOURCE, 'deployment-of-a-tag');

const ofStatus = (state: string, include: readonly string[] = []) =>
  eventsOf(
    read({ payload: withPart(status, 'deployment_status', { state }), headers: status.headers, include }, SOURCE),
  );
const ofRun = (changes: Json, include: readonly string[] = [], action = 'completed') =>
  eventsOf(
    read({ payload: { ...withPart(run, 'workflow_run', changes), action }, headers: run.headers, include }, SOURCE),
  );
const ofJob = (changes: Json, include: readonly string[] = []) =>
  eventsOf(read({ payload: withPart(job, 'workflow_job', changes), headers: job.headers, include }, SOURCE));

describe('the fixtures of GitHub', () => fixtureLaws(SOURCE));

describe('GitHub', () => {
  nullLaws(SOURCE, [
    'deployment',
    'deployment.id',
    'deployment_status',
    'deployment_status.state',
    'workflow_run',
    'workflow_run.id',
    'workflow_job',
    'workflow_job.id',
    'release',
    'release.tag_name',
    'registry_package',
    'registry_package.name',
    'package',
    'package.name',
  ]);
  privacyLaw(SOURCE, [/^email$/, /^ip$/, /^pusher$/]);

  it('says which part is missing that the header promises', () => {
    expect(() => read({ payload: { action: 'created' }, headers: header('deployment_status') })).toThrow(
      'github cannot read this body: deployment: ',
    );
  });

  it('reads and does not report any other event', () => {
    expect(read({ payload: { action: 'opened', deployment: 'odd' }, headers: header('issues') })).toStrictEqual([]);
  });

  it('answers a ping', () => {
    expect(read({ payload: { zen: 'Speak like a human.' }, headers: header('ping') })).toStrictEqual({ reply: {} });
  });

  it('knows a body without its header by its parts', () => {
    for (const each of [status, run, job, deployment]) {
      expect(read({ payload: each.body })).toStrictEqual(read({ payload: each.body, headers: each.headers }));
    }
  });

  it('signs the body with SHA-256', () => {
    const bytes = Buffer.from('{"zen":"x"}');
    const signed = `sha256=${createHmac('sha256', 's3cret').update(bytes).digest('hex')}`;
    const made = (value: string) =>
      github.signature?.({ bytes, headers: new Headers({ 'x-hub-signature-256': value }), now: 0 }, 's3cret');

    expect(made(signed)).toBe(true);
    expect(made(signed.replace('sha256=', ''))).toBe(false);
    expect(made('')).toBe(false);
  });
});

describe('a deployment status', () => {
  it.each([
    ['waiting', 'waiting', 'warning'],
    ['in_progress', 'started', 'info'],
    ['success', 'succeeded', 'info'],
    ['failure', 'failed', 'error'],
    ['error', 'failed', 'error'],
    ['SUCCESS', 'succeeded', 'info'],
    ['constructor', 'unknown', 'warning'],
    ['something new', 'unknown', 'warning'],
  ])('%s is the phase %s and %s', (state, phase, severity) => {
    expect(ofStatus(state)).toMatchObject([{ kind: 'deployment', phase, severity }]);
  });

  it.each([['inactive'], ['queued'], ['pending']])('%s is noise', (state) => {
    expect(ofStatus(state)).toStrictEqual([]);
  });

  it.each([['queued'], ['pending']])('%s is told when it is asked for', (state) => {
    expect(ofStatus(state, ['queued'])).toMatchObject([{ phase: 'started' }]);
  });

  it('belongs to the story of its deployment', () => {
    expect(ofStatus('success')[0]?.story).toBe(
      oneOf({ payload: deployment.body, headers: deployment.headers }, SOURCE).story,
    );
  });

  it('starts once, however often the deployer says so', () => {
    const [first] = ofStatus('in_progress');
    const again = withPart(status, 'deployment_status', { state: 'in_progress', id: 999 });

    expect(oneOf({ payload: again, headers: status.headers }, SOURCE).id).toBe(first?.id);
  });

  it('is another occurrence than the next status', () => {
    const other = withPart(status, 'deployment_status', { id: 999 });

    expect(oneOf({ payload: other, headers: status.headers }, SOURCE).id).not.toBe(ofStatus('failure')[0]?.id);
  });

  it('has one id, whichever hook delivers it', () => {
    const headers = new Headers({ 'x-github-event': 'deployment_status', 'x-github-delivery': 'another' });

    expect(oneOf({ payload: status.body, headers }, SOURCE).id).toBe(ofStatus('failure')[0]?.id);
  });

  it.each([
    ['a secret in the query', 'https://ci.example/log?token=abc'],
    ['a password', 'https://me:pass@ci.example/log'],
    ['http:', 'http://ci.example/log'],
    ['javascript:', 'javascript:alert(1)'],
  ])('is not linked by a URL with %s', (_what, log_url) => {
    const payload = withPart(status, 'deployment_status', { log_url, environment_url: log_url });
    const rels = oneOf({ payload, headers: status.headers }, SOURCE).links.map(({ rel }) => rel);

    expect(rels).toStrictEqual(['changes', 'resource']);
  });

  it.each([
    ['refs/heads/main', { branch: 'main' }],
    ['topic/a', { branch: 'topic/a' }],
    ['refs/tags/rc', { version: 'rc' }],
    ['v1.2.3', { version: 'v1.2.3' }],
    ['4f1c9d2e7a6b8035c1d4e9f0a2b3c4d5e6f70819', {}],
  ])('takes the ref %s for what it is', (ref, expected) => {
    const event = oneOf({ payload: withPart(deployment, 'deployment', { ref }), headers: deployment.headers }, SOURCE);

    expect({ branch: undefined, version: undefined, ...event }).toMatchObject({
      branch: undefined,
      version: undefined,
      ...expected,
    });
  });
});

describe('a deployment protection rule', () => {
  const payload = {
    ...deployment.body,
    action: 'requested',
    environment: 'production',
    deployment_callback_url: 'https://api.github.com/x',
  };

  it('is noise, and waits where it is asked for', () => {
    const headers = header('deployment_protection_rule');

    expect(read({ payload, headers })).toStrictEqual([]);
    expect(read({ payload, headers, include: ['protection-rules'] })).toMatchObject([
      { phase: 'waiting', environment: 'production', resource: { name: 'harbour-lane/checkout' } },
    ]);
  });
});

describe('a workflow run', () => {
  it.each([
    ['success', 'succeeded', 'info'],
    ['failure', 'failed', 'error'],
    ['timed_out', 'failed', 'error'],
    ['startup_failure', 'failed', 'error'],
    ['cancelled', 'cancelled', 'warning'],
    ['stale', 'cancelled', 'warning'],
    ['action_required', 'waiting', 'warning'],
  ])('that ends with %s is %s', (conclusion, phase, severity) => {
    expect(ofRun({ conclusion })).toMatchObject([{ phase, severity }]);
  });

  it.each([['skipped'], ['neutral'], [null]])('that ends with %s is noise', (conclusion) => {
    expect(ofRun({ conclusion })).toStrictEqual([]);
  });

  it.each([
    ['requested', 'requested'],
    ['in_progress', 'started'],
  ])('that is %s is told when it is asked for', (action, phase) => {
    expect(ofRun({ conclusion: null }, [], action)).toStrictEqual([]);
    expect(ofRun({ conclusion: null }, ['started'], action)).toMatchObject([{ phase }]);
  });

  it('is another occurrence at its next attempt, and when it ends otherwise', () => {
    const ids = [{}, { run_attempt: 2 }, { conclusion: 'success' }].map((changes) => ofRun(changes)[0]?.id);

    expect(new Set(ids).size).toBe(3);
  });
});

describe('a workflow job', () => {
  const ended = { status: 'completed', conclusion: 'failure', completed_at: '2026-11-20T14:10:00Z' };

  it('is noise but for waiting', () => {
    expect(ofJob({ status: 'in_progress' })).toStrictEqual([]);
    expect(ofJob(ended)).toStrictEqual([]);
    expect(ofJob({})).toMatchObject([{ phase: 'waiting' }]);
  });

  it('is told when it is asked for, with the step that failed', () => {
    const steps = [{ name: 'build', conclusion: 'success' }, { name: 'push', conclusion: 'failure' }, null];

    expect(ofJob({ status: 'in_progress' }, ['jobs'])).toMatchObject([{ phase: 'started', step: 'release' }]);
    expect(ofJob({ status: 'queued' }, ['jobs'])).toStrictEqual([]);
    expect(ofJob({ ...ended, steps }, ['jobs'])).toMatchObject([
      { phase: 'failed', failedStep: 'push', duration: 390 },
    ]);
  });
});

describe('a release or package', () => {
  const release = caseOf(SOURCE, 'release-published');
  const pushed = caseOf(SOURCE, 'container-pushed');

  it.each([['created'], ['released'], ['prereleased'], ['edited'], ['deleted']])('that is %s is noise', (action) => {
    expect(read({ payload: { ...release.body, action }, headers: release.headers })).toStrictEqual([]);
  });

  it('is the same by either event of a package', () => {
    const { registry_package, ...rest } = pushed.body;
    const other = oneOf({ payload: { ...rest, package: registry_package }, headers: header('package') }, SOURCE);

    expect(other).toStrictEqual(oneOf({ payload: pushed.body, headers: pushed.headers }, SOURCE));
  });
});

const EVENTS: Readonly<Record<string, string>> = {
  'deployment-gh-pages': 'deployment',
  'registry-package-published-docker': 'registry_package',
  'deployment-review-requested': 'deployment_review',
  'deployment-status': 'deployment_status',
  'workflow-run-completed': 'workflow_run',
  'workflow-job-completed-failure': 'workflow_job',
  'workflow-job-queued-with-deployment': 'workflow_job',
  'release-prereleased': 'release',
  'release-published': 'release',
};
const hello = { resource: { name: 'Harbourcat/Tide-Clock' } };

sampleLaws(
  SOURCE,
  {
    'github/deployment': [{ ...hello, phase: 'requested', occurredAt: '2018-10-10T14:13:40.000Z' }],
    'github/deployment-gh-pages': [{ ...hello, phase: 'requested', environment: 'github-pages' }],
    'github/deployment-status': [{ ...hello, phase: 'succeeded', occurredAt: '2018-10-10T14:13:42.000Z' }],
    'github/deployment-review-requested': [
      {
        phase: 'waiting',
        environment: 'TST',
        waitingFor: 'admins',
        occurredAt: '2022-11-29T08:21:02.000Z',
        resource: { name: 'pier-org/pier-app' },
      },
    ],
    'github/ping': { reply: {} },
    'github/registry-package-published-docker': [
      { kind: 'artifact', action: 'pushed', name: 'tide-clock-npm', occurredAt: '2018-10-04T22:21:16.000Z' },
    ],
    'github/release-published': [{ kind: 'artifact', version: '0.0.1', occurredAt: '2018-10-10T14:13:40.000Z' }],
    'github/release-prereleased': [],
    'github/workflow-job-completed-failure': [
      { ...hello, phase: 'failed', failedStep: 'Run yarn run format-check', occurredAt: '2020-12-31T09:31:03.000Z' },
    ],
    'github/workflow-job-queued-with-deployment': [
      { phase: 'waiting', environment: 'Test', occurredAt: '2022-09-14T20:04:59.000Z' },
    ],
    'github/workflow-run-completed': [
      { phase: 'succeeded', resource: { name: 'coast-org/coast-repo' }, occurredAt: '2020-03-02T15:26:36.000Z' },
    ],
  },
  (file) => header(EVENTS[file.replace('github/', '')] ?? file.replace('github/', '')),
  ['jobs'],
);

describe('the name of a run', () => {
  const named = (name: unknown, workflow: unknown) => {
    const payload = { ...withPart(run, 'workflow_run', { name, display_title: 'Deploy by @dev-one' }), workflow };
    return oneOf({ payload, headers: run.headers }, SOURCE);
  };

  it.each([
    ['of its workflow, where the run has none', null, { name: 'Deploy all' }, 'Deploy all'],
    ['of its workflow, and not what `run-name` made of it', 'Deploy by @dev-one', { name: 'Deploy all' }, 'Deploy all'],
    ['its own, where the workflow is not told', 'Deploy', undefined, 'Deploy'],
    ['its title, where nothing else is', '', { name: '' }, 'Deploy by @dev-one'],
  ])('is that %s', (_what, name, workflow, subject) => {
    expect(named(name, workflow)).toMatchObject({ subject });
    expect(named(name, workflow).id).toBe(named('Deploy', undefined).id);
  });
});

it('reads a protection rule that comes without its deployment', () => {
  const rule = {
    action: 'requested',
    environment: 'production',
    event: 'push',
    deployment_callback_url:
      'https://api.github.com/repos/reed-canal/parcel-desk/actions/runs/771203/deployment_protection_rule',
    repository: { full_name: 'reed-canal/parcel-desk', html_url: 'https://github.com/reed-canal/parcel-desk' },
    sender: { login: 'ada-vrba' },
  };
  const headers = new Headers({ 'x-github-event': 'deployment_protection_rule' });

  expect(read({ payload: rule, headers, include: ['protection-rules'] }, 'github')).toMatchObject([
    { phase: 'waiting', environment: 'production', story: expect.stringContaining('771203') },
  ]);
});
