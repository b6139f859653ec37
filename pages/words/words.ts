import type { State } from '../ui-data.ts';
import type { FiguresWords } from './figures-words.ts';
import type { PlaceWords } from './place-words.ts';

export type ViewName = 'now' | 'history' | 'dead-letters' | 'quiet' | 'fleet' | 'senders' | 'figures';

/** What a text says of a delivery: for whom, and a time in words. */
type Of = (receiver: string, time: string) => string;
type Why = (receiver: string, reason: string) => string;

/** What the page calls what the relay has names for. */
export interface NameWords {
  readonly views: Readonly<Record<ViewName, string>>;
  readonly states: Readonly<Record<State, string>>;
  readonly severities: Readonly<Record<string, string>>;
  readonly receiverStates: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<string, string>>;
  /** The relay's own reasons; those of a chat are its own. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Everything that the page says, in one language. What comes from the relay or a chat is shown as it is. */
export interface PageWords extends NameWords, PlaceWords {
  readonly language: string;
  readonly figures: FiguresWords;
  readonly page: {
    readonly pages: string;
    readonly languages: string;
    readonly theme: string;
    readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
    readonly keys: string;
    readonly loading: string;
    readonly close: string;
    readonly cancel: string;
    readonly readAt: (time: string) => string;
    readonly cannotRead: (since: string) => string;
    readonly noAnswer: string;
    readonly again: string;
    readonly timesIn: (zone: string) => string;
    readonly unknownView: string;
    readonly viewer: string;
  };
  readonly signIn: {
    readonly title: string;
    readonly microsoft: string;
    readonly noRole: (by: string) => string;
    readonly key: string;
    readonly keyHint: string;
    readonly enter: string;
    readonly wrong: string;
    readonly out: string;
    readonly adminKey: string;
    readonly local: string;
    readonly roles: Readonly<Record<'viewer' | 'operator', string>>;
  };
  readonly help: {
    readonly views: string;
    readonly move: string;
    readonly open: string;
    readonly find: string;
    readonly help: string;
    readonly close: string;
  };
  readonly now: {
    readonly stories: (count: number) => string;
    readonly none: string;
    readonly trouble: string;
    readonly wellReceivers: (count: number) => string;
    readonly since: (time: string) => string;
    readonly until: (time: string) => string;
    readonly waiting: (count: number) => string;
    readonly acknowledged: (by: string, time: string) => string;
    readonly nobody: string;
  };
  readonly history: {
    readonly find: string;
    readonly findHint: string;
    readonly all: string;
    readonly filters: string;
    readonly receiver: string;
    readonly source: string;
    readonly resource: string;
    readonly environment: string;
    readonly severity: string;
    readonly outcome: string;
    readonly time: string;
    readonly event: string;
    readonly shown: (count: string, since: string) => string;
    readonly reading: (since: string) => string;
    readonly end: string;
    readonly further: string;
    readonly nothing: string;
    readonly clear: string;
    readonly byId: (id: string) => string;
    readonly list: string;
  };
  readonly story: {
    readonly back: string;
    readonly missing: (id: string) => string;
    readonly happened: string;
    readonly received: string;
    readonly kind: string;
    readonly claimed: string;
    readonly tries: string;
    readonly noTries: string;
    readonly took: (milliseconds: string) => string;
    readonly updated: string;
    readonly due: string;
    readonly without: string;
    readonly again: (count: number) => string;
    readonly whole: string;
  };
  readonly why: {
    readonly sent: (receivers: string) => string;
    readonly sentOne: Of;
    readonly unrouted: string;
    readonly none: string;
    readonly silenced: Why;
    readonly window: Why;
    readonly deployment: Why;
    readonly muted: Why;
    readonly overtaken: Why;
    readonly parked: Of;
    readonly waiting: Of;
    readonly sending: Of;
    readonly dead: Why;
    readonly fallback: (receiver: string, other: string, reason: string) => string;
    readonly digest: (id: string) => string;
    readonly standsFor: (receiver: string) => string;
    readonly unknownTime: string;
  };
  readonly dead: {
    readonly count: (count: number) => string;
    readonly none: string;
    readonly unread: (count: number) => string;
    readonly select: (what: string) => string;
    readonly selectAll: string;
    readonly replay: (count: number) => string;
    readonly ask: (count: number) => string;
    readonly askWhat: string;
    readonly done: (queued: number, other: number) => string;
    readonly outcomes: Readonly<Record<string, string>>;
    readonly toDo: string;
    readonly advice: Readonly<Record<'receiver' | 'answer' | 'slow' | 'refused' | 'storage' | 'other', string>>;
    readonly older: string;
  };
  readonly mute: {
    readonly one: string;
    readonly silences: (count: number) => string;
    readonly none: string;
    readonly by: (author: string) => string;
    readonly until: (time: string) => string;
    readonly end: string;
    readonly askEnd: string;
    readonly ended: string;
    readonly endedAlready: string;
    readonly make: string;
    readonly made: (time: string) => string;
    readonly which: string;
    readonly whichHint: string;
    readonly fields: Readonly<Record<'resource' | 'kind' | 'severity' | 'environment' | 'source' | 'subject', string>>;
    readonly forHow: string;
    readonly hours: (count: number) => string;
    readonly minutes: (count: number) => string;
    readonly reason: string;
    readonly author: string;
    readonly preview: (count: number, most: boolean) => string;
    readonly previewNone: string;
    readonly needsField: string;
    readonly windows: string;
    readonly noWindows: string;
    readonly isOpen: string;
    readonly isShut: string;
    readonly opens: (time: string) => string;
    readonly closes: (time: string) => string;
    readonly held: (count: number) => string;
    readonly forAll: string;
  };
}
