import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import type { Mention, Telling } from '../../src/message/slots.ts';
import { examples } from './examples.ts';

/** An event and how it is told. */
export interface Variant {
  readonly event: RelayEvent;
  readonly telling?: Telling;
  readonly mention?: Mention;
  readonly charts?: boolean;
}

/** An event without some of what its example has. */
function without<Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: readonly Key[]) {
  const rest = Object.entries(whole).filter(([key]) => !(keys as readonly string[]).includes(key));
  return Object.fromEntries(rest) as Omit<Whole, Key>;
}

const { scale, artifact, alert, custom, notice } = examples;
const act = without(examples.act, 'until', 'note');
const deployment = without(examples.deployment, 'failedStep', 'output', 'waitingFor', 'expiresAt', 'duration');
const drift = without(examples.drift, 'rollout', 'heldIds', 'failedIds', 'unknown', 'modelsAtLeast');
const digest = without(examples.digest, 'environment', 'unread', 'named');

const told = (event: RelayEvent): Variant => ({ event });
const scaling = (change: Partial<EventOf<'scale'>>) => told({ ...scale, ...change });
const deployed = (change: Partial<EventOf<'deployment'>>) => told({ ...deployment, severity: 'info', ...change });
const checked = (change: Partial<EventOf<'deployment'>>) =>
  told({
    ...without(deployment, 'environment', 'version', 'previousVersion', 'step'),
    ...{ check: true, severity: 'warning', branch: 'pull/412/merge' },
    ...change,
  });
const alerted = (change: Partial<EventOf<'alert'>>) => told({ ...alert, ...change });
const drifted = (change: Partial<EventOf<'drift'>>) => told({ ...drift, ...change });

const oldest = (subject: string, state: string, figure: string) => ({
  kind: 'drift',
  state,
  subject,
  figure,
  count: 1,
});

