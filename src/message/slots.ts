import type { ButtonName } from '../event/act.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import type { Step } from '../event/trail.ts';
import type { Messages } from '../locales/messages.ts';

/** Whom a message calls, from the configuration and never from an event. `id` is the chat's own. */
export interface Mention {
  /** `all`: everybody in the channel, whose `id` is `here` (who is active) or `channel`. */
  readonly type: 'user' | 'group' | 'all';
  readonly id: string;
  readonly name: string;
}

/** What a test looks like, whatever it plays. */
export const TEST_EMOJI = '🧪';

/** What is sent again looks like where it is over: nobody has to run. */
export const OVER: Style = { tone: 'neutral', emoji: '⏪' };

/** What stands first in a message: "Late, 13:52 UTC · Scaling out". */
export const stateOf = ({ mark, state }: Pick<Reading, 'mark' | 'state'>): string => marked(mark, state);

/** A text behind its mark. */
export const marked = (mark: string | undefined, text: string): string =>
  mark === undefined ? text : `${mark} · ${text}`;

/** How one receiver is spoken to. */
export interface Voice {
  readonly say: Messages;
  /** IANA name. */
  readonly timeZone: string;
  /** Whom the message calls, at most a few. */
  readonly mentions?: readonly Mention[];
  /** What its readers can do with an event at a time (ISO, UTC) by buttons. */
  readonly buttons?: ((event: RelayEvent, now: string) => readonly Offered[]) | undefined;
  /** Whether its chat draws charts. */
  readonly charts?: boolean | undefined;
}

/** Something that a reader can do by a button. */
export interface Offered {
  readonly name: ButtonName;
  /** The page that does it. */
  readonly url: string;
  /** What the chat gives back when its own button is pressed; absent where it has none. */
  readonly token?: string | undefined;
}

/** How an event comes to be told now, where that is not plain. */
export interface Telling {
  /** When it is told (ISO, UTC); without it, on the day on which it happened. */
  readonly now?: string;
  /** It happened long ago. */
  readonly late?: boolean;
  /** It is sent again; `over` is when it had ended by then (ISO, UTC), `untold` where nobody here has got it before. */
  readonly replayed?: { readonly over?: string | undefined; readonly untold?: true | undefined } | undefined;
  /** It came here in place of other receivers, which are not working; `inPart` where some of it is this receiver's own. */
  readonly standsFor?: { readonly receivers: readonly string[]; readonly inPart: boolean } | undefined;
  /** It stands for so many of its story, the first of them at this time (ISO, UTC). */
  readonly repeated?: { readonly count: number; readonly since: string } | undefined;
  /** The steps of its conversation so far, where that is one of several stories: oldest first, this one among them. */
  readonly trail?: readonly Step[] | undefined;
  /** What people have done with it by then, the first first; times are ISO, UTC. */
  readonly acts?: readonly Done[];
  /** It is not changed any more: what follows stands in its thread. */
  readonly inThread?: true;
}

/** What somebody did with a story. */
interface Done {
  readonly action: EventOf<'act'>['action'];
  readonly by: string;
  readonly at: string;
  readonly until?: string | undefined;
}

/** The mood of a message. Each chat has its colour for it; the words and the emoji say the same. */
export type Tone = 'good' | 'info' | 'neutral' | 'warning' | 'danger';

/** What a state looks like; its words say the same. */
export interface Style {
  readonly tone: Tone;
  /** One code point. */
  readonly emoji: string;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Ids and commands: shown in a fixed-width font. */
  readonly code?: boolean;
  /** ISO, UTC: a time, which a chat can show in its reader's own zone beside `value`. */
  readonly instant?: string;
}

export interface Body {
  readonly label: string;
  readonly text: string;
  /** A program's output, of which the end says most; or a command, which is shown whole or not at all; else a quotation. */
  readonly form?: 'output' | 'command';
}

/** A line of a list: what it is about, with its own page where it has one, and what is said of it. */
export interface Item {
  readonly text: string;
  readonly url?: string | undefined;
  readonly said?: string | undefined;
}

/** Numbers that a chat can draw. What they are stands in the text as well. */
export interface Chart {
  readonly form: 'bar' | 'line';
  readonly title: string;
  readonly points: readonly string[];
  /** A value for each point. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface Action {
  readonly title: string;
  /** What the button does, for screen readers. */
  readonly hint: string;
  readonly url: string;
  /** Of a button that does something by itself: what, and what the chat gives back. */
  readonly act?: { readonly name: ButtonName; readonly token?: string | undefined };
}

/**
 * What a message says, slot by slot, before any chat's markup. All text is plain: the formatters see to it that it is
 * shown literally. One reading serves every chat, so that they cannot drift apart.
 */
export interface Reading {
  /** The BCP 47 language of the words. */
  readonly locale: string;
  /** Six hex digits for people: the same of an alert and its end. */
  readonly id: string;
  /** Six hex digits of the event's own id, by which programs know whose message it is. */
  readonly occurrence: string;
  readonly tone: Tone;
  readonly emoji: string;
  /** The whole message in one plain sentence. */
  readonly sentence: string;
  /** What somebody who runs has to know first: "TEST", "Late, 13:52 UTC". The sentence begins with it too. */
  readonly mark?: string | undefined;
  readonly state: string;
  /** `where` follows the text: " (prod)", " → production". */
  readonly subject: { readonly text: string; readonly url?: string | undefined; readonly where: string };
  /** The number that matters, such as "3 → 6". */
  readonly figure?: string | undefined;
  readonly facts: readonly Fact[];
  readonly body?: Body | undefined;
  readonly list?:
    | {
        readonly label: string;
        readonly items: readonly Item[];
        readonly more: number;
        /** How many items have room, where that is not the usual. */
        readonly most?: number;
      }
    | undefined;
  /** For a chat that draws them, at most two. */
  readonly charts?: readonly Chart[] | undefined;
  /** How many facts, and other parts, there was no room for: said after the facts. */
  readonly more: number;
  /** The last line of what was cut, for so many. */
  readonly moreItems: (count: number) => string;
  readonly actions: readonly Action[];
  readonly mentions: readonly Mention[];
  readonly origin: {
    readonly source: string;
    /** Environment and region, where they have no fact of their own. */
    readonly place?: string | undefined;
    /** ISO, UTC. */
    readonly occurredAt: string;
    /** The same for people, with its zone: "2026-11-20 14:05 UTC". */
    readonly written: string;
    /** "repeated ×4 since 13:40 UTC". */
    readonly marker?: string | undefined;
  };
}

/** What a reading has in common whatever its kind: filled in here, so that a kind only says what is its own. */
export type Particulars = Omit<
  Reading,
  | 'locale'
  | 'id'
  | 'occurrence'
  | 'sentence'
  | 'mark'
  | 'subject'
  | 'more'
  | 'moreItems'
  | 'actions'
  | 'mentions'
  | 'origin'
> & {
  /** `where` only of what is not where its event is: what leads a digest. */
  readonly subject: Omit<Reading['subject'], 'where'> & { readonly where?: string };
  readonly place?: string | undefined;
};
