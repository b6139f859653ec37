import { type Inbox, type InboxMessage, keyOf, readInbox, readMessage } from './message.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting';

export interface Listener {
  readonly connection: (state: Connection) => void;
  readonly inbox: (inbox: Inbox) => void;
  readonly message: (message: InboxMessage) => void;
  readonly cleared: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

function parse(data: unknown): InboxMessage | undefined {
  try {
    return readMessage(JSON.parse(String(data)));
  } catch {
    return undefined;
  }
}

function joined(fetched: readonly InboxMessage[], fresh: readonly InboxMessage[]): readonly InboxMessage[] {
  return [...new Map([...fetched, ...fresh].map((message) => [keyOf(message), message])).values()];
}

/** Follows the inbox for as long as the page lives. After each gap the whole inbox is read again. */
export class Follower {
  readonly #listener: Listener;
  #wait = FIRST_WAIT_MS;
  #source: EventSource | undefined;
  // Messages may come while the list is being read; they must not be lost to the older list.
  #fresh: InboxMessage[] = [];
  #turn = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
    listener.connection('connecting');
  }

  open(): void {
    const source = new EventSource('/inbox/stream');
    this.#source = source;
    this.#fresh = [];
    const read = (): void => void this.#read().catch(() => this.#lost(source));
    source.addEventListener('open', read);
    source.addEventListener('error', () => this.#lost(source));
    source.addEventListener('message', (event) => this.#take(parse(event.data)));
    source.addEventListener('cleared', () => {
      this.#fresh = [];
      this.#listener.cleared();
      read();
    });
  }

  // The browser would try again too, but not after every kind of failure.
  #lost(source: EventSource): void {
    source.close();
    if (this.#source !== source) return;
    this.#source = undefined;
    this.#turn++;
    this.#listener.connection('reconnecting');
    setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #take(message: InboxMessage | undefined): void {
    if (message === undefined) return;
    this.#fresh.push(message);
    this.#listener.message(message);
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    const response = await fetch('/inbox/messages');
    if (!response.ok) throw new Error(`The inbox answered ${response.status}.`);
    const inbox = readInbox(await response.json());
    if (turn !== this.#turn) return;
    this.#wait = FIRST_WAIT_MS;
    this.#listener.inbox({ ...inbox, messages: joined(inbox.messages, this.#fresh) });
    this.#listener.connection('live');
  }
}
