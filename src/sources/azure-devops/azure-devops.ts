import { defineSource } from '../source.ts';
import { build } from './build.ts';
import type { Read } from './draft.ts';
import { payload } from './payload.ts';
import { stageApproval, stateChanged } from './pipelines.ts';
import { poolResized } from './pool.ts';
import {
  deploymentCompleted,
  deploymentStarted,
  interventionPending,
  releaseAbandoned,
  releaseApproval,
  releaseCreated,
} from './release.ts';

// Every type that is an event, and the extra that it needs. All others are read and not reported.
const EVENTS: ReadonlyMap<string, { readonly read: Read; readonly extra?: string }> = new Map([
  ['build.complete', { read: build }],
  ['release-created', { read: releaseCreated, extra: 'releases' }],
  ['release-abandoned', { read: releaseAbandoned }],
  ['deployment-started', { read: deploymentStarted }],
  ['deployment-completed', { read: deploymentCompleted }],
  ['deployment-approval-pending', { read: releaseApproval }],
  ['deployment-approval-completed', { read: releaseApproval }],
  ['deployment-mi-pending', { read: interventionPending }],
  ['manualintervention.pending', { read: interventionPending }],
  ['run-state-changed', { read: stateChanged }],
  ['stage-state-changed', { read: stateChanged }],
  ['job-state-changed', { read: stateChanged }],
  ['approval-pending', { read: stageApproval }],
  ['approval-completed', { read: stageApproval }],
  ['elasticagentpool.resized', { read: poolResized }],
]);

/** "ms.vss-release.deployment-started-event" and "ms.azure-devops-release.…": the prefix is not the same everywhere. */
const shortened = (type: string): string => {
  const lower = type.toLowerCase();
  return lower.startsWith('ms.') ? (lower.split('.').at(-1) ?? lower).replace(/-event$/, '') : lower;
};

const TYPE =
  /^(build\.complete|elasticagentpool\.|manualintervention\.|ms\.(vss|azure-devops)-|git\.|tfvc\.|workitem\.)/i;

export const azureDevops = defineSource({
  name: 'azure-devops',
  detects: ({ publisherId, eventType, eventId, resource }) =>
    (typeof publisherId === 'string' && (eventType !== undefined || eventId !== undefined || resource !== undefined)) ||
    (typeof eventType === 'string' && TYPE.test(eventType)),
  payload,
  normalize: (body, context) => {
    const type = shortened(body.eventType ?? body.eventId ?? '');
    const event = EVENTS.get(type);
    if (event === undefined || (event.extra !== undefined && !context.includes(event.extra))) return [];
    return event.read(body, type, context);
  },
  extras: {
    started: 'runs that start (with stages or jobs: those, too)',
    stages: 'stages that end or wait',
    jobs: 'jobs that end',
    releases: 'releases that are created',
  },
});
