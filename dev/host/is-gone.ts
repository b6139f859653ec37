import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';

/**
 * Whether the client gave up while its request stood in line. Work for nobody makes those behind it late, until they give
 * up as well and nobody is answered any more. Node sees the end of a connection one poll after its last request.
 */
export async function isGone(request: IncomingMessage): Promise<boolean> {
  await setImmediate();
  await setImmediate();
  return request.socket.destroyed || request.socket.readableEnded;
}
