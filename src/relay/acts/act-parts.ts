import type { Ports } from '../../delivery/ports.ts';
import type { Receiver } from '../../destinations/receiver.ts';
import type { ActRules } from '../../routing/acts.ts';

/** What buttons are answered with. */
export interface ActParts {
  readonly rules: ActRules;
  readonly receivers: readonly Receiver[];
  readonly ports: Ports;
}
