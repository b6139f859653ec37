import * as z from 'zod';
import { portalPage } from '../event/cloud.ts';
import { event as eventSchema, type RelayEvent } from '../event/event.ts';
import { isObject } from '../event/json.ts';
import { carriesSecret } from '../event/secrets/secrets.ts';
import { PayloadError, type Problem } from '../problems/errors.ts';
import { heeded, prepared } from './drafts.ts';
import { problemsOf } from './problems.ts';
import type { Signature } from './signature.ts';

/** What a source is given beside the body. */
export interface SourceContext {
  readonly headers: { get(name: string): string | null };
  /** When the body came: ISO, UTC, milliseconds. */
  readonly receivedAt: string;
  /** Whether the configuration asks for one of the source's `extras`. */
  includes(extra: string): boolean;
  /** Where the sender's own pages are, for senders that do not say it; from the configuration. */
  readonly baseUrl?: string | undefined;
}

/** What a protocol wants to hear instead of "accepted": a validation, the answer to a ping. Answered with 200. */
export interface Reply {
  readonly reply: Readonly<Record<string, unknown>>;
}

export type Read = readonly RelayEvent[] | Reply;

/** What a body holds and its event does not: the path of a key, and what was probably meant, or why it is left out. */
export interface Ignored {
  readonly key: string;
  readonly didYouMean?: string;
  readonly because?: string;
}

/** Reads one sender's dialect. */
export interface Source {
  readonly name: string;
  /** Whether a body bears a mark of this sender's: well enough to be held to its schema, and to be left out as noise. */
  detects(payload: unknown, headers: SourceContext['headers']): boolean;
  /** Whether a sender of one's own that is like the body may have it instead. */
  yields?(payload: unknown, headers: SourceContext['headers']): boolean;
  /** The events of a body: none where it is read and deliberately not reported. Throws a PayloadError. */
  read(payload: unknown, context: SourceContext): Read;
  /** What keeps a body from being read; none where it can be. */
  problems(payload: unknown): readonly Problem[];
  /** What of a body that was read is in no event, where its sender should know that. */
  ignored?(payload: unknown, context: SourceContext): readonly Ignored[];
  /** How many members of a body's list are not read, because it holds too many. */
  cut(payload: unknown): number;
  /** How many top-level keys a body shares with this sender's. */
  likeness(payload: unknown): number;
  /** How this sender signs, where it does. */
  readonly signature?: Signature;
  /** What is left out as noise unless the configuration includes it: name and description. */
  readonly extras: Readonly<Record<string, string>>;
}

/** An event as a source writes it; it is held to the schema, cleaned and cut before anyone else sees it. */
export type EventDraft = z.input<typeof eventSchema>;

interface Definition<Payload extends z.ZodType> {
  readonly name: string;
  /** Gets the body, or the first member where the body is a list. */
  readonly detects: (body: Readonly<Record<string, unknown>>, headers: SourceContext['headers']) => boolean;
  readonly yields?: Source['yields'];
  readonly payload: Payload;
  /** Top-level keys of the sender's bodies, where the schema is no plain object that tells them. */
  readonly keys?: readonly string[];
  readonly normalize: (payload: z.output<Payload>, context: SourceContext) => readonly EventDraft[] | Reply;
  readonly signature?: Signature;
  readonly ignored?: (payload: unknown, context: SourceContext) => readonly Ignored[];
  /** The list of which the first members are read; without it, the body where that is one. */
  readonly members?: (payload: unknown) => unknown;
  readonly extras?: Readonly<Record<string, string>>;
}

// The sender waits for ten seconds, and each event is one call to storage.
export const MOST_EVENTS = 1_000;
const TOO_MANY = `it holds more than ${MOST_EVENTS} events; send fewer at once`;

/** The one place where zod's verdict on a body becomes ours. */
export function defineSource<Payload extends z.ZodType>(definition: Definition<Payload>): Source {
  const { name, detects, yields, payload: schema, normalize, signature, ignored } = definition;
  const { members = itself, extras = {} } = definition;
  const keys = new Set(definition.keys ?? (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
  const held = <T extends z.ZodType>(to: T, value: unknown): z.output<T> => {
    const result = to.safeParse(value);
    if (result.success) return result.data;
    throw new PayloadError(name, problemsOf(result.error, value));
  };
  return {
    name,
    extras,
    ...(signature && { signature }),
    ...(yields && { yields }),
    ...(ignored && { ignored }),
    detects(payload, headers) {
      const body = Array.isArray(payload) ? payload[0] : payload;
      return isObject(body) && detects(body, headers);
    },
    problems(payload) {
      const { error } = schema.safeParse(payload);
      return error === undefined ? [] : problemsOf(error, payload);
    },
    cut(payload) {
      const all = members(payload);
      return Array.isArray(all) ? Math.max(0, all.length - MOST_EVENTS) : 0;
    },
    likeness(payload) {
      const body = Array.isArray(payload) ? payload[0] : payload;
      return isObject(body) ? Object.keys(body).filter((key) => keys.has(key)).length : 0;
    },
    read(payload, context) {
      const drafts = normalize(held(schema, payload), context);
      if ('reply' in drafts) return drafts;
      if (drafts.length > MOST_EVENTS) throw new PayloadError(name, [{ path: '', message: TOO_MANY }]);
      return drafts.map((draft) => heeded(held(eventSchema, prepared(draft, context.receivedAt))));
    },
  };
}

const itself = (payload: unknown): unknown => payload;

/** A word that a body may hold anywhere: no object has one, and some cannot even be made into text. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A link for an event, or none where the sender's URL is missing, is not plain https, or carries a secret. */
export function linkTo(rel: string, url: string | undefined): { rel: string; url: string }[] {
  const parsed = URL.parse(url ?? '');
  const href = parsed?.href.replaceAll('\\', '%5C') ?? '';
  // Whoever reads a message would hold what such a URL opens.
  const open = parsed?.protocol === 'https:' && !carriesSecret(href);
  return open && href.length <= 2_000 ? [{ rel, url: href }] : [];
}

/** The Azure portal's page of a resource; the form is the one that autoscale itself sends as `portalLink`. */
export const portalUrl = (resourceId: string): string | undefined =>
  /^\/subscriptions\/[^\s"<>\\^`{|}]+$/i.test(resourceId) ? portalPage(resourceId) : undefined;
