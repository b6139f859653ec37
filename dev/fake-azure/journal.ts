const callKinds = [
  'subscriptions',
  'descendants',
  'listSets',
  'getSet',
  'listInstances',
  'listDriftedInstances',
  'getInstance',
  'rollingUpgrade',
  'osUpgradeHistory',
  'hookEvents',
  'setView',
  'listVms',
  'imageVersions',
  'galleryVersions',
  'autoscaleSettings',
  'graph',
  'write',
  'unknown',
] as const;

export type CallKind = (typeof callKinds)[number];

/** A call as it came in. */
export interface SeenCall {
  readonly kind: CallKind;
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly subscriptionId?: string;
  /** Name of the scale set, lower-cased. */
  readonly set?: string;
  readonly region?: string;
  /** From 1. */
  readonly page: number;
  /** Name of the recognised query of Resource Graph. */
  readonly query?: string;
}

/** The same once it was answered. Status 0: it was not. */
export interface AnsweredCall extends SeenCall {
  /** Milliseconds of the fake's clock. */
  readonly at: number;
  readonly status: number;
  readonly bytes: number;
}

const noCalls = (): Record<CallKind, number> =>
  Object.fromEntries(callKinds.map((kind) => [kind, 0])) as Record<CallKind, number>;

/** Counts calls and keeps them, without their tokens and bodies. */
export class Journal {
  seen: AnsweredCall[] = [];
  calls = noCalls();
  bytes = 0;

  ended(call: AnsweredCall): void {
    this.calls[call.kind] += 1;
    this.bytes += call.bytes;
    this.seen.push(call);
  }

  forget(): void {
    this.seen = [];
    this.calls = noCalls();
    this.bytes = 0;
  }
}
