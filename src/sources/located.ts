import { armResource } from './arm.ts';
import type { EventDraft } from './source.ts';

/** A draft whose resource has the group and the subscription that its ARM id names, where its sender gives the id alone. */
export function located(draft: EventDraft): EventDraft {
  const { resource } = draft;
  if (resource.group && resource.subscriptionId) return draft;
  const { group, subscriptionId } = armResource(resource.id) ?? {};
  return {
    ...draft,
    resource: {
      ...resource,
      ...(!resource.group && group && { group }),
      ...(!resource.subscriptionId && subscriptionId && { subscriptionId }),
    },
  };
}
