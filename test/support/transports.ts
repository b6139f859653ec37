import type { Ports } from '../../src/delivery/ports.ts';
import { destinations, type TransportName } from '../../src/destinations/registry.ts';
import type { Transport } from '../../src/destinations/transport.ts';

/** A stand-in for each way to a receiver that there is, made by its name. */
export const everyTransport = (made: (name: TransportName) => Transport): Ports['transports'] =>
  Object.fromEntries(
    Object.values(destinations).map(({ transport: { name } }) => [name, made(name)]),
  ) as Ports['transports'];
