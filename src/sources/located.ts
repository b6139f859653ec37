import type { RelayEvent } from '../event/event.ts';
import { armResource } from './arm.ts';

/** An event whose resource has the group and the subscription that its ARM id names, where its sender gives the id alone. */
export function located<E extends RelayEvent>(event: E): E {
  const { resource } = event;
  if (resource.group && resource.subscriptionId) return event;
  const { group, subscriptionId } = armResource(resource.id) ?? {};
  return {
    ...event,
    resource: {
      ...resource,
      ...(!resource.group && group && { group }),
      ...(!resource.subscriptionId && subscriptionId && { subscriptionId }),
    },
  };
}
