import type { EventKind, EventOf } from '../../src/event/event.ts';
import { examples } from './examples.ts';

const { failedStep: _, output: __, waitingFor: ___, expiresAt: ____, ...deployment } = examples.deployment;

/** The examples, and events whose messages have another outline. The names are those of the golden files. */
export const variants = {
  'scale-out': examples.scale,
  'scale-in': { ...examples.scale, direction: 'in', from: 6, to: 3 },
  'scale-failed': { ...examples.scale, severity: 'error', phase: 'failed', reason: 'Quota exceeded for cores.' },
  'deployment-failed': examples.deployment,
  'deployment-succeeded': { ...deployment, severity: 'info', phase: 'succeeded' },
  'deployment-waiting': { ...deployment, severity: 'warning', phase: 'waiting', waitingFor: 'release-managers' },
  artifact: examples.artifact,
  'alert-fired': examples.alert,
  'alert-resolved': { ...examples.alert, state: 'resolved' },
  custom: examples.custom,
} as const satisfies Record<string, EventOf<EventKind>>;

export type VariantName = keyof typeof variants;
export const variantNames = Object.keys(variants) as VariantName[];
