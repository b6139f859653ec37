import type { IColumnSet, IContainer, IOpenUrlAction, IRichTextBlock } from '@microsoft/teams.cards';
import type { Body, Fact, Mention, Reading, Tone } from './slots.ts';
import { cardText } from './text.ts';

const STYLE = {
  good: 'good',
  info: 'accent',
  neutral: 'emphasis',
  warning: 'warning',
  danger: 'attention',
} as const satisfies Record<Tone, string>;

// Text from outside is always a TextRun: a TextBlock and a FactSet run Markdown over it.

export const run = (value: string) => ({ type: 'TextRun', text: cardText(value) }) as const;

export const text = (inlines: NonNullable<IRichTextBlock['inlines']>): IRichTextBlock => ({
  type: 'RichTextBlock',
  inlines,
});

/** A time as the reader's own client writes it; with milliseconds it would show the braces. */
function ownTime(instant: string): string {
  const seconds = `${instant.slice(0, 19)}Z`;
  return `{{DATE(${seconds},SHORT)}} {{TIME(${seconds})}}`;
}

// Where a mention stands is a TextBlock, which runs Markdown: a name is cleared of what could be read as such.
const at = ({ name }: Mention): string => `<at>${name.replace(/[^\p{L}\p{N} .'-]/gu, '')}</at>`;

export const entity = (mention: Mention) => ({
  type: 'mention' as const,
  text: at(mention),
  mentioned: { id: mention.id, name: mention.name },
});

export const headline = ({ occurrence, tone, emoji, state, subject, figure, mention }: Reading): IContainer => ({
  type: 'Container',
  id: `event-${occurrence}`,
  style: STYLE[tone],
  bleed: true,
  items: [
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [
            {
              type: 'TextBlock',
              text: `${emoji} ${state}`,
              style: 'heading',
              weight: 'Bolder',
              size: 'Medium',
              wrap: true,
            },
            {
              ...text([
                { ...run(subject.text), size: 'Large', weight: 'Bolder' },
                ...(subject.where === '' ? [] : [{ ...run(subject.where), size: 'Large' as const }]),
              ]),
              spacing: 'Small',
            },
            ...(mention === undefined ? [] : [{ type: 'TextBlock' as const, text: at(mention), wrap: true }]),
          ],
        },
        ...(figure === undefined
          ? []
          : [
              {
                type: 'Column' as const,
                width: 'auto' as const,
                verticalContentAlignment: 'Center' as const,
                items: [
                  {
                    ...text([{ ...run(figure), size: 'ExtraLarge', weight: 'Bolder' }]),
                    horizontalAlignment: 'Right' as const,
                  },
                ],
              },
            ]),
      ],
    },
  ],
});

const fact = ({ label, value, code, instant }: Fact): IColumnSet => ({
  type: 'ColumnSet',
  spacing: 'Small',
  columns: [
    { type: 'Column', width: '120px', items: [text([{ ...run(label), weight: 'Bolder' }])] },
    {
      type: 'Column',
      width: 'stretch',
      items: [
        text([
          ...(instant === undefined ? [] : [{ type: 'TextRun' as const, text: `${ownTime(instant)} ` }]),
          { ...run(value), ...(code && { fontType: 'Monospace' as const }) },
        ]),
      ],
    },
  ],
});

export const facts = ({ facts, more, moreItems }: Reading): IContainer => ({
  type: 'Container',
  spacing: 'Medium',
  items: [...facts.map(fact), ...left(more, moreItems)],
});

/** The last line of what was cut. */
const left = (more: number, moreItems: Reading['moreItems']): IRichTextBlock[] =>
  more > 0 ? [{ ...text([{ ...run(moreItems(more)), isSubtle: true }]), spacing: 'Small' }] : [];

export const list = (
  { label, items, more }: NonNullable<Reading['list']>,
  moreItems: Reading['moreItems'],
): IContainer => ({
  type: 'Container',
  separator: true,
  spacing: 'Medium',
  items: [
    text([{ ...run(label), size: 'Small', weight: 'Bolder' }]),
    ...items.map((item) => ({ ...text([run(`• ${item}`)]), spacing: 'Small' as const })),
    ...left(more, moreItems),
  ],
});

export const body = ({ label, text: said, form }: Body): IContainer => ({
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    text([{ ...run(label), size: 'Small', weight: 'Bolder' }]),
    { ...text([{ ...run(said), ...(form !== undefined && { fontType: 'Monospace' as const }) }]), spacing: 'Small' },
  ],
});

export const origin = ({ id, origin: { source, place, occurredAt, written, marker } }: Reading): IRichTextBlock => {
  const own = { type: 'TextRun', size: 'Small', isSubtle: true } as const;
  return {
    ...text([
      { ...own, text: [cardText(source), ...(place === undefined ? [] : [cardText(place)]), ''].join(' · ') },
      { ...own, text: ownTime(occurredAt) },
      {
        ...own,
        text: cardText([` (${written})`, ...(marker === undefined ? [] : [`(${marker})`]), `id ${id}`].join(' · ')),
      },
    ]),
    separator: true,
    spacing: 'Medium',
  };
};

export const button = ({ title, hint, url }: Reading['actions'][number]): IOpenUrlAction => ({
  type: 'Action.OpenUrl',
  title,
  tooltip: cardText(hint),
  url,
});
