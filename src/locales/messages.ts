import type { EventKind, EventOf } from '../event/event.ts';
import type { States } from '../event/outline.ts';
import type { Trouble } from '../event/trouble.ts';
import type { Label } from './label.ts';
import type { MachineWords } from './machines.ts';
import type { ReviewWords } from './review.ts';

/** The titles of buttons. At most 16 characters in every language: longer ones are cut on a narrow card. */
export type ActionTitle =
  | 'acknowledge'
  | 'alert'
  | 'changes'
  | 'dashboard'
  | 'details'
  | 'help'
  | 'logs'
  | 'meant'
  | 'replay'
  | 'resource'
  | 'review'
  | 'run'
  | 'runbook'
  | 'scaleHistory'
  | 'silence'
  | 'silenceHour'
  | 'silenceMorning'
  | 'site';

/**
 * Every word of every message, in one language. Sentences are functions, so that each language orders its own words
 * and plurals; a language that lacks one does not compile.
 */
export interface Messages {
  /** BCP 47; also sets the language of dates and screen readers in Teams. */
  readonly locale: string;
  /** The one plain sentence that notifications and screen readers get: state, subject, number. Ends with a full stop. */
  readonly sentence: { readonly [Kind in EventKind]: (event: EventOf<Kind>) => string };
  /** What happened, in two or three words, by the event's own word for it. */
  readonly state: { readonly [Kind in EventKind]: Readonly<Record<States[Kind], string>> };
  readonly label: Readonly<Record<Label, string>>;
  readonly action: Readonly<Record<ActionTitle, string>>;
  /** "Review in GitHub", where that fits a button; else the short form above. */
  readonly reviewIn: (place: string) => string;
  /** What a button does, for screen readers. At most 75 characters with a subject of 40. */
  readonly actionHint: (title: string, subject: string) => string;
  /** Names of sources as people know them; a source that is not listed is shown by its own name. */
  readonly source: Readonly<Record<string, string>>;
  /** "3 instances", with the plural that the number asks for. */
  readonly instances: (count: number) => string;
  /** What stopped: "6, not 3". At most 18 characters up to a thousand. */
  readonly stays: (from: string, to: string) => string;
  /** "4 min 12 s", from seconds. */
  readonly duration: (seconds: number) => string;
  /** Of an alert that is told again: "Still firing for 8 hr", from seconds. */
  readonly still: (seconds: number) => string;
  /** After a level that the configuration overrules: "treated as critical", of the word for that. */
  readonly treated: (severity: string) => string;
  /** "93.4 % (threshold 90 %)", as far as it is known. */
  readonly measured: (event: Pick<EventOf<'alert'>, 'value' | 'threshold' | 'unit' | 'operator'>) => string | undefined;
  /** What a level of Azure Monitor means: "Sev1 · Error". */
  readonly level: Readonly<Record<NonNullable<EventOf<'alert'>['level']>, string>>;
  /** "… and 4 more" at the end of what was cut, facts or a list. */
  readonly more: (count: number) => string;
  /** "3 scale sets", "12 resources", "48 events", "2 subscriptions", with the plural that the number asks for. */
  readonly scaleSets: (count: number) => string;
  readonly resources: (count: number) => string;
  readonly events: (count: number) => string;
  readonly subscriptions: (count: number) => string;
  /** Names or ids one after the other: "2, 5 and 7". */
  readonly list: (items: readonly string[]) => string;
  /** "at least 26 hr", of a duration that may be longer. */
  readonly atLeast: (duration: string) => string;
  readonly drift: {
    /** "6 of 10". */
    readonly behind: (behind: number, total: number) => string;
    /** What differs between an instance and its model. */
    readonly reason: Readonly<Record<EventOf<'drift'>['reasons'][number]['reason'], string>>;
    /** What the command does; the title above it. At most 40 characters. */
    readonly advice: Readonly<Record<NonNullable<EventOf<'drift'>['advice']>, string>>;
    /** "at least 3 (limit 10)". */
    readonly models: (atLeast: number) => string;
    /** "4 done, 1 failed, 5 waiting". */
    readonly rollout: (rollout: NonNullable<EventOf<'drift'>['rollout']>) => string;
    /** What becomes of an upgrade that nobody approves: what Azure does, or nothing. */
    readonly unanswered: Readonly<Record<'Approve' | 'Reject' | 'nothing', string>>;
    /** What follows "is up to date" where Azure hides what may have changed, and what to do then. */
    readonly unseen: string;
    /** Of automatic repairs. */
    readonly suspended: string;
    /** Who changed the model, where only the kind is told: a person, an application. */
    readonly actor: Readonly<Record<'User' | 'App', string>>;
  };
  /** Which machines a scaling brought or took away. */
  readonly machines: MachineWords;
  readonly notice: {
    /** What is wrong, as far as that helps, and what to do next. At most 120 characters, without a full stop. */
    readonly advice: Readonly<Record<Trouble, string>>;
    /** "second gets them instead". */
    readonly instead: (fallback: string) => string;
  };
  readonly digest: {
    /** After what leads: "and 7 more". At most 18 characters up to a thousand. */
    readonly others: (count: number) => string;
    /** After `others`: how many of these are as severe as what leads; of none or all, that. */
    readonly asSevere: (count: number, others: number) => string;
    /** "Held back by window night", of what a quiet window held, with its name. At most 30 characters beside the name. */
    readonly held: (window: string) => string;
    /** After a story of a digest: "6 events". */
    readonly steps: (count: number) => string;
    /** After a story that went out and in again: what to look at. At most 60 characters. */
    readonly flapping: string;
  };
  /** What a week was like. */
  readonly review: ReviewWords;
  readonly act: {
    /** "until 13:00 UTC". */
    readonly until: (time: string) => string;
  };
  /** What a test begins with. At most 10 characters. */
  readonly test: string;
  readonly origin: {
    /** Before all else: "Late, 13:52 UTC". */
    readonly late: (time: string, over: string | undefined) => string;
    /** Before all else, of what is sent again: "Replayed, 13:52 UTC", and since when it is over where it is. */
    readonly replayed: (time: string, over: string | undefined) => string;
    /** After a story of a digest that is sent again: "over since 14:20 UTC". */
    readonly over: (time: string) => string;
    /** Before all else, of what a fallback gets: "In place of ops-slack"; "partly" where some of it is the receiver's own. */
    readonly standsFor: (receivers: string, inPart: boolean) => string;
    /** At the end of a message that is not changed any more: "what follows is in the thread". */
    readonly inThread: string;
    /** "repeated ×4 since 13:40 UTC". */
    readonly repeated: (count: number, time: string) => string;
  };
}
