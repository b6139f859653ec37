import { byId, copy } from './dom.ts';
import { startKeys } from './keys.ts';
import { MessageList } from './list.ts';
import { type Inbox, type InboxMessage, isRefused, keyOf, NAME, oneLine } from './message.ts';
import { rowsOf } from './rows.ts';
import { curlCommand, sendSample } from './sample.ts';
import { type Connection, Follower } from './stream.ts';
import { prepareCards } from './teams.ts';
import { applyTheme, startThemeSwitch } from './theme.ts';

// This script stands in the head: the chosen theme is there before anything is painted.
applyTheme();

const SAID: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
};

const count = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;

function complain(problem: string | undefined): void {
  byId('problem-text', HTMLElement).textContent = problem ?? '';
  byId('problem', HTMLElement).hidden = problem === undefined;
}

function announce(message: InboxMessage): void {
  const refused = isRefused(message) ? ` It was refused: ${message.status} ${message.answer}` : '';
  byId('announcer', HTMLElement).textContent = `${NAME[message.destination]}: ${oneLine(message)}${refused}`;
}

function showConnection(state: Connection): void {
  const dot = byId('connection', HTMLElement);
  dot.dataset['state'] = state;
  byId('connection-text', HTMLElement).textContent = SAID[state];
}

function showPlace(inbox: Inbox): void {
  const empty = inbox.messages.length === 0;
  byId('waiting', HTMLElement).hidden = !empty || !inbox.builtIn;
  byId('elsewhere', HTMLElement).hidden = inbox.builtIn;
  byId('receivers', HTMLElement).textContent = inbox.receivers.join(', ') || 'your own receivers';
  byId('clear', HTMLButtonElement).hidden = empty;
  byId('send', HTMLElement).hidden = empty && inbox.builtIn;
}

function startSending(): void {
  const buttons = [byId('send', HTMLButtonElement), byId('send-first', HTMLButtonElement)];
  const send = async (button: HTMLButtonElement): Promise<void> => {
    button.setAttribute('aria-busy', 'true');
    complain(await sendSample());
    button.removeAttribute('aria-busy');
  };
  for (const button of buttons) button.addEventListener('click', () => void send(button));
}

function startButtons(): void {
  const command = curlCommand(location.origin);
  byId('curl', HTMLElement).textContent = command;
  const copier = byId('copy-curl', HTMLButtonElement);
  copier.addEventListener('click', () => void copy(command, copier));
  byId('clear', HTMLButtonElement).addEventListener('click', async () => {
    const response = await fetch('/inbox/messages', { method: 'DELETE' }).catch(() => undefined);
    complain(response?.ok ? undefined : 'The messages could not be cleared. Is the relay still running?');
  });
  byId('dismiss', HTMLButtonElement).addEventListener('click', () => complain(undefined));
  const help = byId('help', HTMLDialogElement);
  byId('show-help', HTMLButtonElement).addEventListener('click', () => help.showModal());
  startSending();
  startKeys(help);
}

function startInbox(): void {
  const list = new MessageList(byId('messages', HTMLElement));
  let inbox: Inbox = { receivers: [], builtIn: true, messages: [] };

  const show = (next: Inbox): void => {
    inbox = next;
    const rows = rowsOf(inbox.messages);
    list.show(rows);
    showPlace(inbox);
    const total = `${count(inbox.messages.length, 'message')} · ${count(rows.length, 'event')}`;
    byId('counter', HTMLElement).textContent = inbox.messages.length === 0 ? 'No messages yet' : total;
    document.title =
      inbox.messages.length === 0 ? 'Inbox · autoscale-relay' : `(${rows.length}) Inbox · autoscale-relay`;
  };

  startThemeSwitch(byId('themes', HTMLElement), () => list.restyle());
  setInterval(() => list.tick(), 30_000);
  const follower = new Follower({
    connection: showConnection,
    inbox: show,
    cleared: () => show({ ...inbox, messages: [] }),
    message: (message) => {
      const others = inbox.messages.filter((known) => keyOf(known) !== keyOf(message));
      show({ ...inbox, messages: [message, ...others] });
      announce(message);
    },
  });
  follower.open();
}

document.addEventListener('DOMContentLoaded', () => {
  prepareCards();
  startButtons();
  startInbox();
});
