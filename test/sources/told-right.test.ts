import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { sources } from '../../src/sources/registry.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize, read } from '../support/normalize.ts';
import { localeNames, slackPayload } from '../support/payloads.ts';
import { sampleBodies } from './support/sample-bodies.ts';

// What senders say beside what one looks at first: kinds of mistakes that whole families of bodies share.

const told = (source: string, name: string, include: readonly string[] = []): readonly RelayEvent[] => {
  const found = fixturesOf(source).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no fixture ${source}/${name}`);
  return normalize({ ...receive(found.body, undefined, found.headers), include }, source);
};

const everyEvent = [
  ...sources.flatMap(({ name }) => fixturesOf(name)),
  ...sampleBodies.flatMap(({ bodies }) => bodies),
].flatMap(({ name, headers, body }) => {
  const events = read(receive(body, undefined, headers));
  return 'reply' in events ? [] : events.map((event) => [`${event.source} ${name}`, event] as const);
});

const pairsOf = (event: RelayEvent): Record<string, string> => ({
  ...event.properties,
  ...(event.kind === 'alert' && event.dimensions),
});

describe.each(everyEvent)('%s', (_name, event) => {
  it('repeats no id of its resource as a fact', () => {
    const { id = 'none', subscriptionId = 'none' } = event.resource;
    const again = Object.values(pairsOf(event)).map((value) => value.toLowerCase());

    if (event.source !== 'custom') expect(again).not.toContain(id.toLowerCase());
    if (event.source !== 'custom') expect(again).not.toContain(subscriptionId.toLowerCase());
  });

  it('is a sentence with one full stop', () => {
    const texts = localeNames.map((locale) => slackPayload(event, { locale }).text);

    expect(texts.filter((text) => /(?<!\.)\.\.(?!\.)/.test(text))).toStrictEqual([]);
  });
});

describe('a rule without data or answer', () => {
  it.each([
    ['no-data-of-many-labels', 'data', undefined],
    ['no-data-as-alerting', 'data', undefined],
    ['query-failed', 'answer', 'failed to execute query [A]: dial tcp 10.4.0.8:9090: connect: connection refused'],
  ])('is told as such, without its own words of the breach: %s', (name, lack, description) => {
    const [event] = told('grafana', name);

    expect(event).toMatchObject({ state: 'fired', rule: 'Parcels wait', lack });
    expect(event).toHaveProperty('description', description);
    expect(event).toHaveProperty('value', undefined);
  });

  it('has ended, and is not solved, where its series vanished', () => {
    expect(told('grafana', 'missing-series')).toMatchObject([{ state: 'resolved', lack: 'series' }]);
    expect(told('grafana', 'no-data-as-normal')).toMatchObject([
      { state: 'resolved', properties: { grafana_state_reason: 'NoData' } },
    ]);
    expect(told('grafana', 'rule-deleted')).toMatchObject([
      { state: 'resolved', properties: { grafana_state_reason: 'RuleDeleted' } },
    ]);
  });
});

it.each(['value-in-text', 'value-in-text-classic'])('a value that stands in a text alone is read: %s', (name) => {
  expect(told('grafana', name)).toMatchObject([{ value: 34.5 }]);
});

it.each([
  ['gitlab', 'deployment-approved-with-approver', 'approved', 'minh-tran', 'Window is open until nine'],
  ['gitlab', 'deployment-rejected-with-approver', 'rejected', 'minh-tran', 'Not on a market day'],
  ['gitlab', 'deployment-approved-by-older', 'approved', undefined, undefined],
  ['github', 'review-rejected', 'rejected', 'tobias-lind', 'Not before the weekend'],
  ['azure-devops', 'release-approval-rejected', 'rejected', 'Jonas Weber', 'Not before the sale.'],
  ['spinnaker', 'judgment-continued', 'approved', 'jonas.weber', undefined],
])('a verdict is whose it is, with the comment: %s %s', (source, name, phase, actor, comment) => {
  const [event] = told(source, name);

  expect(event).toMatchObject({ phase, actor });
  expect(event?.properties?.['comment']).toBe(comment);
});

it('a verdict of several is of all of them, and of nobody where the time ran out', () => {
  const step = (name: string, status: string, comment?: string) => ({
    assignedApprover: { displayName: 'Release managers' },
    ...(status === 'approved' && { actualApprover: { displayName: name } }),
    status,
    comment,
  });
  const decided = (status: string) => ({
    id: 'n1',
    publisherId: 'pipelines',
    eventType: 'ms.vss-pipelinechecks-events.approval-completed',
    createdDate: '2026-11-21T08:00:00Z',
    resource: {
      approval: { id: 'a1', status, steps: [step('Ada Vrba', status, 'Seen'), step('Minh Tran', status, 'Go')] },
      pipeline: { name: 'desk-cd' },
      run: { id: 7 },
    },
  });

  expect(normalize(receive(decided('approved')))).toMatchObject([
    { phase: 'approved', actor: 'Ada Vrba, Minh Tran', properties: { comment: 'Seen, Go' } },
  ]);
  expect(normalize(receive(decided('timedOut')))[0]).toMatchObject({
    phase: 'rejected',
    actor: undefined,
    properties: { approval: 'timedOut' },
  });
});

describe('a run of Terraform', () => {
  it('that ends with its plan has deployed nothing', () => {
    expect(told('hcp-terraform', 'run-planned-and-finished')).toStrictEqual([]);
    expect(told('hcp-terraform', 'run-planned-and-finished', ['plans'])).toMatchObject([
      { kind: 'custom', severity: 'info', title: 'Run Planned and Finished' },
    ]);
  });

  it('that a policy stopped is a warning', () => {
    const [sample] = fixturesOf('hcp-terraform').filter(({ name }) => name === 'run-planned-and-finished');
    const stopped = JSON.parse(JSON.stringify(sample?.body).replace('planned_and_finished', 'policy_soft_failed'));

    expect(normalize(receive(stopped))).toMatchObject([{ kind: 'custom', severity: 'warning' }]);
  });

  it('that waits says for what', () => {
    expect(told('hcp-terraform', 'run-policy-override')).toMatchObject([
      {
        phase: 'waiting',
        step: 'policy override',
        properties: { message: 'Run Policy Check - Soft Failed', run_status: 'policy_override' },
      },
    ]);
  });
});

it.each([
  ['github', 'run-of-fork', 'out-sider/parcel-desk:main'],
  ['github', 'run-of-deleted-fork', 'fork:main'],
  ['github', 'run-of-own-main', 'main'],
  ['gitlab', 'pipeline-of-fork', 'fork:main'],
])("a branch says whose it is where it is a fork's: %s %s", (source, name, branch) => {
  expect(told(source, name)).toMatchObject([{ branch }]);
});

it.each([
  ['azure-monitor', 'resource-health-up'],
  ['azure-monitor', 'service-health-over'],
  ['azure-monitor', 'old-service-health-resolved'],
  ['azure-monitor', 'metric-resolved'],
  ['azure-monitor', 'old-metric-deactivated'],
  ['azure-monitor', 'failure-anomalies-resource'],
  ['azure-monitor', 'autoscale-metric-recovery'],
  ['event-grid', 'health-available-again'],
  ['event-grid', 'app-started'],
  ['event-grid', 'scheduled-reboot-completed'],
  ['grafana', 'resolved'],
])('an end is resolved in every schema: %s %s', (source, name) => {
  expect(told(source, name)).toMatchObject([{ kind: 'alert', state: 'resolved' }]);
});

describe('a release or run of Azure DevOps without its resource', () => {
  it.each([
    ['release-started-bare', 'started', 'Release-88', 'Staging EU'],
    ['release-completed-bare', 'succeeded', 'Release-88', 'Staging EU'],
    ['release-approval-bare', 'rejected', 'Release-88', 'Production'],
    ['release-approval-pending-bare', 'waiting', 'Release-88', 'Production'],
    ['run-bare', 'failed', 'Run 20261121.2', undefined],
  ])('is called by the names in its message: %s', (name, phase, subject, environment) => {
    const [event] = told('azure-devops', name);

    expect(event).toMatchObject({ phase, subject });
    expect(event?.environment).toBe(environment);
  });
});
