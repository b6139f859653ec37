import * as z from 'zod';
import { receiverName } from '../delivery/rules/delivery.ts';
import { deliveryStates } from '../delivery/rules/ledger.ts';
import { eventKinds } from '../event/event.ts';
import { severities } from '../event/fields.ts';
import { inFewWords } from '../problems/complaint.ts';
import { PayloadError, type Problem, RelayError } from '../problems/errors.ts';
import { worded } from '../problems/issues.ts';
import { type HttpRequest, readJson } from './http.ts';

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** "90s", "30m", "1h", "7d" before now, or an ISO date with its zone; in milliseconds since 1970. */
export const moment = (now: number) =>
  z.string().transform((text, context) => {
    const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    // Nothing is older than 1970, and storage knows no year before 1601.
    if (number !== undefined) return Math.max(0, now - Number(number) * UNITS[unit as keyof typeof UNITS] * 1000);
    const at = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(at)) return Math.max(0, at);
    context.addIssue('expected a time such as 90s, 30m, 1h or 7d, or an ISO date with its zone');
    return z.NEVER;
  });

const MOST = 1_000;

/** Any receiver that could be: what one got that is no longer configured is kept as well. */
const receiver = receiverName.optional();

const queryOf = (now: number) =>
  z.object({
    since: moment(now).optional(),
    until: moment(now).optional(),
    receiver,
    id: z.string().trim().max(1_000).optional(),
    state: z.enum(deliveryStates).optional(),
    kind: z.enum(eventKinds).optional(),
    severity: z.enum(severities).optional(),
    source: z.string().max(200).optional(),
    environment: z.string().max(200).optional(),
    resource: z.string().max(1_000).optional(),
    text: z.string().max(200).optional(),
    order: z.enum(['time', 'storage']).default('time'),
    after: z
      .string()
      .regex(/^[\w~-]{1,64}\/event:[0-9a-f]{32}$/, 'expected what the answer before this one has as "after"')
      .optional(),
    events: z.enum(['brief', 'whole']).default('brief'),
    most: z.coerce.number().int().min(1).max(MOST).default(100),
  });

const replayOf = (now: number) =>
  z.strictObject({
    id: z.string().trim().min(1).max(1_000).optional(),
    since: moment(now).optional(),
    receiver,
    force: z.boolean().default(false),
  });

/** What a query says, by a schema of its names; others are let be. Throws a QueryError. */
export function queried<T extends z.ZodObject>(schema: T, query: HttpRequest['query']): z.output<T> {
  const given = Object.keys(schema.shape).flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []));
  const { data, error } = schema.safeParse(Object.fromEntries(given), { error: worded });
  if (error === undefined) return data;
  throw new QueryError(inFewWords(error.issues));
}

/** Which deliveries a request asks for. Throws a QueryError. */
export const readQuery = ({ query }: Pick<HttpRequest, 'query'>, now: number) => queried(queryOf(now), query);

const showOf = z.object({ id: z.string().trim().min(1).max(1_000), receiver });

/** Which event a request asks for. Throws a QueryError. */
export function readShow({ query }: Pick<HttpRequest, 'query'>): z.infer<typeof showOf> {
  const { data, error } = showOf.safeParse(
    { id: query.get('id') ?? '', receiver: query.get('receiver') ?? undefined },
    { error: worded },
  );
  if (error === undefined) return data;
  throw new QueryError(inFewWords(error.issues));
}

/** What a request wants sent again. Throws a RelayError. */
export async function readReplay(request: HttpRequest, now: number): Promise<z.infer<ReturnType<typeof replayOf>>> {
  const { payload } = await readJson(request);
  const { data, error } = replayOf(now).safeParse(payload, { error: worded });
  if (error === undefined) return data;
  throw new PayloadError('replay', inFewWords(error.issues));
}

/** A query asks for what cannot be. */
class QueryError extends RelayError {
  readonly code = 'payload';
  override readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`the query cannot be used: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
    this.name = 'QueryError';
    this.problems = problems;
  }
}
