import type { EventOf } from '../event/event.ts';
import { durationIn } from './duration.ts';
import type { Messages } from './messages.ts';
import { counted } from './plural.ts';

const instances = counted('en', { one: 'instance', other: 'instances' });

/** " (prod, Korea Central)", as far as it is known. */
const at = (...places: readonly (string | undefined)[]): string => {
  const known = places.filter(Boolean);
  return known.length > 0 ? ` (${known.join(', ')})` : '';
};

const said = (label: string, text: string | number | undefined): string =>
  text === undefined || text === '' ? '' : ` ${label} ${text}`;

const SCALE = { failed: 'failed', held: 'held back' } as const;

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase } = event;
  const name = event.resource.name + at(event.environment, event.resource.region);
  if (phase === 'started' || phase === 'succeeded') {
    return `Scaled ${direction}: ${name}${said('from', from)} to ${instances(to)}.`;
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

function deployment({
  phase,
  subject,
  step,
  environment,
  version,
  failedStep,
  waitingFor,
  actor,
}: EventOf<'deployment'>) {
  const what = [subject, step].filter(Boolean).join(' / ');
  const why = {
    failed: !failedStep ? '' : `; failed step: ${failedStep}`,
    waiting: !waitingFor ? '' : `; waiting for ${waitingFor}`,
  };
  const who = phase === 'approved' || phase === 'rejected' ? said('by', actor) : '';
  const more = phase === 'failed' || phase === 'waiting' ? why[phase] : who;
  return `${DEPLOYMENT[phase]}: ${what}${said('to', environment)}${!version ? '' : `, ${version}`}${more}.`;
}

const ARTIFACT = {
  pushed: 'Artifact pushed',
  deleted: 'Artifact deleted',
  completed: 'Artifact completed',
  revoked: 'Artifact revoked',
} as const;

function alert(event: EventOf<'alert'>): string {
  const { state, rule, level, resource } = event;
  // The sign is for the fact: read aloud, it says nothing.
  const measured = en.measured({ ...event, operator: undefined });
  const where = resource.name === rule ? '' : ` on ${resource.name}`;
  const head = state === 'fired' ? 'Alert fired' : 'Alert resolved';
  return `${head}${level === undefined ? '' : ` (${level})`}: ${rule}${where}${measured === undefined ? '' : `, ${measured}`}.`;
}

const number = (value: string | number, unit: string | undefined): string => {
  const text = typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : value;
  return !unit ? text : `${text}\u00a0${unit}`;
};

const SEVERITY = { info: 'notice', warning: 'warning', error: 'error', critical: 'critical' } as const;

export const en: Messages = {
  locale: 'en',
  sentence: {
    scale,
    deployment,
    artifact: ({ action, name, version }) => `${ARTIFACT[action]}: ${name}${!version ? '' : ` ${version}`}.`,
    alert,
    custom: ({ severity, title }) => `${en.state[SEVERITY[severity]]}: ${title.replace(/[.!?…]$/, '')}.`,
  },
  state: {
    scaledOut: 'Scaled out',
    scaledIn: 'Scaled in',
    scalingFailed: 'Scaling failed',
    scalingHeld: 'Scaling held back',
    deploymentRequested: DEPLOYMENT.requested,
    approvalNeeded: DEPLOYMENT.waiting,
    deploymentStarted: DEPLOYMENT.started,
    deploymentSucceeded: DEPLOYMENT.succeeded,
    deploymentFailed: DEPLOYMENT.failed,
    deploymentCancelled: DEPLOYMENT.cancelled,
    approved: DEPLOYMENT.approved,
    rejected: DEPLOYMENT.rejected,
    artifactPushed: ARTIFACT.pushed,
    artifactDeleted: ARTIFACT.deleted,
    artifactCompleted: ARTIFACT.completed,
    artifactRevoked: ARTIFACT.revoked,
    alertFired: 'Alert fired',
    alertResolved: 'Alert resolved',
    notice: 'Notice',
    warning: 'Warning',
    error: 'Error',
    critical: 'Critical',
  },
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
    step: 'Step',
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
  source: {
    acr: 'Azure Container Registry',
    alertmanager: 'Alertmanager',
    'app-service': 'App Service',
    'azure-autoscale': 'Azure autoscale',
    'azure-devops': 'Azure DevOps',
    'azure-monitor': 'Azure Monitor',
    custom: 'Custom event',
    'event-grid': 'Azure Event Grid',
    github: 'GitHub',
    gitlab: 'GitLab',
    grafana: 'Grafana',
    'hcp-packer': 'HCP Packer',
    'hcp-terraform': 'HCP Terraform',
    jenkins: 'Jenkins',
    octopus: 'Octopus Deploy',
    spinnaker: 'Spinnaker',
  },
  instances,
  duration: durationIn('en'),
  measured({ value, threshold, unit, operator }) {
    const bound = threshold === undefined ? undefined : [operator, number(threshold, unit)].filter(Boolean).join(' ');
    if (value === undefined) return bound === undefined ? undefined : `threshold ${bound}`;
    return bound === undefined ? number(value, unit) : `${number(value, unit)} (threshold ${bound})`;
  },
  level: {
    Sev0: 'Sev0 · Critical',
    Sev1: 'Sev1 · Error',
    Sev2: 'Sev2 · Warning',
    Sev3: 'Sev3 · Informational',
    Sev4: 'Sev4 · Verbose',
  },
  more: (count) => `… and ${count} more`,
};
