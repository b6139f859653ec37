import type { z } from 'zod';
import { PayloadError, type Problem } from '../errors.ts';
import { event as eventSchema, type RelayEvent } from '../event/event.ts';
import { clean, cut } from '../event/text.ts';

/** What a source may look at: the parsed body, the headers, and when it came (ISO, UTC, milliseconds). */
export interface Received {
  readonly payload: unknown;
  readonly headers: { get(name: string): string | null };
  readonly receivedAt: string;
}

/** Reads one sender's dialect. */
export interface Source {
  readonly name: string;
  /** Whether a body looks like this sender's, well enough to be held to its schema. */
  detects(received: Received): boolean;
  /** The events of a body; throws a PayloadError that says what is wrong and where. */
  read(received: Received): readonly RelayEvent[];
}

/** An event as a source writes it; it is held to the schema, cleaned and cut before anyone else sees it. */
export type EventDraft = z.input<typeof eventSchema>;

interface Definition<Payload extends z.ZodType> {
  readonly name: string;
  readonly detects: (payload: Readonly<Record<string, unknown>>, headers: Received['headers']) => boolean;
  readonly payload: Payload;
  readonly normalize: (payload: z.output<Payload>, receivedAt: string) => readonly EventDraft[];
}

/** The one place where zod's verdict on a body becomes ours. */
export function defineSource<Payload extends z.ZodType>(definition: Definition<Payload>): Source {
  const { name, detects, payload, normalize } = definition;
  const held = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new PayloadError(name, problemsOf(result.error));
  };
  return {
    name,
    detects: (received) => isObject(received.payload) && detects(received.payload, received.headers),
    read: (received) =>
      normalize(held(payload, received.payload), received.receivedAt).map((fact) => held(eventSchema, fact)),
  };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A link for an event, or none where the sender's URL is missing or is not plain https. */
export function linkTo(rel: string, url: string | undefined): { rel: string; url: string }[] {
  const href = URL.parse(url ?? '')?.href.replaceAll('\\', '%5C');
  return href?.startsWith('https:') && href.length <= 2_000 ? [{ rel, url: href }] : [];
}

/** The Azure portal's page of a resource; the form is the one that autoscale itself sends as `portalLink`. */
export const portalUrl = (resourceId: string): string | undefined =>
  /^\/subscriptions\/[^\s"<>\\^`{|}]+$/i.test(resourceId)
    ? `https://portal.azure.com/#resource${resourceId}`
    : undefined;

const PROBLEMS = 20;

// Keys come from the body: they are cut, and so is the list.
const problemsOf = (error: z.ZodError): Problem[] => [
  ...error.issues.slice(0, PROBLEMS).map(({ path, message }) => ({
    path: path.map((key) => cut(clean(String(key)), 40)).join('.'),
    message: decapitalized(message),
  })),
  ...(error.issues.length > PROBLEMS ? [{ path: '', message: `${error.issues.length - PROBLEMS} more problems` }] : []),
];

const decapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
