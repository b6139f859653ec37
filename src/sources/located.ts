import { armKey, armResource } from './arm.ts';
import type { EventDraft } from './source.ts';

/** A draft without the facts that say again which resource it is about, by its id or by that of its subscription. */
export function unrepeated(draft: EventDraft): EventDraft {
  const { resource } = draft;
  if (!isResource(resource) || draft.source === OWN) return draft;
  const ids = [
    resource.id,
    resource.subscriptionId,
    resource.subscriptionId && `/subscriptions/${resource.subscriptionId}`,
  ];
  const known = new Set(ids.flatMap((id) => (typeof id === 'string' && id !== '' ? [armKey(id)] : [])));
  const without = (pairs: Record<string, string> | undefined) => {
    const kept = Object.entries(pairs ?? {}).filter(([, value]) => !known.has(armKey(value)));
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  return {
    ...draft,
    ...(draft.properties && { properties: without(draft.properties) }),
    ...(draft.kind === 'alert' && draft.dimensions && { dimensions: without(draft.dimensions) }),
  };
}

// What people post by hand stays as they wrote it.
const OWN = 'custom';

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
