import type { driftReasons } from '../../../event/drift.ts';
import type { Instance, ScaleSet } from '../azure.ts';

/** One thing in which an instance differs from its model, fit to be told. Never the value of a setting. */
export interface Reason {
  readonly kind: Exclude<(typeof driftReasons)[number], 'unexplained'>;
  /** Which extension, disk or part of the model; names of keys. */
  readonly name?: string;
  /** The instance's version, size or image. */
  readonly from?: string;
  /** The model's. */
  readonly to?: string;
}

/** A reason with what the instance has there, which can hold secrets and is only ever hashed with a key. */
export interface Difference extends Reason {
  readonly had?: unknown;
}

/** Finds one sort of difference. */
export type Compare = (set: ScaleSet, instance: Instance) => readonly Difference[];
