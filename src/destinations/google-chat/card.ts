import { type Action, type Body, type Fact, type Item, type Reading, stateOf } from '../../message/slots.ts';
import { eventMark } from '../event-mark.ts';
import { bold, html, link, plain } from './markup.ts';

/** Of the widgets that there are, those that a message uses: https://developers.google.com/workspace/chat/api/reference/rest/v1/cards#Widget */
type Widget =
  | { readonly textParagraph: { readonly text: string } }
  | { readonly decoratedText: { readonly topLabel: string; readonly text: string; readonly wrapText: true } }
  | { readonly buttonList: { readonly buttons: readonly Button[] } };

interface Button {
  readonly text: string;
  /** What it does, for screen readers. */
  readonly altText: string;
  readonly onClick: { readonly openLink: { readonly url: string } };
}

/** https://developers.google.com/workspace/chat/api/reference/rest/v1/CardWithId */
export interface CardWithId {
  readonly cardId: string;
  readonly card: {
    readonly header: { readonly title: string; readonly subtitle: string };
    readonly sections: readonly { readonly widgets: readonly Widget[] }[];
  };
}

/** The card of a message: what happened and to what above, facts, list and text below a line each, the links and the origin last. */
export const cardOf = (reading: Reading): CardWithId => ({
  cardId: eventMark(reading.occurrence),
  card: {
    header: {
      title: plain(`${reading.emoji} ${stateOf(reading)}`),
      subtitle: plain(reading.origin.source),
    },
    sections: [
      [headline(reading), ...facts(reading)],
      ...(reading.list ? [[list(reading.list, reading.moreItems)]] : []),
      ...(reading.body ? [[body(reading.body)]] : []),
      [...(reading.actions.length > 0 ? [buttons(reading.actions)] : []), paragraph(html(origin(reading)))],
    ].map((widgets) => ({ widgets })),
  },
});

const paragraph = (text: string): Widget => ({ textParagraph: { text } });

const headline = ({ subject, figure }: Reading): Widget =>
  paragraph(
    [`<b>${linked(subject)}</b>${html(subject.where)}`, ...(figure === undefined ? [] : [bold(figure)])].join(' '),
  );

const linked = ({ text, url }: Item): string => (url === undefined ? html(text) : link(text, url));

const facts = ({ facts, more, moreItems }: Reading): readonly Widget[] => [
  ...facts.map(fact),
  ...(more > 0 ? [paragraph(html(moreItems(more)))] : []),
];

// No reader's own time stands before it, as in other chats: a label without its value would be cut, so the value wraps.
const fact = ({ label, value }: Fact): Widget => ({
  decoratedText: {
    topLabel: plain(label),
    text: html(value.replace(/^\((.{16} UTC)\)/, '$1')),
    wrapText: true,
  },
});

const list = ({ label, items, more }: NonNullable<Reading['list']>, moreItems: Reading['moreItems']): Widget =>
  paragraph([bold(label), ...items.map(line), ...(more > 0 ? [html(moreItems(more))] : [])].join('<br>'));

const line = ({ said, ...item }: Item): string => `• ${linked(item)}${said === undefined ? '' : html(` · ${said}`)}`;

const body = ({ label, text }: Body): Widget => paragraph(`${bold(label)}<br>${html(text)}`);

const buttons = (actions: readonly Action[]): Widget => ({
  buttonList: {
    buttons: actions.map(({ title, hint, url }) => ({
      text: plain(title),
      altText: plain(hint),
      onClick: { openLink: { url } },
    })),
  },
});

const origin = ({ id, origin: { place, written, marker } }: Reading): string =>
  [place, written, marker && `(${marker})`, `id ${id}`].filter(Boolean).join(' · ');
