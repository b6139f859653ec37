import { fieldsOf } from './json.ts';
import type { Lens } from './lens.ts';
import { type InboxMessage, keyOf, readMessage } from './message.ts';

type Voice = Pick<Lens, 'locale' | 'timeZone'>;

async function ask(message: InboxMessage, { locale, timeZone }: Voice): Promise<InboxMessage | undefined> {
  const wanted = Object.entries({ locale, timeZone }).filter(([, value]) => value !== '');
  try {
    const response = await fetch(`/inbox/messages/${message.id}/as?${new URLSearchParams(wanted)}`);
    if (!response.ok) return undefined;
    const told = fieldsOf(await response.json());
    // An id comes again after the inbox was cleared and the relay started anew: only what was said differs.
    return readMessage({ ...message, ...told });
  } catch {
    return undefined;
  }
}

/** Messages in another language and zone, as the relay writes their events again. */
export class Retold {
  readonly #changed: () => void;
  readonly #known = new Map<string, InboxMessage>();
  readonly #unanswered = new Set<string>();
  #asked = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The message in this voice; as it was sent while the relay is asked, and where its event is not known. */
  in(voice: Voice, message: InboxMessage): InboxMessage {
    if ((voice.locale === '' && voice.timeZone === '') || message.about === undefined) return message;
    const key = `${keyOf(message)} ${voice.locale} ${voice.timeZone}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, message);
      void this.#learn(key, message, voice);
    }
    return known ?? message;
  }

  /** What the relay did not answer may be asked once more. */
  askAgain(): void {
    for (const key of this.#unanswered) this.#known.delete(key);
    this.#unanswered.clear();
  }

  forget(): void {
    this.#known.clear();
    this.#unanswered.clear();
  }

  async #learn(key: string, message: InboxMessage, voice: Voice): Promise<void> {
    this.#asked += 1;
    const told = await ask(message, voice);
    // A relay that does not answer is not asked again and again: until then the message stands as it was sent.
    if (told === undefined) this.#unanswered.add(key);
    else this.#known.set(key, { ...told, voice: `${told.locale} ${voice.timeZone}` });
    this.#asked -= 1;
    // All at once: they were asked for at once.
    if (this.#asked === 0) this.#changed();
  }
}
