import type { ComponentChildren } from 'preact';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './json.ts';
import { Link, Unknown } from './parts.tsx';
import { dateNode } from './slack-date.tsx';
import { emojiOf } from './slack-emoji.ts';
import { mention } from './slack-mrkdwn.tsx';

const STYLES = [
  ['code', 'code'],
  ['strike', 's'],
  ['italic', 'em'],
  ['bold', 'strong'],
] as const;

const styled = (drawn: ComponentChildren, style: Fields): ComponentChildren =>
  STYLES.reduce((inner, [name, Tag]) => (style[name] === true ? <Tag>{inner}</Tag> : inner), drawn);

const INLINE: Readonly<Record<string, (element: Fields) => ComponentChildren>> = {
  text: ({ text }) => textOf(text),
  link: ({ url, text }) => <Link url={textOf(url)}>{textOf(text) || textOf(url)}</Link>,
  emoji: ({ name, unicode }) => emojiOf(textOf(name), textOf(unicode)),
  date: ({ timestamp, format, url, fallback }) =>
    dateNode({ unix: numberOf(timestamp), format: textOf(format), url: textOf(url), fallback: textOf(fallback) }),
  user: ({ user_id }) => mention(`@${textOf(user_id)}`),
  usergroup: ({ usergroup_id }) => mention(`@${textOf(usergroup_id)}`),
  channel: ({ channel_id }) => mention(`#${textOf(channel_id)}`),
  broadcast: ({ range }) => mention(`@${textOf(range)}`),
  color: ({ value }) => <code>{textOf(value)}</code>,
};

function inline(value: unknown): ComponentChildren {
  const element = fieldsOf(value);
  const draw = INLINE[textOf(element['type'])];
  if (draw === undefined) return <Unknown as="span" what="element" type={element['type']} />;
  return styled(draw(element), fieldsOf(element['style']));
}

const inlines = (part: Fields): ComponentChildren => listOf(part['elements']).map(inline);

function list(part: Fields): ComponentChildren {
  const isOrdered = part['style'] === 'ordered';
  const offset = numberOf(part['offset']);
  const Tag = isOrdered ? 'ol' : 'ul';
  return (
    <Tag
      start={isOrdered && offset > 0 ? offset + 1 : undefined}
      data-indent={Math.min(8, Math.max(0, numberOf(part['indent']) || 0))}
    >
      {listOf(part['elements']).map((item) => (
        <li>{inlines(fieldsOf(item))}</li>
      ))}
    </Tag>
  );
}

const PARTS: Readonly<Record<string, (part: Fields) => ComponentChildren>> = {
  rich_text_section: (part) => <div class="line">{inlines(part)}</div>,
  rich_text_list: list,
  rich_text_quote: (part) => <blockquote>{inlines(part)}</blockquote>,
  rich_text_preformatted: (part) => <pre>{inlines(part)}</pre>,
};

function partOf(value: unknown): ComponentChildren {
  const part = fieldsOf(value);
  return PARTS[textOf(part['type'])]?.(part) ?? <Unknown what="element" type={part['type']} />;
}

export const richText = (block: Fields): ComponentChildren => (
  <div class="rich">{listOf(block['elements']).map(partOf)}</div>
);
