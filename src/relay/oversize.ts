import { iso } from '../delivery/dispatch.ts';
import type { Ports } from '../delivery/ports.ts';
import { noticeOf } from '../delivery/rules/notice.ts';
import { HOUR_MILLISECONDS } from '../event/time/units.ts';
import type { HttpRequest } from './http.ts';
import { sourceNamed } from './receive.ts';

interface Oversize {
  readonly topic: 'cut' | 'tooLarge';
  /** The source. */
  readonly about: string;
  /** Events that were not read. */
  readonly count?: number;
}

/** Tells of a body that was too large: once an hour and source, since a notice is named by its hour. Rejects with a StorageError. */
export async function tellOversize(
  { topic, about, count }: Oversize,
  receivers: readonly string[],
  { deliveries, clock }: Ports,
): Promise<void> {
  if (receivers.length === 0) return;
  const now = clock.now();
  const began = iso(Math.floor(now / HOUR_MILLISECONDS) * HOUR_MILLISECONDS);
  const event = noticeOf(topic, about, iso(now), { began, ...(count !== undefined && { count }) });
  await deliveries.send({ version: 1, event, receivers: [...receivers], attempt: 0, acceptedAt: iso(now) });
}

/** The same of one that was refused unread: whoever may post can have it told, and nobody more often than that. Never rejects. */
export function tellerOfTooLarge(notices: readonly string[], ports: Ports) {
  const told = new Map<string, number>();
  return async ({ params }: HttpRequest): Promise<void> => {
    const about = sourceNamed(params['source']) ?? '/api/webhooks';
    const hour = Math.floor(ports.clock.now() / HOUR_MILLISECONDS);
    if (told.get(about) === hour) return;
    told.set(about, hour);
    try {
      await tellOversize({ topic: 'tooLarge', about }, notices, ports);
    } catch {
      // The next one tells it; the sender has its answer already.
      told.delete(about);
    }
  };
}
