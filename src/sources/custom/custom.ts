import * as z from 'zod';
import { eventKinds } from '../../event/event.ts';
import { PROPERTIES, severities } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { clean, isUnseen } from '../../event/text.ts';
import { instant, whyNoInstant } from '../../event/time/instant.ts';
import { didYouMean, inOtherWords, nearest } from '../../problems/spelling.ts';
import { isSecret } from '../drafts.ts';
import { ignoredIn } from '../ignored.ts';
import { holdsOwn, isEmptyBatch, ownIn } from '../own-cloud-event.ts';
import { standardWebhooks } from '../signature.ts';
import { defineSource, type EventDraft, MOST_EVENTS, type Source } from '../source.ts';
import { phaseOf } from './phase.ts';

// Every other sender's ids have this form: who may post by hand must not take the place of what only another sender can
// sign, for an id is told once.
const OTHERS = /^[0-9a-f]{32}$/;

const ownId = (id: string): string => (id.length > 200 || OTHERS.test(clean(id).trim()) ? identity('custom', id) : id);

// What people may tell; a notice, a digest and the drift report are the relay's own voice, which nobody else speaks in.
const OWN_KINDS = ['custom', 'scale', 'deployment', 'artifact', 'alert'] as const;

// Our own event (docs/event.schema.json) for people who post by hand: all that can be filled in for them is optional.
const body = z.looseObject({
  kind: z.literal(OWN_KINDS, { error: ({ input }) => knownKinds(input) }).default('custom'),
  id: z
    .union([z.string().trim().min(1).transform(ownId), z.number().transform(String)], {
      error: ({ input }) =>
        typeof input === 'string' ? 'expected text that is not empty' : 'expected text or a number',
    })
    .optional(),
  severity: z.enum(severities).optional(),
  occurredAt: z
    .string()
    .refine((text) => instant(text) !== undefined, { error: ({ input }) => whyNoInstant(String(input)) })
    .optional(),
  links: z.array(z.unknown()).default([]),
});

function knownKinds(given: unknown): string {
  const own = `expected one of ${OWN_KINDS.join(', ')}`;
  if (eventKinds.some((kind) => kind === given)) return `only the relay itself tells a ${given}; ${own}`;
  return own + (typeof given === 'string' ? didYouMean(given.slice(0, 80), OWN_KINDS) : '');
}

/** What a scaling calls its `reason` is the `output` of a deployment. */
function withOutput(given: unknown): unknown {
  if (!isObject(given) || given['kind'] !== 'deployment' || given['output'] !== undefined) return given;
  const { reason, ...rest } = given;
  return reason === undefined ? given : { ...rest, output: reason };
}

/** Why a scaling's direction is not what its counts say; undefined where nothing contradicts it. */
function contradiction({ kind, direction, from, to }: Readonly<Record<string, unknown>>): string | undefined {
  if (kind !== 'scale' || typeof from !== 'number' || typeof to !== 'number' || from === to) return undefined;
  const said = to > from ? 'out' : 'in';
  const isOther = direction === (said === 'out' ? 'in' : 'out');
  return isOther ? `expected ${said}: that is what from ${from} to ${to} says` : undefined;
}

const payload = body
  .check(({ value, issues }) => {
    const message = contradiction(value);
    if (message !== undefined) issues.push({ code: 'custom', path: ['direction'], message, input: value['direction'] });
  })
  .check(({ value, issues }) => {
    const { kind, title } = value;
    if (kind !== 'custom' || (typeof title === 'string' && !isUnseen(title))) return;
    // Not among any number of keys: to look for what was meant takes its time.
    const given = Object.keys(value).slice(0, 50);
    const meant = nearest('title', given) ?? given.find((key) => inOtherWords(key.toLowerCase(), ['title', 'text']));
    const missing = `this is missing${meant === undefined ? '' : `; did you mean it by \`${meant}\`?`}`;
    issues.push({
      code: 'custom',
      path: ['title'],
      message: title === undefined ? missing : 'expected text',
      input: title,
    });
  });

// What the body of a person looks like; other fields of events are also those of other senders.
const keys = [...Object.keys(body.shape), 'title', 'text', 'environment', 'resource', 'properties'];

const kindOf = (given: unknown): string =>
  isObject(given) && typeof given['kind'] === 'string' ? given['kind'] : 'custom';

const SEVERITIES: Readonly<Record<string, string>> = { failed: 'error', unknown: 'warning' };

/** As many as an event holds: what more there is, the answer names. */
const firstOf = (given: unknown): unknown =>
  isObject(given) ? Object.fromEntries(Object.entries(given).slice(0, PROPERTIES.most)) : given;

const base = defineSource({
  name: 'custom',
  detects: ({ kind }) => eventKinds.some((known) => known === kind),
  payload,
  keys,
  signature: standardWebhooks,
  ignored: (given) => ignoredIn(withOutput(given), kindOf(given)),
  normalize: (sent, { receivedAt, headers }) => {
    const given = withOutput(sent) as typeof sent;
    const occurredAt = instant(given.occurredAt ?? receivedAt);
    const phase = phaseOf(given);
    const draft = {
      severity: SEVERITIES[String(given['phase'] ?? phase.phase)] ?? 'info',
      ...phase,
      resource: { name: given['title'] ?? given['subject'] ?? given['rule'] ?? given['name'] },
      ...given,
      links: given.links.filter((link) => !isSecret(link)),
      ...('properties' in given && { properties: firstOf(given['properties']) }),
      // Standard Webhooks sends a post again under the same id. Without that, an id or a time of its own, each post is an occurrence of its own.
      id:
        given.id ??
        identity('custom', JSON.stringify(sent), headers.get('webhook-id') ?? given.occurredAt ?? receivedAt),
      source: 'custom',
      occurredAt,
    };
    // What a person left out or mistyped is for the event's schema to say; the compiler cannot know it.
    return [draft as EventDraft];
  },
});

export const custom: Source = {
  ...base,
  detects: (payload, headers) =>
    base.detects(payload, headers) ||
    isEmptyBatch(payload, headers) ||
    holdsOwn(Array.isArray(payload) ? payload[0] : payload),
  problems: (payload) => ownIn(payload).flatMap((each) => base.problems(each)),
  ignored: (payload, context) => ownIn(payload).flatMap((each) => base.ignored?.(each, context) ?? []),
  read(payload, context) {
    if (isEmptyBatch(payload, context.headers)) return [];
    const read = ownIn(payload)
      .slice(0, MOST_EVENTS)
      .map((each) => base.read(each, context));
    return read.flatMap((each) => ('reply' in each ? [] : each));
  },
};
