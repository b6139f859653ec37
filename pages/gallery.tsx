import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { Filter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { findOffer, type InboxPart, isFound } from './inbox-filter.ts';
import type { InboxMessage } from './message.ts';
import { MESSAGE_KEYS, startMessageKeys } from './message-keys.ts';
import { firstOf, MessageList } from './message-list.tsx';
import { chatOffer, kindOffer, languageName, languageOffer, languagesOf, widthOffer } from './offers.ts';
import { fits, type Row } from './rows.ts';
import { withoutToday } from './slack-date.tsx';
import { prepareCards } from './teams.tsx';

const ALL = 'all';

/** One event in one language, as every chat gets it. */
interface Exhibit extends Pick<InboxMessage, 'about' | 'locale'> {
  readonly variant: string;
  readonly messages: readonly InboxMessage[];
}

interface Gallery {
  readonly kinds: readonly string[];
  readonly locales: readonly string[];
  readonly exhibits: readonly Exhibit[];
}

const rowOf = ({ variant, locale, about, messages }: Exhibit): Row => ({
  key: `${variant} ${locale}`,
  event: variant,
  startedAt: Number.NaN,
  messages: Object.fromEntries(
    messages.map((message, id) => [message.destination, { ...message, id, about, locale, event: variant }]),
  ),
});

const localeOf = (row: Row): string => firstOf(row)?.locale ?? 'en';

const Facts = ({ row }: { readonly row: Row }) => (
  <p class="row-facts">
    <a href={`#${new URLSearchParams({ find: row.event })}`}>
      <code>{row.event}</code>
    </a>
    <span lang={localeOf(row)}>{languageName(localeOf(row))}</span>
  </p>
);

function start({ kinds, locales, exhibits }: Gallery): void {
  // One language to begin with: the others are the same messages again.
  const languages = languageOffer([...languagesOf(locales), { value: ALL, label: 'All languages' }]);
  const filter = new Filter<InboxPart>(() => [kindOffer(kinds), chatOffer, languages, widthOffer, findOffer]);
  const rows = exhibits.map(rowOf);
  const shown = computed(() => {
    const { kind, language, find } = filter.chosen.value;
    const isWanted = (row: Row) => fits(row, { kind, chat: '' }) && isFound(row, { severity: '', receiver: '', find });
    return rows.filter((row) => isWanted(row) && (language === ALL || language === localeOf(row)));
  });
  effect(() => {
    const { chat, width } = filter.chosen.value;
    Object.assign(document.documentElement.dataset, { chat, width });
  });
  const Page = () => (
    <Frame
      name="Gallery"
      status={<span id="counter">{`${shown.value.length} of ${rows.length} events and languages`}</span>}
      filter={<FilterBar filter={filter} />}
      keys={MESSAGE_KEYS}
    >
      <MessageList rows={shown.value} head={Facts} label="Every message" />
    </Frame>
  );
  render(<Page />, document.body);
  startMessageKeys((key) => filter.press(key));
}

document.addEventListener('DOMContentLoaded', () => {
  prepareCards();
  withoutToday();
  start(JSON.parse(document.getElementById('gallery')?.textContent ?? ''));
});
