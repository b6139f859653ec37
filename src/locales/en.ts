import type { Messages } from './messages.ts';
import { counted } from './plural.ts';

const instances = counted('en', { one: 'instance', other: 'instances' });

export const en: Messages = {
  locale: 'en',
  sentence: {
    scale(event) {
      const { direction, from, to, phase } = event;
      const name = [event.resource.name, ...placed(event.environment, event.resource.region)].join(' ');
      const start = from === undefined ? '' : `from ${from} `;
      switch (phase) {
        case 'started':
        case 'succeeded':
          return `Scaled ${direction}: ${name} ${start}to ${instances(to)}.`;
        case 'failed':
          return from === undefined
            ? `Scaling ${direction} failed: ${name}; ${instances(to)} wanted.`
            : `Scaling ${direction} failed: ${name} stays at ${instances(from)}; ${to} wanted.`;
        case 'held':
          return from === undefined
            ? `Scaling ${direction} held back: ${name}; ${instances(to)} considered.`
            : `Scaling ${direction} held back: ${name} stays at ${instances(from)}; ${to} considered.`;
      }
    },
    custom: (event) => `${en.state[SEVERITY[event.severity]]}: ${event.title.replace(/[.!?…]$/, '')}.`,
  },
  state: {
    scaledOut: 'Scaled out',
    scaledIn: 'Scaled in',
    scalingFailed: 'Scaling failed',
    scalingHeld: 'Scaling held back',
    notice: 'Notice',
    warning: 'Warning',
    error: 'Error',
    critical: 'Critical',
  },
  label: {
    environment: 'Environment',
    group: 'Resource group',
    instances: 'Instances',
    message: 'Message',
    reason: 'Autoscale says',
    region: 'Region',
    resource: 'Resource',
    setting: 'Setting',
    stillRunning: 'Still running',
    wanted: 'Wanted',
  },
  action: {
    details: 'View details',
    dashboard: 'Open dashboard',
    logs: 'View logs',
    resource: 'Open resource',
    runbook: 'Runbook',
    run: 'View run',
    scaleHistory: 'Scale history',
  },
  actionHint: (title, subject) => `${title}: ${subject}`,
  source: {
    'azure-autoscale': 'Azure autoscale',
    custom: 'Custom event',
  },
  instances,
  more: (count) => `… and ${count} more`,
};

const SEVERITY = { info: 'notice', warning: 'warning', error: 'error', critical: 'critical' } as const;

const placed = (...places: readonly (string | undefined)[]): string[] => {
  const known = places.filter(Boolean);
  return known.length > 0 ? [`(${known.join(', ')})`] : [];
};
