import type { ComponentChildren } from 'preact';
import { type Fields, fieldsOf, listOf, textOf } from './json.ts';
import { Link, Unknown } from './parts.tsx';
import { tokensIn } from './tokens.ts';

const ENTITY: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', '#39': "'" };

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITY[name] ?? '');

const HTML =
  /<br ?\/?>|<b>(?<bold>[\s\S]*?)<\/b>|<i>(?<italic>[\s\S]*?)<\/i>|<a href="(?<url>[^"]*)">(?<label>[\s\S]*?)<\/a>/g;

/** The HTML of a card's text, as nodes: what is none of it stays text. */
const drawn = (text: string): ComponentChildren[] =>
  tokensIn(
    text,
    HTML,
    ({ groups: { bold, italic, url, label } = {} }) => {
      if (bold !== undefined) return <strong>{drawn(bold)}</strong>;
      if (italic !== undefined) return <em>{drawn(italic)}</em>;
      return label === undefined ? <br /> : <Link url={decode(url ?? '')}>{drawn(label)}</Link>;
    },
    decode,
  );

const TEXT = /<users\/(?<user>all|\d+)>|<(?<url>https:[^|>]+)\|(?<label>[^>]+)>|(?<bare>https:\/\/[^\s<>]+)|\n/g;

/** Chat's own marks, as far as messages have them: mentions and links. */
const said = (text: string): ComponentChildren[] =>
  tokensIn(text, TEXT, ({ groups: { user, url, label, bare } = {} }) => {
    if (user !== undefined) return <span class="mention">{`@${user}`}</span>;
    const address = url ?? bare;
    return address === undefined ? <br /> : <Link url={address}>{label ?? address}</Link>;
  });

function Widget({ widget }: { readonly widget: Fields }) {
  const { textParagraph, decoratedText, buttonList } = widget;
  if (textParagraph !== undefined) return <p>{drawn(textOf(fieldsOf(textParagraph)['text']))}</p>;
  if (decoratedText !== undefined) {
    const { topLabel, text } = fieldsOf(decoratedText);
    return (
      <p class="decorated">
        <small>{textOf(topLabel)}</small>
        <span>{drawn(textOf(text))}</span>
      </p>
    );
  }
  if (buttonList === undefined) return <Unknown what="The widget" type={Object.keys(widget)[0]} />;
  return (
    <p class="buttons">
      {listOf(fieldsOf(buttonList)['buttons'])
        .map(fieldsOf)
        .map(({ text, altText, onClick }) => (
          <Link
            class="chat-button"
            title={textOf(altText)}
            url={textOf(fieldsOf(fieldsOf(onClick)['openLink'])['url'])}
          >
            {textOf(text)}
          </Link>
        ))}
    </p>
  );
}

/** What Google Chat gets: the text above, and its card section by section. */
export function GoogleChatBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const { text, cardsV2 } = fieldsOf(payload);
  const { card } = fieldsOf(listOf(cardsV2)[0]);
  const { header, sections } = fieldsOf(card);
  const { title, subtitle } = fieldsOf(header);
  return (
    <div lang={locale}>
      <p>{said(textOf(text))}</p>
      {card !== undefined && (
        <div class="chat-card">
          <header>
            <strong>{textOf(title)}</strong>
            <small>{textOf(subtitle)}</small>
          </header>
          {listOf(sections).map((section) => (
            <section>
              {listOf(fieldsOf(section)['widgets']).map((widget) => (
                <Widget widget={fieldsOf(widget)} />
              ))}
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
