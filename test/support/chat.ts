import type { MemoryPorts } from './ports.ts';
import { listen, type ReceivedRequest, type Reply } from './server.ts';

/** A chat that notes what it got at which time of the tests' clock, and answers as it is told, or well. */
export async function chatAt(
  { time }: Pick<MemoryPorts, 'time'>,
  reply: (at: number, before: number) => Reply | undefined = () => undefined,
) {
  const times: number[] = [];
  const server = await listen((_request: ReceivedRequest, before) => {
    times.push(time.now);
    return reply(time.now, before) ?? { status: 200, body: 'ok' };
  });
  return {
    url: server.url,
    received: server.received,
    /** Milliseconds by the tests' clock. */
    times,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

/** The most messages in any span of so many milliseconds, its end excluded. */
export const mostWithin = (times: readonly number[], length: number): number =>
  Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + length).length));
