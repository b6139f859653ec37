import { armResource } from './arm.ts';
import type { EventDraft } from './source.ts';

/** A draft whose resource has the group and the subscription that its ARM id names, where its sender gives the id alone. */
export function located(draft: EventDraft): EventDraft {
  const resource: unknown = draft.resource;
  // What a person posted is no draft yet: the schema says what is wrong with it.
  if (!isResource(resource)) return draft;
  if (resource.group && resource.subscriptionId) return draft;
  const { group, subscriptionId } = (typeof resource.id === 'string' ? armResource(resource.id) : undefined) ?? {};
  return {
    ...draft,
    resource: {
      ...resource,
      ...(!resource.group && group && { group }),
      ...(!resource.subscriptionId && subscriptionId && { subscriptionId }),
    },
  };
}

const isResource = (given: unknown): given is EventDraft['resource'] =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
