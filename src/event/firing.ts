import type { EventOf, RelayEvent } from './event.ts';

/** Whether an event tells that an alert fires whose end would be told: one that has a story, and is no step of an operation. */
export const isFiring = (event: RelayEvent): event is EventOf<'alert'> & { readonly story: string } =>
  event.kind === 'alert' && event.state === 'fired' && event.phase === undefined && event.story !== undefined;

/** Of a reminder: when it was made (ISO), and whether it closes the alert. */
export const remindedAt = (event: RelayEvent): EventOf<'alert'>['still'] =>
  event.kind === 'alert' ? event.still : undefined;
