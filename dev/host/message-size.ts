import { messages } from '../../src/destinations/messages.ts';
import type { DestinationName } from '../../src/destinations/registry.ts';

/** Bytes as the chat's limit counts them, and how many of those a message may take. */
export interface MessageSize {
  readonly measured: number;
  readonly most: number;
}

/** The size of a message by the very function that keeps it within its budget; undefined for what is no such message. */
export function sizeOf(destination: DestinationName, payload: unknown): MessageSize | undefined {
  const { size, most } = messages[destination].limits;
  try {
    return { measured: (size as (payload: unknown) => number)(payload), most };
  } catch {
    return undefined;
  }
}
