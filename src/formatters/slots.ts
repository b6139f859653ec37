/** The mood of a message. Each chat has its colour for it; the words and the emoji say the same. */
export type Tone = 'good' | 'info' | 'neutral' | 'warning' | 'danger';

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Ids and commands: shown in a fixed-width font. */
  readonly code?: boolean;
}

export interface Action {
  readonly title: string;
  /** What the button does, for screen readers. */
  readonly hint: string;
  readonly url: string;
}

/**
 * What a message says, slot by slot, before any chat's markup. All text is plain: the formatters see to it that it is
 * shown literally. One reading serves every chat, so that they cannot drift apart.
 */
export interface Reading {
  /** The BCP 47 language of the words. */
  readonly locale: string;
  /** Six hex digits of the event's id. */
  readonly id: string;
  readonly tone: Tone;
  readonly emoji: string;
  /** The whole message in one plain sentence. */
  readonly sentence: string;
  readonly state: string;
  readonly subject: { readonly text: string; readonly url?: string | undefined };
  /** The number that matters, such as "3 → 6". */
  readonly figure?: string | undefined;
  readonly facts: readonly Fact[];
  /** `output` is a program's, shown as it was; else it is somebody's words, shown as a quotation. */
  readonly body?: { readonly label: string; readonly text: string; readonly output?: boolean } | undefined;
  readonly actions: readonly Action[];
  readonly origin: {
    readonly source: string;
    /** Environment and region, where they have no fact of their own. */
    readonly place?: string | undefined;
    /** ISO, UTC. */
    readonly occurredAt: string;
    /** The same for people, with its zone: "2026-11-20 14:05 UTC". */
    readonly written: string;
  };
}

/** What a reading has in common whatever its kind: filled in here, so that a kind only says what is its own. */
export type Particulars = Omit<Reading, 'locale' | 'id' | 'sentence' | 'actions' | 'origin'> & {
  readonly place?: string | undefined;
};
