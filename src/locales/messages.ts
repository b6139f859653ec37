import type { EventOf } from '../event/event.ts';

/** What happened, in two or three words; the key names the state, not the words. */
export type State =
  | 'scaledOut'
  | 'scaledIn'
  | 'scalingFailed'
  | 'scalingHeld'
  | 'notice'
  | 'warning'
  | 'error'
  | 'critical';

/** The labels of facts and bodies. At most 40 characters in every language. */
type Label =
  | 'environment'
  | 'group'
  | 'instances'
  | 'message'
  | 'reason'
  | 'region'
  | 'resource'
  | 'setting'
  | 'stillRunning'
  | 'wanted';

/** The titles of buttons. At most 16 characters in every language: longer ones are cut on a narrow card. */
export type ActionTitle = 'details' | 'dashboard' | 'logs' | 'resource' | 'runbook' | 'run' | 'scaleHistory';

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
    readonly custom: (event: EventOf<'custom'>) => string;
  };
  readonly state: Readonly<Record<State, string>>;
  readonly label: Readonly<Record<Label, string>>;
  readonly action: Readonly<Record<ActionTitle, string>>;
  /** What a button does, for screen readers. At most 75 characters with a subject of 40. */
  readonly actionHint: (title: string, subject: string) => string;
  /** Names of sources as people know them; a source that is not listed is shown by its own name. */
  readonly source: Readonly<Record<string, string>>;
  /** "3 instances", with the plural that the number asks for. */
  readonly instances: (count: number) => string;
  /** "… and 4 more" at the end of a list that was cut. */
  readonly more: (count: number) => string;
}
