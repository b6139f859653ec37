import { byId, el } from './dom.ts';
import { fieldsOf, listOf, textOf, wordsOf } from './json.ts';
import { startKeys } from './keys.ts';
import type { Lens } from './lens.ts';
import { LensBar } from './lens-bar.ts';
import { MessageList, title } from './list.ts';
import { readMessage } from './message.ts';
import { chatOffer, kindOffer, languageName, languageOffer, widthOffer } from './offers.ts';
import type { Row } from './rows.ts';
import { withoutToday } from './slack-date.ts';
import { prepareCards } from './teams.ts';
import { applyTheme, startThemeSwitch } from './theme.ts';

applyTheme();

const ALL = 'all';

/** One event in one language, as every chat gets it. */
interface Exhibit extends Row {
  readonly kind: string;
  readonly locale: string;
}

function exhibitOf(value: unknown): Exhibit {
  const exhibit = fieldsOf(value);
  const [variant, locale] = [textOf(exhibit['variant']), textOf(exhibit['locale'])];
  const about = exhibit['about'];
  const messages = listOf(exhibit['messages']).flatMap((message, id) => {
    const read = readMessage({ ...fieldsOf(message), id, about, locale, event: variant });
    return read === undefined ? [] : [[read.destination, { ...read, voice: locale }] as const];
  });
  return {
    key: `${variant} ${locale}`,
    event: variant,
    startedAt: Number.NaN,
    kind: textOf(fieldsOf(about)['kind']),
    locale,
    messages: Object.fromEntries(messages),
  };
}

const head = (row: Row): HTMLElement => {
  const { locale } = Object.values(row.messages)[0] ?? { locale: 'en' };
  const facts = el(
    'p',
    { class: 'row-facts' },
    el('code', {}, row.event),
    el('span', { lang: locale }, languageName(locale)),
  );
  return el('div', { class: 'row-head' }, facts, title(row));
};

const fits = ({ kind, locale }: Exhibit, lens: Lens): boolean =>
  (lens.kind === '' || lens.kind === kind) && (lens.locale === ALL || lens.locale === locale);

document.addEventListener('DOMContentLoaded', () => {
  prepareCards();
  withoutToday();
  const data = fieldsOf(JSON.parse(byId('gallery', HTMLElement).textContent));
  const exhibits = listOf(data['exhibits']).map(exhibitOf);
  const list = new MessageList(byId('messages', HTMLElement), head);
  const look = (lens: Lens): void => {
    Object.assign(document.documentElement.dataset, { chat: lens.chat, width: lens.width });
    const shown = exhibits.filter((exhibit) => fits(exhibit, lens));
    list.show(shown);
    byId('counter', HTMLElement).textContent = `${shown.length} of ${exhibits.length} events and languages`;
  };
  // One language to begin with: the others are the same messages again.
  const { choices, ...language } = languageOffer(wordsOf(data['locales']), '');
  const languages = { ...language, choices: [...choices.slice(1), { value: ALL, label: 'All languages' }] };
  const offers = [kindOffer(wordsOf(data['kinds'])), chatOffer, languages, widthOffer];
  const bar = new LensBar(byId('lens', HTMLElement), offers, look);
  startThemeSwitch(byId('themes', HTMLElement), () => list.restyle());
  startKeys(byId('help', HTMLDialogElement), (key) => bar.press(key));
});
