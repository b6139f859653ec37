import type { EventDraft } from '../source.ts';
import type { Link } from './links.ts';

type Alert = Extract<EventDraft, { kind: 'alert' }>;

/** What a rule measured, as far as its kind of rule says. */
export interface Measured extends Pick<Alert, 'metric' | 'value' | 'threshold' | 'unit' | 'operator'> {
  readonly dimensions: readonly (readonly [string, string])[];
  /** What else was measured, by its name. */
  readonly others?: readonly (readonly [string, string])[] | undefined;
  readonly logs?: readonly Link[] | undefined;
  readonly runbook?: readonly Link[] | undefined;
  readonly environment?: string | undefined;
  readonly region?: string | undefined;
  readonly endedAt?: string | undefined;
  /** What the alert is about, where it is more than a name. */
  readonly scope?: string | undefined;
  /** A name for a rule that has none. */
  readonly rule?: string | undefined;
  /** The sender's words beside the rule's description. */
  readonly texts?: readonly (string | undefined)[] | undefined;
}

/** The part of an alert that is the same wherever it was measured. */
export const quantities = ({ metric, value, threshold, unit, operator }: Measured) => ({
  metric,
  value,
  threshold,
  unit,
  operator,
});
