import type { EventDraft, SourceContext } from '../source.ts';
import { idOf } from './draft.ts';
import type { Event } from './payload.ts';

/** A Docker image that igor has found in a registry (DockerEvent of echo). */
export function readImage(event: Event, { receivedAt }: SourceContext): EventDraft[] {
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
