import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { ClearButton } from './clear-button.tsx';
import { Filter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { ConnectionState, Frame, Places, Problem } from './frame.tsx';
import { findOffer, type InboxPart, isFound, receiverOffer, severityOffer, viewOffer } from './inbox-filter.ts';
import { closeCards, InboxList } from './inbox-list.tsx';
import { Elsewhere, SendButton, Waiting } from './inbox-places.tsx';
import { isRefused, NAME, oneLine } from './message.ts';
import { MESSAGE_KEYS, startMessageKeys } from './message-keys.ts';
import { firstOf, MessageList } from './message-list.tsx';
import { Moment } from './moment.tsx';
import { chatOffer, kindOffer, languageOffer, languagesOf, widthOffer, zoneOffer } from './offers.ts';
import { Button, counted } from './parts.tsx';
import { Retold } from './retold.ts';
import { fits, type Row, rowsOf } from './rows.ts';
import { ago } from './slack-date.tsx';
import { announce, connection } from './state.ts';
import { Follower } from './stream.ts';
import { prepareCards } from './teams.tsx';
import { startUnseen, Unseen } from './unseen.tsx';
import { rememberView } from './view-kept.ts';

const AS_SENT = { value: '', label: 'As it was sent' };

const choices = signal<{ readonly kinds: readonly string[]; readonly locales: readonly string[] }>({
  kinds: [],
  locales: [],
});

const follower = new Follower((message) => {
  const refused = isRefused(message) ? ` It was refused: ${message.status} ${message.answer}` : '';
  announce(`${NAME[message.destination]}: ${oneLine(message)}${refused}`);
});

const messages = computed(() => follower.inbox.value?.messages ?? []);

const filter = new Filter<InboxPart>(() => [
  viewOffer,
  kindOffer(choices.value.kinds),
  severityOffer,
  receiverOffer(messages.value),
  chatOffer,
  languageOffer([AS_SENT, ...languagesOf(choices.value.locales)]),
  zoneOffer(),
  widthOffer,
  findOffer,
]);

const retold = new Retold();
const all = computed(() => rowsOf(messages.value.map((message) => retold.in(filter.chosen.value, message))));
const shown = computed(() =>
  all.value.filter((row) => fits(row, filter.chosen.value) && isFound(row, filter.chosen.value)),
);

const now = signal(Date.now());

const Ago = ({ at }: { readonly at: number }) => <span class="ago">{now.value > 0 && ago(new Date(at))}</span>;

/** When it happened, and which event it is. */
const Facts = ({ row }: { readonly row: Row }) => (
  <p class="row-facts">
    <Moment at={new Date(row.startedAt).toISOString()} />
    <Ago at={row.startedAt} />
    <span>
      id <code>{firstOf(row)?.shown ?? row.event}</code>
    </span>
  </p>
);

function Counter() {
  const events = counted(all.value.length, 'event');
  const whole = `${counted(messages.value.length, 'message')} · ${events}`;
  const total = all.value.length === shown.value.length ? whole : `${shown.value.length} of ${events} shown`;
  if (follower.inbox.value === undefined) return <span id="counter" />;
  return <span id="counter">{messages.value.length === 0 ? 'No messages yet' : total}</span>;
}

const Tools = ({ isWaiting }: { readonly isWaiting: boolean }) => (
  <>
    <Places here="Inbox" />
    {!isWaiting && <SendButton id="send" />}
    {messages.value.length > 0 && <ClearButton count={messages.value.length} />}
  </>
);

const Nothing = () => (
  <section class="card-like" aria-label="Nothing to show">
    <p>No message fits this choice.</p>
    <Button press={() => filter.choose({ kind: '', chat: '', severity: '', receiver: '', find: '' })}>Show all</Button>
  </section>
);

function Shown() {
  const isList = filter.chosen.value.view === 'list';
  if (isList) return shown.value.length > 0 ? <InboxList rows={shown.value} head={Facts} /> : null;
  return <MessageList rows={shown.value} head={Facts} label="Messages, newest first" />;
}

function InboxPage() {
  const { receivers = [], elsewhere = [] } = follower.inbox.value ?? {};
  const isRead = follower.inbox.value !== undefined;
  const isEmpty = messages.value.length === 0;
  const isDeserted = elsewhere.length > 0 && elsewhere.length === receivers.length;
  const isWaiting = isEmpty && !isDeserted;
  return (
    <Frame
      name="Inbox"
      status={[<ConnectionState />, <Counter />]}
      tools={<Tools isWaiting={!isRead || isWaiting} />}
      filter={<FilterBar filter={filter} hidden={isEmpty} />}
      keys={[...MESSAGE_KEYS, ['v s', 'Cards or list, next severity'], ['/', 'Find']]}
    >
      <Problem />
      {elsewhere.length > 0 && <Elsewhere names={elsewhere} isAll={isDeserted} />}
      {isRead && isWaiting && <Waiting />}
      {!isEmpty && shown.value.length === 0 && <Nothing />}
      {isRead && <Shown />}
      <Unseen />
    </Frame>
  );
}

function startEffects(): void {
  startUnseen(messages);
  rememberView(filter);
  effect(() => {
    const { chat, width } = filter.chosen.value;
    Object.assign(document.documentElement.dataset, { chat, width });
  });
  effect(() => {
    if (connection.value === 'live' && filter.chosen.value) retold.askAgain();
  });
  effect(() => {
    if (messages.value.length === 0) retold.forget();
  });
  effect(() => {
    document.title = `${messages.value.length === 0 ? '' : `(${all.value.length}) `}Inbox · autoscale-relay`;
  });
  setInterval(() => {
    now.value = Date.now();
  }, 30_000);
}

function press(key: string): boolean {
  if (key === 'Escape') return closeCards();
  if (key !== '/') return filter.press(key);
  document.querySelector<HTMLInputElement>('input[name="find"]')?.focus();
  return true;
}

document.addEventListener('DOMContentLoaded', async () => {
  prepareCards();
  startEffects();
  render(<InboxPage />, document.body);
  startMessageKeys(press);
  // What can be chosen is asked for: a kind or a language that is added is offered here without a word.
  const response = await fetch('/inbox/choices').catch(() => undefined);
  if (response?.ok) choices.value = await response.json();
  follower.open();
});