/** The examples, and events whose messages have another outline. The names are those of the golden files. */
const outlines = {
  'scale-out': told(scale),
  'scale-in': scaling({ direction: 'in', from: 6, to: 3 }),
  'scale-out-done': scaling({ phase: 'succeeded', duration: 251 }),
  'scale-in-done': scaling({ phase: 'succeeded', direction: 'in', from: 6, to: 3, duration: 95 }),
  'scale-in-failed': scaling({ phase: 'failed', severity: 'error', direction: 'in', from: 6, to: 3 }),
  'scale-failed': scaling({
    severity: 'error',
    phase: 'failed',
    errorCode: 'QuotaExceeded',
    reason: 'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.',
  }),
  'scale-held': scaling({
    severity: 'warning',
    phase: 'held',
    reason: 'The scale action was skipped: it would start flapping.',
  }),
  'scale-unknown': scaling({ severity: 'warning', phase: 'unknown', word: 'TimedOut' }),
  'scale-out-machines': scaling({
    phase: 'succeeded',
    machines: {
      named: ['7', '8', '9'].map((id) => ({ name: `shop-web_${id}`, zone: `${Number(id) - 6}` })),
      count: 3,
      seconds: 130,
      limit: 'maximum',
    },
  }),
  'scale-out-many': scaling({
    phase: 'succeeded',
    to: 903,
    machines: {
      named: ['7', '8', '9'].map((id) => ({ name: `shop-web_${id}`, zone: id === '9' ? '2' : '1' })),
      count: 900,
    },
  }),
  'scale-out-part': scaling({
    severity: 'error',
    machines: {
      named: [{ name: 'shop-web_7', zone: '1' }],
      count: 1,
      seconds: 95,
      waiting: 1,
      failed: 1,
      codes: ['AllocationFailed'],
    },
  }),
  'scale-in-machines': scaling({
    phase: 'succeeded',
    direction: 'in',
    from: 6,
    to: 3,
    machines: { named: ['4', '5', '6'].map((id) => ({ name: `shop-web_${id}` })), count: 3, limit: 'minimum' },
  }),
  'scale-in-unseen': scaling({
    severity: 'warning',
    direction: 'in',
    from: 6,
    to: 3,
    machines: { named: [], count: 2, waiting: 1 },
  }),
  'scale-out-refused': scaling({
    severity: 'warning',
    direction: 'out',
    from: 5,
    to: 7,
    machines: { named: [], count: 0, capacity: 5, unmoved: true },
  }),
  'scale-out-day': scaling({
    from: 5,
    to: 8,
    day: {
      from: '2026-11-19T14:05:09.000Z',
      steps: [3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 6, 6, 8, 8, 8, 8, 6, 6, 5, 5, 5, 5, 5, 8],
      minimum: 3,
      maximum: 8,
    },
  }),
  'scale-late-repeated': {
    event: scale,
    telling: { late: true, repeated: { count: 4, since: '2026-11-20T13:40:00.000Z' } },
  },
  'deployment-requested': deployed({ phase: 'requested' }),
  'deployment-waiting': deployed({
    severity: 'warning',
    phase: 'waiting',
    waitingFor: 'release-managers',
    expiresAt: '2026-11-21T14:05:09.000Z',
  }),
  'deployment-started': deployed({ phase: 'started' }),
  'deployment-succeeded': deployed({ phase: 'succeeded', duration: 252 }),
  'deployment-partial': deployed({ phase: 'succeeded', outcome: 'partial', severity: 'warning', duration: 252 }),
  'deployment-warnings': deployed({ phase: 'succeeded', outcome: 'warnings', severity: 'warning', duration: 252 }),
  'deployment-failed': told(examples.deployment),
  'deployment-check-failed': checked({ phase: 'failed', failedStep: 'unit tests' }),
  'deployment-check-warnings': checked({ phase: 'succeeded', outcome: 'warnings' }),
  'deployment-cancelled': deployed({ phase: 'cancelled', duration: 31 }),
  'deployment-approved': deployed({ phase: 'approved' }),
  'deployment-unknown': deployed({ phase: 'unknown', severity: 'warning', word: 'timed_out' }),
  'deployment-rejected': deployed({ phase: 'rejected', severity: 'warning' }),
  'artifact-pushed': told(artifact),
  'artifact-deleted': told({ ...artifact, action: 'deleted' }),
  'artifact-completed': told({ ...artifact, action: 'completed' }),
  'artifact-revoked': told({ ...artifact, action: 'revoked', severity: 'warning' }),
  'artifact-unknown': told({ ...artifact, action: 'unknown', severity: 'warning', word: 'archived' }),
  'alert-fired': told(alert),
  'alert-fired-sev0': alerted({ level: 'Sev0', severity: 'critical' }),
  'alert-fired-sev2': alerted({ level: 'Sev2', severity: 'warning' }),
  'alert-fired-sev4': alerted({ level: 'Sev4', severity: 'info' }),
  'alert-fired-user': { event: alert, mention: { type: 'user', id: 'U061F7AUR', name: 'Kim Min-ji' } },
  'alert-operation-failed': told({
    ...without(alert, 'metric', 'value', 'threshold', 'unit', 'operator', 'dimensions'),
    rule: 'scale-set-writes',
    phase: 'failed',
    level: 'Sev4',
    severity: 'warning',
    dimensions: { operationName: 'Microsoft.Compute/virtualMachineScaleSets/write', status: 'Failed' },
    description: 'Somebody writes to a scale set of the shop.',
  }),
  'alert-test': alerted({ level: 'Sev0', severity: 'critical', properties: { test: 'yes', team: 'shop' } }),
  'alert-replayed': {
    event: alert,
    telling: { now: '2026-11-20T15:30:00.000Z', late: true, replayed: { over: '2026-11-20T14:20:00.000Z' } },
  },
  'alert-still': alerted({
    value: undefined,
    still: { at: '2026-11-20T22:05:09.000Z', since: '2026-11-20T14:05:09.000Z' },
  }),
  'alert-closed': alerted({
    value: undefined,
    severity: 'info',
    still: { at: '2026-11-27T14:05:09.000Z', since: '2026-11-20T14:05:09.000Z', closed: true },
  }),
  'alert-everybody': {
    event: { ...alert, level: 'Sev0', severity: 'critical' },
    mention: { type: 'all', id: 'here', name: 'here' },
  },
  'alert-resolved': alerted({ state: 'resolved', value: 61.2 }),
  'custom-info': told({ ...custom, severity: 'info' }),
  'custom-warning': told(custom),
  'custom-error': told({ ...custom, severity: 'error' }),
  'custom-critical': told({ ...custom, severity: 'critical' }),
  'drift-pending': drifted({ upgradeMode: 'Manual', modelsAtLeast: 3, heldIds: ['7'] }),
  'drift-canary': drifted({
    severity: 'info',
    verdict: 'canary',
    behind: 8,
    upgradeMode: 'Manual',
    sinceAtLeast: false,
    since: '2026-11-20T12:35:09.000Z',
    modelChangedAt: '2026-11-20T12:35:00.000Z',
    reasons: [{ reason: 'imageVersion', name: 'shop_web', from: '1.4.2', to: '1.5.0', count: 8 }],
    command: drift.command?.replace(/ids .*/, 'ids 2 3 4 5 6 7 8 9') ?? '',
  }),
  'drift-stalled': {
    event: {
      ...drift,
      severity: 'error',
      change: 'changed',
      verdict: 'stalled',
      rollout: { done: 4, failed: 2, pending: 4, errorCode: 'MaxUnhealthyInstancePercentExceeded' },
      failedIds: ['2', '5'],
      advice: 'inspect',
      command:
        "az vmss rolling-upgrade get-latest --subscription 00000000-0000-0000-0000-0000000000a1 -g 'rg-shop' -n 'shop-web'",
    },
    mention: { type: 'group', id: 'S0604QSJC', name: 'Platform on call' },
  },
  'drift-awaiting': drifted({
    verdict: 'awaitingApproval',
    upgradeMode: 'Rolling',
    approval: { until: '2026-11-20T18:00:00.000Z', otherwise: 'Approve' },
    advice: 'approval',
    command:
      "az rest --method get --url '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web/lifecycleHookEvents?api-version=2026-04-01'",
  }),
  'drift-repairs': drifted({
    verdict: 'repairsSuspended',
    behind: 0,
    reasons: [],
    repairsSuspended: true,
    advice: 'inspect',
    command: "az vmss get-instance-view --subscription 00000000-0000-0000-0000-0000000000a1 -g 'rg-shop' -n 'shop-web'",
  }),
  'drift-resolved': drifted({ severity: 'info', change: 'resolved', behind: 0, reasons: [] }),
  'drift-unseen': drifted({ severity: 'info', change: 'resolved', behind: 0, reasons: [], unseen: true }),
  'notice-broken': told(notice),
  'notice-back': told({
    ...without(notice, 'count', 'events', 'fallback', 'reason'),
    id: identity('example', 'notice', 'back'),
    severity: 'info',
    topic: 'receiverBack',
  }),
  'notice-sign-in': told({
    ...without(notice, 'fallback'),
    id: identity('example', 'notice', 'sign-in'),
    topic: 'signIn',
    about: 'audit',
    resource: { name: 'audit' },
    reason: 'secret-refused',
  }),
  'notice-silent': told({
    ...without(notice, 'count', 'events', 'fallback', 'reason'),
    id: identity('example', 'notice', 'silent'),
    topic: 'silent',
    about: 'alertmanager',
    resource: { name: 'alertmanager' },
    lasted: 351,
    reason: '401 no token ×12 (2026-11-20 14:01 UTC)',
    reasons: [{ reason: 'no token', status: 401, count: 12 }],
  }),
  'notice-heard': told({
    ...without(notice, 'count', 'events', 'fallback', 'reason'),
    id: identity('example', 'notice', 'heard'),
    severity: 'info',
    topic: 'heard',
    about: 'alertmanager',
    resource: { name: 'alertmanager' },
    lasted: 7_502,
  }),
  'act-acknowledged': told(act),
  'act-silenced': told({ ...act, action: 'silenced', until: '2026-11-20T15:05:00.000Z' }),
  'act-meant': told({
    ...act,
    action: 'meant',
    via: 'teams',
    until: '2026-11-21T14:05:00.000Z',
    note: 'canary',
    of: { kind: 'drift', state: 'pending', subject: 'shop-web', figure: '6 / 10', severity: 'warning', place: 'prod' },
  }),
  'alert-acted': {
    event: alert,
    telling: {
      acts: [
        { action: 'acknowledged', by: 'Kim Min-ji', at: '2026-11-20T14:08:00.000Z' },
        { action: 'silenced', by: 'Jana', at: '2026-11-20T14:09:00.000Z', until: '2026-11-20T15:09:00.000Z' },
      ],
      inThread: true,
    },
  },
  review: told(examples.review),
  'review-charts': { event: examples.review, charts: true },
  'review-empty': told({
    ...examples.review,
    id: identity('example', 'review', 'empty'),
    events: { now: 0 },
  }),
  'digest-rate': told({ ...digest, resource: { name: 'ops-slack' } }),
  'digest-drift': told({
    ...digest,
    id: identity('example', 'digest', 'drift'),
    source: 'drift',
    severity: 'warning',
    resource: { name: 'Contoso production' },
    links: [],
    cause: 'baseline',
    total: 37,
    resources: 37,
    tally: [
      { kind: 'drift', state: 'faulted', count: 1 },
      { kind: 'drift', state: 'pending', count: 29 },
      { kind: 'drift', state: 'canaryOverdue', count: 2 },
      { kind: 'drift', state: 'hidden', count: 5 },
    ],
    stories: [
      oldest('shop-web', 'faulted', '6 / 10'),
      oldest('shop-api', 'pending', '40 / 40'),
      oldest('batch_workers_01', 'pending', '118 / 300'),
      oldest('build-agents', 'canaryOverdue', '19 / 20'),
      oldest('legacy-gateway', 'hidden', '4 / 4'),
    ],
    more: 32,
    unread: 2,
  }),
} as const satisfies Record<string, Variant>;

export type VariantName = keyof typeof outlines;

export const variants: Readonly<Record<VariantName, Variant>> = outlines;
export const variantNames = Object.keys(variants) as VariantName[];
