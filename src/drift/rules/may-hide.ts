import { movedParts } from './moved.ts';
import type { DriftedInstance, SetReading } from './reading.ts';
import { bringsOsDisk } from './remedy.ts';
import type { SetState } from './state.ts';

interface Seen {
  readonly reading: Pick<SetReading, 'set' | 'change'>;
  readonly drifted: readonly DriftedInstance[];
  readonly before?: Pick<SetState, 'unseen'> | undefined;
}

/**
 * Whether Azure will call instances up to date that may lack what it hides. Custom data and passwords are in the model at
 * once, and in an instance with a new disk alone, which most updates do not bring. Where nobody knows what the last change
 * touched, it can be these if no difference is visible.
 */
export function mayHide({ reading, drifted, before }: Seen, parts: readonly string[] | undefined): boolean {
  const kept = drifted.filter(({ reasons }) => !bringsOsDisk(reasons, reading.set));
  if (drifted.length === 0) return before?.unseen === true || hidItself(movedParts(reading.change) ?? []);
  if (kept.length === 0) return false;
  const isMoved = parts === undefined ? kept.some(({ reasons }) => reasons.length === 0) : isHidden(parts);
  return isMoved || before?.unseen === true;
}

/** Whether one of these parts holds what Azure never shows, and what only a new disk of the operating system brings. */
const isHidden = (parts: readonly string[]): boolean =>
  parts.some((part) => /^osProfile(?:\.(?:customData|adminPassword))?$/i.test(part));

/** Of a change that was over before anybody saw what it did: whether it brought no such disk. */
const hidItself = (parts: readonly string[]): boolean =>
  isHidden(parts) && !parts.some((part) => /^storageProfile(?:\.(?:imageReference|osDisk))?$/i.test(part));
