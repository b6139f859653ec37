import { describe, expect, it } from 'vitest';
import { spinnaker } from '../../src/sources/spinnaker/spinnaker.ts';
import { normalize, read, sourceFor } from '../support/normalize.ts';
import { allEvents, bodyOf, put, samplesOf } from './support/azure-devops.ts';

const EXTRAS = Object.keys(spinnaker.extras);
const body = (name: string) => bodyOf('spinnaker', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'spinnaker')[0];

describe('noise', () => {
  it.each([
    ['pipeline-starting', ['started']],
    ['stage-complete', ['stages']],
    ['operation-complete', ['operations']],
    ['igor-docker', ['images']],
  ])('%s is not an event unless the configuration includes %s', (name, include) => {
    expect(read({ payload: body(name), include: EXTRAS.filter((extra) => !include.includes(extra)) })).toStrictEqual(
      [],
    );
    expect(read({ payload: body(name), include })).toHaveLength(1);
  });

  it.each(['task-complete', 'igor-build'])('%s is never an event', (name) => {
    expect(read({ payload: body(name), include: EXTRAS })).toStrictEqual([]);
  });

  it('stages that Spinnaker adds by itself, and those that are skipped, are never events', () => {
    const synthetic = put(body('stage-complete'), 'content.isSynthetic', true);
    const skipped = put(body('stage-complete'), 'content.execution.stages', [
      { id: 's2', type: 'deploy', status: 'SKIPPED' },
    ]);

    expect(one(synthetic, EXTRAS)).toBeUndefined();
    expect(one(skipped, EXTRAS)).toBeUndefined();
  });
});

describe('a manual judgment', () => {
  it('that waits is always told, with whom it waits for', () => {
    expect(one(body('judgment-waiting'))).toMatchObject({
      phase: 'waiting',
      severity: 'warning',
      step: 'Approve production',
      waitingFor: 'release-managers',
    });
  });

  it('that waits is known by its context where the stages are left out', () => {
    expect(one(put(body('judgment-waiting'), 'content.execution.stages', []))).toMatchObject({ phase: 'waiting' });
  });

  it('that runs out of time leaves it to the pipeline to tell', () => {
    const context = { judgmentInputs: [], judgmentStatus: '' };

    expect(one(put(body('judgment-stopped'), 'content.context', context))).toBeUndefined();
  });
});

it('tells of an image what igor found', () => {
  expect(one(body('igor-docker'), ['images'])).toMatchObject({
    kind: 'artifact',
    action: 'pushed',
    name: 'northwind/shop',
    version: '1.8.2',
    resource: { name: 'northwind.azurecr.io' },
  });
});

it('tells nothing of parameters, headers and addresses', () => {
  expect(allEvents('spinnaker', EXTRAS)).not.toMatch(/hunter2|@|X-SPINNAKER|anonymous/);
});

describe('a broken body', () => {
  it.each([
    [{ details: { source: 'orca' }, content: {} }, 'details.type'],
    [{ eventName: 'spinnaker_events', payload: { details: { source: 'orca' }, content: {} } }, 'payload.details.type'],
    [{ details: 'not JSON', content: {} }, 'details'],
  ])('%j is told what is wrong', (payload, path) => {
    expect(spinnaker.problems(payload).map((problem) => problem.path)).toStrictEqual([path]);
  });

  it('of somebody else is not taken', () => {
    expect(spinnaker.detects({ eventName: 'push', payload: { ref: 'x' } }, new Headers())).toBe(false);
    expect(spinnaker.detects({ details: 'some text', content: 'x' }, new Headers())).toBe(false);
  });
});

describe('the published samples', () => {
  const FACTS: Readonly<Record<string, object | undefined>> = {
    'orca-pipeline-complete-constructed': {
      phase: 'succeeded',
      resource: { name: 'cloudfoundryapp' },
      subject: 'bake-cf-manifest',
      occurredAt: '2020-10-16T17:44:07.872Z',
    },
    'orca-pipeline-failed-constructed': {
      phase: 'failed',
      resource: { name: 'cloudfoundryapp' },
      failedStep: 'Bake CloudFoundry Manifest',
      occurredAt: '2020-10-16T17:44:07.872Z',
    },
    'orca-pipeline-starting-constructed': {
      phase: 'started',
      resource: { name: 'compute' },
      subject: 'Simple Wait Pipeline',
      occurredAt: '2018-07-24T17:22:36.001Z',
    },
    'orca-stage-complete-constructed': {
      phase: 'succeeded',
      resource: { name: 'cloudfoundryapp' },
      step: 'Bake CloudFoundry Manifest',
      occurredAt: '2020-10-16T17:44:07.749Z',
    },
  };
  const samples = samplesOf('spinnaker');

  it.each(samples)('include %s, which is detected and read', (name, payload) => {
    const facts = FACTS[name];

    expect(sourceFor(payload, new Headers()).name).toBe('spinnaker');
    expect(normalize({ payload, include: EXTRAS })).toMatchObject(
      facts === undefined ? [] : [{ kind: 'deployment', ...facts }],
    );
  });
});
