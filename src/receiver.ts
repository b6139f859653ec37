import type { DestinationName } from './destinations.ts';
import type { LocaleName } from './locales/registry.ts';

/** A named audience. Its URL is a secret: it is looked up at the last moment and appears in no message, log or error. */
export interface Receiver {
  readonly name: string;
  readonly type: DestinationName;
  readonly url: string;
  readonly locale: LocaleName;
  /** IANA name. */
  readonly timeZone: string;
}
