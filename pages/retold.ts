import { signal } from '@preact/signals';
import type { Chosen } from './filter.ts';
import { type InboxMessage, keyOf } from './message.ts';

type Voice = Chosen<'language' | 'zone'>;

async function ask(message: InboxMessage, { language: locale, zone: timeZone }: Voice) {
  const wanted = Object.entries({ locale, timeZone }).filter(([, value]) => value !== '');
  try {
    const response = await fetch(`/inbox/messages/${message.id}/as?${new URLSearchParams(wanted)}`);
    if (!response.ok) return undefined;
    // An id comes again after the inbox was cleared and the relay started anew: only what was said differs.
    return { ...message, ...((await response.json()) as Partial<InboxMessage>) };
  } catch {
    return undefined;
  }
}

/** Messages in another language and zone, as the relay writes their events again. */
export class Retold {
  readonly #known = new Map<string, InboxMessage>();
  readonly #unanswered = new Set<string>();
  readonly #news = signal(0);
  #asked = 0;

  /** The message in this voice; as it was sent while the relay is asked, and where its event is not known. */
  in(voice: Voice, message: InboxMessage): InboxMessage {
    this.#news.value;
    if ((voice.language === '' && voice.zone === '') || message.about === undefined) return message;
    const { edits = 0, replies = [] } = message;
    // A message that has changed since is told anew.
    const key = `${keyOf(message)} ${edits} ${replies.length} ${voice.language} ${voice.zone}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, message);
      void this.#learn(key, message, voice);
    }
    return known ?? message;
  }

  /** What the relay did not answer may be asked once more. */
  askAgain(): void {
    if (this.#unanswered.size === 0) return;
    for (const key of this.#unanswered) this.#known.delete(key);
    this.#unanswered.clear();
    this.#tell();
  }

  forget(): void {
    this.#known.clear();
    this.#unanswered.clear();
  }

  #tell(): void {
    this.#news.value = this.#news.peek() + 1;
  }

  async #learn(key: string, message: InboxMessage, voice: Voice): Promise<void> {
    this.#asked += 1;
    const told = await ask(message, voice);
    // A relay that does not answer is not asked again and again: until then the message stands as it was sent.
    if (told === undefined) this.#unanswered.add(key);
    else this.#known.set(key, told);
    this.#asked -= 1;
    // All at once: they were asked for at once.
    if (this.#asked === 0) this.#tell();
  }
}
