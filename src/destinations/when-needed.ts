import type { Transport } from './transport.ts';

/** A transport that is loaded with the first message: few relays have a chat app. */
export function whenNeeded(load: () => Promise<Transport>): Transport {
  let loaded: Promise<Transport> | undefined;
  return async (...message) => {
    loaded ??= load();
    return (await loaded)(...message);
  };
}
