import { iso } from '../delivery/dispatch.ts';
import type { Ports } from '../delivery/ports.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { actorOf, noteChange } from './ui/changes.ts';

// Nothing is held back under it.
const NOBODY = '0'.repeat(32);

/**
 * Has the queue's function check for drift. A timer that is run by hand is ended by the platform, which does not know that its
 * instance is busy; one that deals with a message of the queue it lets work: https://github.com/Azure/azure-functions-host/issues/11890
 * Rejects with a StorageError.
 */
export async function driftQueued(
  on: boolean,
  receivers: readonly string[],
  ports: Ports,
  request: HttpRequest,
): Promise<HttpAnswer> {
  if (!on) return { status: 200, jsonBody: { on, queued: false } };
  await noteChange(ports, { ...actorOf(request), what: 'drift', about: 'all' });
  const askedAt = iso(ports.clock.now());
  // One is enough for what a release needs; thousands would be several messages, and several checks.
  await ports.deliveries.send({ version: 1, release: NOBODY, receivers: receivers.slice(0, 1), drift: { askedAt } });
  return { status: 202, jsonBody: { on, queued: true } };
}
