import { createHash } from 'node:crypto';
import { carriesSecret, withoutSecrets } from '../event/secrets/secrets.ts';
import type { EventDraft } from './source.ts';

/**
 * A draft whose names open nothing. Texts and pairs lose their secrets in the event's schema, which also reads what an older
 * release has queued: an id must stay there what it was. Links of senders have lost theirs where they were made (linkTo).
 */
export function guarded(draft: EventDraft): EventDraft {
  const { id, story, operation, resource } = draft as Readonly<Record<string, unknown>>;
  const place = (resource as { readonly id?: unknown } | null | undefined)?.id;
  return {
    ...draft,
    id: guardedName(id),
    ...(typeof place === 'string' && { resource: { ...(resource as object), id: guardedName(place) } }),
    ...(story !== undefined && { story: guardedName(story) }),
    ...(operation !== undefined && { operation: guardedName(operation) }),
    // What a person posted is no draft yet: the schema says what is wrong with it.
  } as EventDraft;
}

/** Two that differ in their secrets alone stay two. */
function guardedName(name: unknown): unknown {
  if (typeof name !== 'string') return name;
  const left = withoutSecrets(name);
  return left === name ? name : `${left}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** Whether a link carries a secret, as far as it is one. */
export const isSecret = (link: unknown): boolean =>
  typeof link === 'object' && link !== null && 'url' in link && typeof link.url === 'string' && carriesSecret(link.url);
