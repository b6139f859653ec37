import type { EventOf } from '../event/event.ts';
import { durationIn } from './duration.ts';
import { measuredIn } from './measured.ts';
import type { Messages } from './messages.ts';
import { deployed, given, next, PRODUCTS, place, SEVERITY, unended, watched } from './parts.ts';
import { counted } from './plural.ts';

const instances = counted('en', { one: 'instance', other: 'instances' });

const SCALE = { failed: 'failed', held: 'held back' } as const;

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase } = event;
  const name = event.resource.name + place(event.environment, event.resource.region);
  if (phase === 'started' || phase === 'succeeded') {
    return `Scaled ${direction}: ${name}${from === undefined ? '' : ` from ${from}`} to ${instances(to)}.`;
  }
  const [rest, wanted] = phase === 'failed' ? ['; ', 'wanted'] : ['; ', 'considered'];
  return from === undefined
    ? `Scaling ${direction} ${SCALE[phase]}: ${name}${rest}${instances(to)} ${wanted}.`
    : `Scaling ${direction} ${SCALE[phase]}: ${name} stays at ${instances(from)}; ${to} ${wanted}.`;
}

const DEPLOYMENT = {
  requested: 'Deployment requested',
  waiting: 'Approval needed',
  started: 'Deployment started',
  succeeded: 'Deployment succeeded',
  failed: 'Deployment failed',
  cancelled: 'Deployment cancelled',
  approved: 'Deployment approved',
  rejected: 'Deployment rejected',
} as const;

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: '; failed step: ',
    waiting: '; waiting for ',
    approved: ' by ',
    rejected: ' by ',
  });
  return `${DEPLOYMENT[phase]}: ${deployed(event)}${given(' to ', environment)}${given(', ', version)}${more}.`;
}

const ARTIFACT = {
  pushed: 'Artifact pushed',
  deleted: 'Artifact deleted',
  completed: 'Artifact completed',
  revoked: 'Artifact revoked',
} as const;

function alert(event: EventOf<'alert'>): string {
  const { state, rule, level } = event;
  // The sign is for the fact: read aloud, it says nothing.
  const measured = en.measured({ ...event, operator: undefined });
  const head = (state === 'fired' ? 'Alert fired' : 'Alert resolved') + place(level);
  return `${head}: ${rule}${given(' on ', watched(event))}${given(', ', measured)}.`;
}

export const en: Messages = {
  locale: 'en',
  sentence: {
    scale,
    deployment,
    artifact: ({ action, name, version }) => `${ARTIFACT[action]}: ${name}${given(' ', version)}.`,
    alert,
    custom: ({ severity, title }) => `${en.state[SEVERITY[severity]]}: ${unended(title)}.`,
  },
  state: {
    scaledOut: 'Scaled out',
    scaledIn: 'Scaled in',
    scalingFailed: 'Scaling failed',
    scalingHeld: 'Scaling held back',
    alertFired: 'Alert fired',
    alertResolved: 'Alert resolved',
    notice: 'Notice',
    warning: 'Warning',
    error: 'Error',
    critical: 'Critical',
  },
  deployment: DEPLOYMENT,
  artifact: ARTIFACT,
  label: {
    approvedBy: 'Approved by',
    branch: 'Branch',
    change: 'Change',
    commit: 'Commit',
    description: 'Description',
    digest: 'Digest',
    duration: 'Duration',
    environment: 'Environment',
    errorCode: 'Error code',
    expires: 'Expires',
    failedStep: 'Failed step',
    group: 'Resource group',
    instances: 'Instances',
    lasted: 'Lasted',
    message: 'Message',
    metric: 'Metric',
    output: 'Last output',
    reason: 'Autoscale says',
    region: 'Region',
    rejectedBy: 'Rejected by',
    replaces: 'Replaces',
    resource: 'Resource',
    setting: 'Setting',
    severity: 'Severity',
    startedBy: 'Started by',
    stillRunning: 'Still running',
    value: 'Value',
    version: 'Version',
    waitingFor: 'Waiting for',
    wanted: 'Wanted',
  },
  action: {
    alert: 'View alert',
    changes: 'Changes',
    dashboard: 'Open dashboard',
    details: 'View details',
    logs: 'View logs',
    resource: 'Open resource',
    review: 'Review',
    run: 'View run',
    runbook: 'Runbook',
    scaleHistory: 'Scale history',
    silence: 'Silence',
    site: 'Open site',
  },
  actionHint: (title, subject) => `${title}: ${subject}`,
  source: { ...PRODUCTS, 'azure-autoscale': 'Azure autoscale', custom: 'Custom event' },
  instances,
  duration: durationIn('en'),
  measured: measuredIn('en', 'threshold'),
  level: {
    Sev0: 'Sev0 · Critical',
    Sev1: 'Sev1 · Error',
    Sev2: 'Sev2 · Warning',
    Sev3: 'Sev3 · Informational',
    Sev4: 'Sev4 · Verbose',
  },
  more: (count) => `… and ${count} more`,
};
