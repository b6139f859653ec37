import { secondsBetween } from '../phase.ts';
import { defineSource, type EventDraft, type SourceContext } from '../source.ts';
import { draft, idOf, operation, person } from './draft.ts';
import { EXECUTION, endOf, failureOf, hasIgnored } from './outcome.ts';
import { type Event, isOurs, payload } from './payload.ts';
import { readStage } from './stage.ts';

/** echo sends every event of every pipeline, down to single tasks. Here is decided what of them is news. */
function read(event: Event, context: SourceContext): EventDraft[] {
  const [source, what, word = ''] = event.details.type.toLowerCase().split(':');
  if (source === 'docker') return context.includes('images') ? readImage(event, context) : [];
  if (source !== 'orca') return [];
  if (what === 'stage') return readStage(event, word, context);
  if (what !== 'pipeline' && what !== 'orchestration') return [];
  const wanted =
    (word !== 'starting' || context.includes('started')) && (!operation(event) || context.includes('operations'));
  return wanted ? readExecution(event, word, context) : [];
}

function readExecution(event: Event, word: string, context: SourceContext): EventDraft[] {
  const execution = event.content?.execution;
  const starting = word === 'starting';
  const standing = starting ? { phase: 'started' as const } : endOf(EXECUTION, execution?.status, word);
  if (standing === undefined) return [];
  const { phase } = standing;
  const failure = phase === 'failed' ? failureOf(execution) : {};
  return [
    draft(event, context, {
      ...standing,
      outcome: phase === 'succeeded' && hasIgnored(execution) ? 'warnings' : undefined,
      at: starting ? execution?.startTime : execution?.endTime,
      actor:
        person((phase === 'cancelled' ? execution?.canceledBy : undefined) ?? execution?.trigger?.user) ??
        person(execution?.authentication?.user),
      duration: starting ? undefined : secondsBetween(execution?.startTime, execution?.endTime),
      ...failure,
      ...(phase === 'cancelled' && { output: execution?.cancellationReason }),
    }),
  ];
}

export const spinnaker = defineSource({
  name: 'spinnaker',
  detects: isOurs,
  payload,
  keys: ['details', 'content', 'eventId', 'eventName', 'payload'],
  normalize: read,
  extras: {
    started: 'pipelines that start (with stages or operations: those, too)',
    stages: 'stages that end',
    operations: 'operations outside of pipelines',
    images: 'Docker images that igor finds',
  },
});

/** A Docker image that igor has found in a registry (DockerEvent of echo). */
function readImage(event: Event, { receivedAt }: SourceContext): EventDraft[] {
  const { registry, account, repository, tag, digest } = event.content ?? {};
  if (repository === undefined) return [];
  return [
    {
      kind: 'artifact',
      id: idOf(event, registry ?? account, repository, tag, digest),
      story: ['spinnaker', registry ?? account ?? '', repository].join('/').toLowerCase(),
      source: 'spinnaker',
      severity: 'info',
      occurredAt: event.details.created ?? receivedAt,
      resource: { name: registry ?? account ?? repository },
      links: [],
      action: 'pushed',
      name: repository,
      version: tag,
      digest,
    },
  ];
}
