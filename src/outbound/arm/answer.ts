import * as z from 'zod';
import type { Call, Failure, ReadResult } from '../../drift/scale-sets.ts';
import { jsonIn } from '../../event/json.ts';
import { retryAfterMilliseconds } from '../../event/time/retry-after.ts';
import { HOUR_MILLISECONDS, iso } from '../../event/time/units.ts';
import type { ReadHeader, Weight } from './budget.ts';
import type { Incoming } from './exchange.ts';

/** A question to Resource Manager, and what it weighs. With a body it is posted. */
export interface Ask extends Weight {
  readonly call: Call;
  readonly name: string;
  readonly url: string;
  readonly body?: unknown;
}

/** The JSON of an answer in the 200s, and its headers. */
export interface Answered {
  readonly json: unknown;
  readonly header: ReadHeader;
}

/** What has gone wrong with one question so far. */
export interface Trouble {
  readonly failures: number;
  readonly waits: number;
  readonly renewals: number;
}

/** What to do after an answer: an end, or what to wait for before the same question is asked again. */
export type Step =
  | { readonly kind: 'end'; readonly reading: ReadResult<Answered> }
  | { readonly kind: 'renew' }
  /** Nobody goes there for so long. */
  | { readonly kind: 'hold'; readonly milliseconds: number }
  /** `otherwise`: where that is too late. */
  | { readonly kind: 'sleep'; readonly milliseconds: number; readonly otherwise: Failure };

const TRIES = 3;
const MOST_WAITS = 5;
const LONGEST_WAIT = 6 * HOUR_MILLISECONDS;

export function judge(ask: Ask, incoming: Incoming, trouble: Trouble, now: number, random: () => number): Step {
  if (incoming.kind === 'answered' && incoming.status >= 200 && incoming.status < 300) {
    return { kind: 'end', reading: parsed(ask, incoming) };
  }
  const failure = failureOf(ask, incoming);
  const asked = waitAsked(incoming, now);
  if (failure.status === 401 && trouble.renewals === 0) return { kind: 'renew' };
  if (failure.status === 429) {
    const milliseconds = asked ?? jittered(5_000 * 2 ** trouble.waits, random);
    if (trouble.waits < MOST_WAITS) return { kind: 'hold', milliseconds };
    return { kind: 'end', reading: held(ask, failure, now + milliseconds) };
  }
  if (isPassing(incoming) && trouble.failures < TRIES - 1) {
    const milliseconds = Math.max(jittered(1_000 * 2 ** trouble.failures, random), asked ?? 0);
    return { kind: 'sleep', milliseconds, otherwise: failure };
  }
  return { kind: 'end', reading: failure };
}

export const failed = (
  { call, name }: Pick<Ask, 'call' | 'name'>,
  more: { readonly status?: number; readonly code?: string },
): Failure => ({ kind: 'failed', call, name, ...more });

const held = ({ subscriptionId, location }: Ask, failure: Failure, until: number): Failure => ({
  ...failure,
  kind: 'held',
  subscriptionId,
  location,
  until: iso(until),
});

function parsed(ask: Ask, { text, header, status }: Extract<Incoming, { kind: 'answered' }>): ReadResult<Answered> {
  const json = jsonIn(text);
  return json === undefined ? failed(ask, { status, code: 'NotJson' }) : { kind: 'read', value: { json, header } };
}

const KIND: Readonly<Record<number, 'forbidden' | 'gone'>> = { 401: 'forbidden', 403: 'forbidden', 404: 'gone' };

const NO_ANSWER = { timeout: 'TimedOut', connection: 'NoAnswer', 'too-large': 'TooLarge' } as const;

function failureOf(ask: Ask, incoming: Incoming): Failure {
  if (incoming.kind === 'unanswered') return failed(ask, { code: NO_ANSWER[incoming.reason] });
  const { status, text } = incoming;
  const code = codeIn(text);
  const { call, name } = ask;
  const about = { call, name, status, ...(code !== undefined && { code }) };
  return isOfVersion(ask, code) ? { kind: 'failed', ...about } : { kind: KIND[status] ?? 'failed', ...about };
}

// A version that is not known says nothing of the set; events of hooks there are in new ones alone.
const isOfVersion = ({ call }: Ask, code: string | undefined): boolean =>
  code === 'InvalidResourceType' && call !== 'approval';

const errorBody = z.object({
  code: z.string().optional(),
  error: z.object({ code: z.string().optional() }).optional(),
});

function codeIn(text: string): string | undefined {
  const { data } = errorBody.safeParse(jsonIn(text));
  return lettersOnly(data?.error?.code ?? data?.code);
}

/** Azure's word for an error. Letters only: anything else could be anybody's text. */
export const lettersOnly = (code: string | undefined): string | undefined =>
  code !== undefined && /^[A-Za-z]{1,80}$/.test(code) ? code : undefined;

/** Whether the same question may well be answered in a moment. */
const isPassing = (incoming: Incoming): boolean =>
  incoming.kind === 'unanswered' ? incoming.reason !== 'too-large' : incoming.status >= 500 || incoming.status === 408;

/** Milliseconds that a Retry-After asks for, at least a second; undefined where it says nothing usable. */
function waitAsked(incoming: Incoming, now: number): number | undefined {
  const asked = incoming.kind === 'answered' ? retryAfterMilliseconds(incoming.header('retry-after'), now) : undefined;
  return asked === undefined ? undefined : Math.min(Math.max(asked, 1000), LONGEST_WAIT);
}

const jittered = (milliseconds: number, random: () => number): number => Math.round(milliseconds * (0.5 + random()));
