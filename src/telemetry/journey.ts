import * as z from 'zod';
import { pointIn, type TracePoint } from './trace.ts';

/** A message of the queue, as far as a trace is interested in it. */
export interface Journey {
  readonly work: 'deliver' | 'flush' | 'look' | 'release';
  readonly receivers: readonly string[];
  /** Where it was queued. */
  readonly from?: TracePoint | undefined;
  /** Milliseconds since 1970. */
  readonly acceptedAt?: number;
  /** The id of the message, as the queue names it. */
  readonly message?: string | undefined;
  readonly event?: { readonly id: string; readonly kind: string; readonly source: string };
}

const point = z.string().optional().catch(undefined).transform(pointIn);
const receivers = z.array(z.string());

// The dispatch reads a message whole; this takes what it needs and is content with less.
const message = z.union([
  z
    .object({
      event: z.object({ id: z.string(), kind: z.string(), source: z.string() }),
      receivers,
      acceptedAt: z.string().transform(Date.parse),
      trace: point,
    })
    .transform(({ trace, ...rest }): Journey => ({ work: 'deliver', from: trace, ...rest })),
  z
    .object({ flush: z.string(), trace: point })
    .transform(({ flush, trace }): Journey => ({ work: 'flush', receivers: [flush], from: trace })),
  z
    .object({ look: z.object({ event: z.string() }), trace: point })
    .transform(({ trace }): Journey => ({ work: 'look', receivers: [], from: trace })),
  z
    .object({ release: z.string(), receivers, trace: point })
    .transform(({ receivers, trace }): Journey => ({ work: 'release', receivers, from: trace })),
]);

export const journeyOf = (value: unknown, id?: string): Journey => ({
  ...(message.safeParse(value).data ?? { work: 'deliver', receivers: [] }),
  message: id,
});
