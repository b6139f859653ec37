import { signal } from '@preact/signals';
import { type Inbox, type InboxMessage, keyOf } from './message.ts';
import { connection } from './state.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

const joined = (some: readonly InboxMessage[], newer: readonly InboxMessage[]): readonly InboxMessage[] => [
  ...new Map([...some, ...newer].map((message) => [keyOf(message), message])).values(),
];

/** Follows the inbox for as long as the page lives. After each gap the whole inbox is read again. */
export class Follower {
  /** Undefined until it was read. */
  readonly inbox = signal<Inbox>();
  readonly #hear: (message: InboxMessage) => void;
  #wait = FIRST_WAIT_MS;
  #source: EventSource | undefined;
  // Messages may come while the list is being read; they must not be lost to the older list.
  #fresh: InboxMessage[] = [];
  #turn = 0;

  constructor(hear: (message: InboxMessage) => void) {
    this.#hear = hear;
  }

  open(): void {
    const source = new EventSource('/inbox/stream');
    this.#source = source;
    this.#fresh = [];
    const read = (): void => void this.#read().catch(() => this.#lost(source));
    source.addEventListener('open', read);
    source.addEventListener('error', () => this.#lost(source));
    source.addEventListener('message', ({ data }) => this.#take(JSON.parse(data)));
    source.addEventListener('cleared', () => {
      this.#fresh = [];
      this.#show(() => []);
      read();
    });
  }

  // The browser would try again too, but not after every kind of failure.
  #lost(source: EventSource): void {
    source.close();
    if (this.#source !== source) return;
    this.#source = undefined;
    this.#turn++;
    connection.value = 'reconnecting';
    setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #take(message: InboxMessage): void {
    this.#fresh.push(message);
    this.#show((messages) => joined(messages, [message]));
    this.#hear(message);
  }

  #show(change: (messages: readonly InboxMessage[]) => readonly InboxMessage[]): void {
    const { value } = this.inbox;
    if (value !== undefined) this.inbox.value = { ...value, messages: change(value.messages) };
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    const response = await fetch('/inbox/messages');
    if (!response.ok) throw new Error(`The inbox answered ${response.status}.`);
    const inbox: Inbox = await response.json();
    if (turn !== this.#turn) return;
    this.#wait = FIRST_WAIT_MS;
    this.inbox.value = { ...inbox, messages: joined(inbox.messages, this.#fresh) };
    connection.value = 'live';
  }
}
