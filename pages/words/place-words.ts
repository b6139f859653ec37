/** Why a sender was refused, as far as there is something to do about it. */
export type Refusal =
  | 'noToken'
  | 'token'
  | 'noSignature'
  | 'signature'
  | 'address'
  | 'body'
  | 'size'
  | 'payload'
  | 'other';

/** What the pages of the fleet and of the senders say. */
export interface PlaceWords {
  readonly fleet: {
    readonly sets: (count: number) => string;
    readonly none: string;
    readonly off: string;
    readonly offHint: string;
    readonly unchecked: string;
    readonly nothing: string;
    readonly findHint: string;
    readonly ranAt: (time: string) => string;
    readonly check: string;
    readonly queued: string;
    readonly checked: (count: number) => string;
    readonly slow: string;
    readonly set: string;
    readonly verdict: string;
    readonly behind: string;
    readonly since: string;
    readonly days: string;
    readonly atLeast: (span: string) => string;
    /** Of a set whose size Azure does not say, the total is left out. */
    readonly count: (behind: number, total?: number) => string;
    readonly quietDays: string;
    readonly drifted: (days: number, of: number) => string;
    readonly notCounted: string;
    readonly noDays: string;
    readonly blind: (since: string) => string;
    readonly unseen: (count: number) => string;
    readonly part: string;
    readonly more: (count: number) => string;
    readonly verdicts: Readonly<Record<string, string>>;
  };
  readonly senders: {
    readonly count: (count: number) => string;
    readonly none: string;
    readonly source: string;
    readonly last: string;
    readonly never: string;
    readonly day: string;
    readonly refused: string;
    readonly times: (count: number) => string;
    readonly lastAt: (ago: string) => string;
    readonly noRefusals: string;
    readonly every: (span: string) => string;
    readonly due: (time: string) => string;
    readonly silent: (time: string) => string;
    readonly what: Readonly<Record<Exclude<Refusal, 'other'>, string>>;
    readonly todo: Readonly<Record<Refusal, string>>;
    readonly outside: string;
  };
}
