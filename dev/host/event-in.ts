import { destinations } from '../../src/destinations/registry.ts';

/** The short id of the event that a message tells, whichever destination it is for. */
export const eventIn = (payload: unknown): string | undefined =>
  Object.values(destinations)
    .map((each) => each.eventIn(payload))
    .find((id) => id !== undefined);
