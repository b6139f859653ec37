import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { event, RelayEvent } from '../event/event.ts';
import { PROPERTIES } from '../event/fields.ts';
import { carriesSecret, withoutSecrets } from '../event/secrets/secrets.ts';
import { DAY_MILLISECONDS } from '../event/time/units.ts';
import { armKey, armResource } from './arm.ts';

type Draft = z.input<typeof event>;

/** A draft as it is held to the schema: what all senders leave out, say twice or should not say is seen to here. */
export const prepared = (draft: Draft, receivedAt: string): Draft =>
  guarded(unrepeated(timely(located(draft), receivedAt)));

/** A draft without the facts that say again which resource it is about, by its id or by that of its subscription. */
function unrepeated(draft: Draft): Draft {
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
function located(draft: Draft): Draft {
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

const isResource = (given: unknown): given is Draft['resource'] =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

// By how much a sender's clock may be ahead of ours.
const MOST_AHEAD = DAY_MILLISECONDS;

/**
 * A draft that happened when it came, where its sender's clock is more than a day ahead: a time that is still to come would
 * never be late, and outlive every end. What the sender said is shown. People may well post what is to come.
 */
function timely(draft: Draft, receivedAt: string): Draft {
  const { source, occurredAt, properties = {} } = draft;
  if (source === 'custom') return draft;
  const isAhead = (at = '') => Date.parse(at) - Date.parse(receivedAt) > MOST_AHEAD;
  const began = 'firedAt' in draft && isAhead(draft.firedAt) ? { firedAt: undefined } : {};
  if (!isAhead(occurredAt)) return { ...draft, ...began };
  const shown = Object.entries({ occurredAt, ...properties }).slice(0, PROPERTIES.most);
  return { ...draft, ...began, occurredAt: receivedAt, properties: Object.fromEntries(shown) };
}

/**
 * A draft whose names open nothing. Texts and pairs lose their secrets in the event's schema, which also reads what an older
 * release has queued: an id must stay there what it was. Links of senders have lost theirs where they were made (linkTo).
 */
function guarded(draft: Draft): Draft {
  const { id, story, operation, resource } = draft as Readonly<Record<string, unknown>>;
  const place = (resource as { readonly id?: unknown } | null | undefined)?.id;
  return {
    ...draft,
    id: guardedName(id),
    ...(typeof place === 'string' && { resource: { ...(resource as object), id: guardedName(place) } }),
    ...(story !== undefined && { story: guardedName(story) }),
    ...(operation !== undefined && { operation: guardedName(operation) }),
    // What a person posted is no draft yet: the schema says what is wrong with it.
  } as Draft;
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

/** Somebody has to look at what stands as nobody here knows, however low its sender's level is. People say it themselves. */
export const heeded = (event: RelayEvent): RelayEvent =>
  'word' in event && event.word !== undefined && event.severity === 'info' && event.source !== 'custom'
    ? { ...event, severity: 'warning' }
    : event;
