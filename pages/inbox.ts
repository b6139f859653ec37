import { byId, copies } from './dom.ts';
import { fieldsOf, wordsOf } from './json.ts';
import { startKeys } from './keys.ts';
import { type Lens, PLAIN } from './lens.ts';
import { LensBar } from './lens-bar.ts';
import { inboxHead, MessageList } from './list.ts';
import { type Inbox, keyOf, kindOf, NOTHING } from './message.ts';
import { chatOffer, kindOffer, languageOffer, widthOffer, zoneOffer } from './offers.ts';
import { announceMessage, complain, showConnection, showCount, showPlace } from './place.ts';
import { Retold } from './retold.ts';
import { type Row, rowsOf } from './rows.ts';
import { curlCommand, receiversHere, sendSample } from './sample.ts';
import { Follower } from './stream.ts';
import { prepareCards } from './teams.ts';
import { applyTheme, startThemeSwitch } from './theme.ts';

// This script stands in the head: the chosen theme is there before anything is painted.
applyTheme();

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
  copies(byId('copy-curl', HTMLButtonElement), 'the command', () => command);
  const receivers = receiversHere(location.origin);
  byId('try-here', HTMLElement).textContent = receivers;
  copies(byId('copy-try-here', HTMLButtonElement), 'the receivers', () => receivers);
  byId('clear', HTMLButtonElement).addEventListener('click', async () => {
    const response = await fetch('/inbox/messages', { method: 'DELETE' }).catch(() => undefined);
    complain(response?.ok ? undefined : 'The messages could not be cleared. Is the relay still running?');
  });
  byId('dismiss', HTMLButtonElement).addEventListener('click', () => complain(undefined));
  startSending();
}

const fits = (row: Row, { kind, chat }: Lens): boolean => {
  const messages = Object.entries(row.messages).filter(([destination]) => chat === '' || destination === chat);
  return messages.some(([, message]) => kind === '' || kindOf(message) === kind);
};

/** The list of messages as a lens shows it; what comes and what is chosen meet here. */
function startList(): { show(inbox: Inbox): void; look(lens: Lens): void; askAgain(): void } {
  const list = new MessageList(byId('messages', HTMLElement), inboxHead);
  let inbox = NOTHING;
  let lens = PLAIN;
  const draw = (): void => {
    const all = rowsOf(inbox.messages.map((message) => retold.in(lens, message)));
    const shown = all.filter((row) => fits(row, lens));
    list.show(shown);
    showCount(inbox.messages.length, all, shown);
  };
  const retold = new Retold(draw);
  startThemeSwitch(byId('themes', HTMLElement), () => list.restyle());
  setInterval(() => list.tick(), 30_000);
  return {
    show(next) {
      inbox = next;
      if (next.messages.length === 0) retold.forget();
      showPlace(next);
      draw();
    },
    look(next) {
      lens = next;
      Object.assign(document.documentElement.dataset, { chat: lens.chat, width: lens.width });
      retold.askAgain();
      draw();
    },
    askAgain() {
      retold.askAgain();
      draw();
    },
  };
}

function startFollowing({ show, askAgain }: ReturnType<typeof startList>): void {
  let inbox = NOTHING;
  const take = (next: Inbox): void => {
    inbox = next;
    show(inbox);
  };
  const follower = new Follower({
    connection(state) {
      showConnection(state);
      if (state === 'live') askAgain();
    },
    inbox: take,
    cleared: () => take({ ...inbox, messages: [] }),
    message: (message) => {
      const others = inbox.messages.filter((known) => keyOf(known) !== keyOf(message));
      take({ ...inbox, messages: [message, ...others] });
      announceMessage(message);
    },
  });
  follower.open();
}

/** What can be chosen is asked for: a kind or a language that is added is offered here without a word. */
async function choices(): Promise<{ readonly kinds: readonly string[]; readonly locales: readonly string[] }> {
  const response = await fetch('/inbox/choices').catch(() => undefined);
  const known = fieldsOf(response?.ok ? await response.json() : undefined);
  return { kinds: wordsOf(known['kinds']), locales: wordsOf(known['locales']) };
}

document.addEventListener('DOMContentLoaded', async () => {
  prepareCards();
  startButtons();
  const list = startList();
  const { kinds, locales } = await choices();
  const offers = [kindOffer(kinds), chatOffer, languageOffer(locales, 'As it was sent'), zoneOffer(), widthOffer];
  const bar = new LensBar(byId('lens', HTMLElement), offers, (lens) => list.look(lens));
  byId('show-all', HTMLButtonElement).addEventListener('click', () => {
    bar.choose('kind', '');
    bar.choose('chat', '');
  });
  startKeys(byId('help', HTMLDialogElement), (key) => bar.press(key));
  startFollowing(list);
});
