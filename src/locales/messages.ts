import type { EventOf } from '../event/event.ts';

/** What happened, in two or three words; the key names the state, not the words. */
export type State =
  | 'scaledOut'
  | 'scaledIn'
  | 'scalingFailed'
  | 'scalingHeld'
  | 'alertFired'
  | 'alertResolved'
  | 'notice'
  | 'warning'
  | 'error'
  | 'critical';

/** The labels of facts and bodies. At most 40 characters in every language. */
export type Label =
  | 'approvedBy'
  | 'branch'
  | 'change'
  | 'commit'
  | 'description'
  | 'digest'
  | 'duration'
  | 'environment'
  | 'errorCode'
  | 'expires'
  | 'failedStep'
  | 'group'
  | 'instances'
  | 'lasted'
  | 'message'
  | 'metric'
  | 'output'
  | 'reason'
  | 'region'
  | 'rejectedBy'
  | 'replaces'
  | 'resource'
  | 'setting'
  | 'severity'
  | 'startedBy'
  | 'stillRunning'
  | 'value'
  | 'version'
  | 'waitingFor'
  | 'wanted';

/** The titles of buttons. At most 16 characters in every language: longer ones are cut on a narrow card. */
export type ActionTitle =
  | 'alert'
  | 'changes'
  | 'dashboard'
  | 'details'
  | 'logs'
  | 'resource'
  | 'review'
  | 'run'
  | 'runbook'
  | 'scaleHistory'
  | 'silence'
  | 'site';

/**
 * Every word of every message, in one language. Sentences are functions, so that each language orders its own words
 * and plurals; a language that lacks one does not compile.
 */
export interface Messages {
  /** BCP 47; also sets the language of dates and screen readers in Teams. */
  readonly locale: string;
  /** The one plain sentence that notifications and screen readers get: state, subject, number. Ends with a full stop. */
  readonly sentence: {
    readonly scale: (event: EventOf<'scale'>) => string;
    readonly deployment: (event: EventOf<'deployment'>) => string;
    readonly artifact: (event: EventOf<'artifact'>) => string;
    readonly alert: (event: EventOf<'alert'>) => string;
    readonly custom: (event: EventOf<'custom'>) => string;
  };
  readonly state: Readonly<Record<State, string>>;
  /** The states of a deployment and of an artifact, by the event's own words for them. */
  readonly deployment: Readonly<Record<EventOf<'deployment'>['phase'], string>>;
  readonly artifact: Readonly<Record<EventOf<'artifact'>['action'], string>>;
  readonly label: Readonly<Record<Label, string>>;
  readonly action: Readonly<Record<ActionTitle, string>>;
  /** What a button does, for screen readers. At most 75 characters with a subject of 40. */
  readonly actionHint: (title: string, subject: string) => string;
  /** Names of sources as people know them; a source that is not listed is shown by its own name. */
  readonly source: Readonly<Record<string, string>>;
  /** "3 instances", with the plural that the number asks for. */
  readonly instances: (count: number) => string;
  /** "4 min 12 s", from seconds. */
  readonly duration: (seconds: number) => string;
  /** "93.4 % (threshold 90 %)", as far as it is known. */
  readonly measured: (event: Pick<EventOf<'alert'>, 'value' | 'threshold' | 'unit' | 'operator'>) => string | undefined;
  /** What a level of Azure Monitor means: "Sev1 · Error". */
  readonly level: Readonly<Record<NonNullable<EventOf<'alert'>['level']>, string>>;
  /** "… and 4 more" at the end of a list that was cut. */
  readonly more: (count: number) => string;
}
