import { describe, expect, it } from 'vitest';
import { azureDevops } from '../../src/sources/azure-devops/azure-devops.ts';
import { normalize, sourceFor } from '../support/normalize.ts';
import { allEvents, bodyOf, put, samplesOf } from './support/azure-devops.ts';

const EXTRAS = Object.keys(azureDevops.extras);
const body = (name: string) => bodyOf('azure-devops', name);
const one = (payload: unknown, include: readonly string[] = []) => normalize({ payload, include }, 'azure-devops')[0];

describe('links', () => {
  const build = body('build-failed-2.0');
  const withHtml = (html: string) =>
    one(put(put(build, 'resource._links', null), 'message.html', html))?.links.find(({ rel }) => rel === 'run')?.url;

  it.each([
    ['double quotes', '<a href="https://dev.azure.com/n/_build?buildId=1&amp;view=results">x</a>'],
    ['single quotes', "<a href='https://dev.azure.com/n/_build?buildId=1&view=results'>x</a>"],
    ['no quotes', '<a href=https://dev.azure.com/n/_build?buildId=1&view=results> x </a>'],
  ])('come from the message with %s', (_how, html) => {
    expect(withHtml(html)).toBe('https://dev.azure.com/n/_build?buildId=1&view=results');
  });

  it.each([
    ['of the API', '<a href="https://dev.azure.com/n/_apis/build/Builds/1">x</a>'],
    ['without TLS', '<a href="http://dev.azure.com/n/_build?buildId=1">x</a>'],
    ['with a secret', '<a href="https://dev.azure.com/n?token=hunter2">x</a>'],
    ['of scripts', '<a href="javascript:alert(1)">x</a>'],
  ])('are none %s', (_what, html) => {
    expect(withHtml(html)).toBeUndefined();
  });

  it('carry no user name', () => {
    expect(JSON.stringify(one(build)?.links)).not.toContain('northwind@');
  });

  it('are found in bounded time in a message that is made to be slow', () => {
    const slow = `${'<a href='.repeat(50_000)}${'<a '.repeat(50_000)}`;
    expect(withHtml(slow)).toBeUndefined();
    expect(
      one(
        put(
          put(body('approval-pending-text-only'), 'resource', null),
          'message.text',
          ' to environment '.repeat(50_000),
        ),
      ),
    ).toBeDefined();
  });
});

describe('a pool of agents', () => {
  it('that shrinks scales in', () => {
    const shrunk = put(put(body('pool-resized'), 'resource.newSize', '0'), 'resource.previousSize', '3');

    expect(one(shrunk)).toMatchObject({ kind: 'scale', direction: 'in', from: 3, to: 0 });
  });

  it('without an ARM id goes by its own name', () => {
    expect(one(put(body('pool-resized'), 'resource.resourceId', 'VM Scale Set Id'))).toMatchObject({
      resource: { name: 'Linux agents' },
    });
  });

  it('that keeps its size is no event, and one without sizes is told in the words of the sender', () => {
    expect(one(put(body('pool-resized'), 'resource.newSize', 1))).toBeUndefined();
    expect(one(put(body('pool-resized'), 'resource', null))).toMatchObject({ kind: 'custom' });
  });
});

describe('a body', () => {
  it('that is broken is still told what Azure DevOps sends', () => {
    expect(azureDevops.detects({ publisherId: 'tfs', resource: {} }, new Headers())).toBe(true);
    expect(azureDevops.problems({ publisherId: 'tfs', resource: {} })).toStrictEqual([
      { path: 'eventType', message: 'expected text' },
    ]);
  });

  it('of Event Grid is not taken for one of Azure DevOps', () => {
    const grid = { id: '1', eventType: 'Microsoft.Resources.ResourceWriteSuccess', subject: '/x', data: {} };

    expect(azureDevops.detects(grid, new Headers())).toBe(false);
  });

  it('with the prefixes of the older and of the newer documentation means the same', () => {
    const older = body('deployment-started');
    const newer = put(older, 'eventType', 'ms.azure-devops-release.deployment-started-event');

    expect(one(newer)).toStrictEqual(one(older));
  });
});

it('tells nothing of people but their display names', () => {
  const events = allEvents('azure-devops', EXTRAS);

  expect(events).toContain('Mina Park');
  expect(events).not.toMatch(/@|MemberAvatars|aad\.|NORTHWIND\\|password|c0ffee/i);
});

it('uses the part before the @ where there is no display name', () => {
  const person = { displayName: null, uniqueName: 'NORTHWIND\\jonas@northwind.example' };

  expect(one(put(body('build-failed-2.0'), 'resource.requestedFor', person))).toMatchObject({ actor: 'jonas' });
});

describe('the published samples', () => {
  const FACTS: Readonly<Record<string, object | undefined>> = {
    'build-complete-1.0': {
      phase: 'succeeded',
      resource: { name: 'ProviderLedgerModule' },
      occurredAt: '2014-09-02T16:58:57.690Z',
    },
    'pipelines-approval-pending': {
      phase: 'waiting',
      resource: { name: 'run1' },
      environment: 'env1',
      occurredAt: '2019-05-10T05:06:58.642Z',
    },
    'pipelines-job-state-changed': {
      phase: 'succeeded',
      resource: { name: 'TEST-CI' },
      occurredAt: '2022-04-18T15:35:39.776Z',
    },
    'pipelines-run-state-changed': {
      phase: 'succeeded',
      resource: { name: 'TEST-CI' },
      occurredAt: '2019-05-10T03:39:00.613Z',
    },
    'release-abandoned': {
      phase: 'cancelled',
      resource: { name: 'Harbour.CD' },
      occurredAt: '2015-06-18T07:12:04.260Z',
    },
    'release-created': {
      phase: 'requested',
      resource: { name: 'Harbour.CD' },
      occurredAt: '2015-06-18T07:12:04.260Z',
    },
    'release-deployment-approval-completed': {
      phase: 'approved',
      resource: { name: 'Harbour.CD' },
      environment: 'Dev',
    },
    'release-deployment-completed': { phase: 'succeeded', resource: { name: 'Release-1' }, environment: 'Dev' },
    'release-deployment-started': { phase: 'started', resource: { name: 'Release-1' }, environment: 'Dev' },
  };
  const samples = samplesOf('azure-devops');

  it.each(samples)('include %s, which is detected and read', (name, payload) => {
    const facts = FACTS[name];
    const events = normalize({ payload, include: EXTRAS });

    expect(sourceFor(payload, new Headers()).name).toBe('azure-devops');
    expect(events).toMatchObject(facts === undefined ? [] : [{ kind: 'deployment', ...facts }]);
  });
});
