import type { ComponentChildren } from 'preact';
import { Chart, chartOfSlack } from './chart.tsx';
import { type Fields, fieldsOf, listOf, textOf } from './json.ts';
import { Link, Unknown } from './parts.tsx';
import { press } from './press.ts';
import { mrkdwn, withEmoji } from './slack-mrkdwn.tsx';
import { richText } from './slack-rich-text.tsx';

function textObject(value: unknown): ComponentChildren {
  const object = fieldsOf(value);
  const text = textOf(object['text']);
  if (object['type'] === 'mrkdwn') return mrkdwn(text, object['verbatim'] === true);
  return object['emoji'] === false ? text : withEmoji(text);
}

const picture = ({ alt_text }: Fields): ComponentChildren => (
  <span class="unknown">Image: {textOf(alt_text) || 'no description'}</span>
);

const button = ({ style, accessibility_label, url, text, action_id, value }: Fields): ComponentChildren =>
  url === undefined && textOf(value) !== '' ? (
    <button
      type="button"
      class={`slack-button ${textOf(style)}`.trim()}
      title={textOf(accessibility_label) || undefined}
      onClick={() => press(action_id, value)}
    >
      {textObject(text)}
    </button>
  ) : (
    <Link
      url={textOf(url)}
      class={`slack-button ${textOf(style)}`.trim()}
      title={textOf(accessibility_label) || undefined}
    >
      {textObject(text)}
    </Link>
  );

const words = (part: Fields): ComponentChildren => <span>{textObject(part)}</span>;

const ELEMENTS: Readonly<Record<string, (part: Fields) => ComponentChildren>> = {
  button,
  image: picture,
  mrkdwn: words,
  plain_text: words,
};

function element(value: unknown): ComponentChildren {
  const part = fieldsOf(value);
  return ELEMENTS[textOf(part['type'])]?.(part) ?? <Unknown as="span" what="element" type={part['type']} />;
}

function section({ fields, text, accessory }: Fields): ComponentChildren {
  const pairs = listOf(fields).map((field) => <div class="field">{textObject(field)}</div>);
  return (
    <div class="section">
      {text !== undefined && <div class="line">{textObject(text)}</div>}
      {pairs.length > 0 && <div class="fields">{pairs}</div>}
      {accessory !== undefined && <div class="accessory">{element(accessory)}</div>}
    </div>
  );
}

const elements = (name: string, block: Fields): ComponentChildren => (
  <div class={name}>{listOf(block['elements']).map(element)}</div>
);

const BLOCKS: Readonly<Record<string, (block: Fields) => ComponentChildren>> = {
  section,
  rich_text: richText,
  header: ({ text }) => (
    <div class="title" role="heading" aria-level={3}>
      {textObject(text)}
    </div>
  ),
  context: (block) => elements('context', block),
  actions: (block) => elements('actions', block),
  divider: () => <hr />,
  image: picture,
  data_visualization: (block) => <Chart chart={chartOfSlack(block)} />,
};

export function drawBlock(value: unknown): ComponentChildren {
  const block = fieldsOf(value);
  return BLOCKS[textOf(block['type'])]?.(block) ?? <Unknown what="block" type={block['type']} />;
}
