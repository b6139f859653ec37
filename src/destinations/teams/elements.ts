import type {
  IColumnSet,
  IContainer,
  IExecuteAction,
  IOpenUrlAction,
  IRichTextBlock,
  ITextBlock,
} from '@microsoft/teams.cards';
import {
  type Body,
  type Fact,
  type Item,
  type Mention,
  type Reading,
  stateOf,
  type Tone,
} from '../../message/slots.ts';
import { cardText } from '../../message/text.ts';
import { utc } from '../../message/written.ts';
import { eventMark } from '../event-mark.ts';

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

/**
 * A time as written, and as the reader's own client writes it. Clients promise that for a TextBlock alone, and some show
 * the braces elsewhere; with milliseconds all do. A TextBlock runs Markdown, so nothing from outside may be in it. On iOS a
 * card that mentions somebody shows the braces everywhere: there, the time as written is enough.
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features#datetime-formatting-and-localization
 * https://github.com/MicrosoftDocs/msteams-docs/issues/5480, https://github.com/MicrosoftDocs/msteams-docs/issues/4253
 */
function times(written: string, instant: string, { mentions }: Pick<Reading, 'mentions'>, between = ''): ITextBlock {
  const seconds = `${instant.slice(0, 19)}Z`;
  const own = mentions.length > 0 ? '' : `${between} {{DATE(${seconds},SHORT)}} {{TIME(${seconds})}}`;
  return { type: 'TextBlock', text: written + own, wrap: true };
}

/** A name without what Markdown could read as its own. */
const bare = (name: string): string => name.replace(/[^\p{L}\p{N} .'-]/gu, '');

const at = ({ name }: Mention): string => `<at>${bare(name)}</at>`;

export const entity = (mention: Mention) => ({
  type: 'mention' as const,
  text: at(mention),
  mentioned: { id: mention.id, name: mention.name },
});

export const headline = ({ occurrence, tone, emoji, subject, figure, mentions, ...reading }: Reading): IContainer => ({
  type: 'Container',
  id: eventMark(occurrence),
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
            { type: 'TextBlock', text: `${emoji} ${stateOf(reading)}`, weight: 'Bolder', size: 'Medium', wrap: true },
            {
              ...text([
                { ...run(subject.text), size: 'Large', weight: 'Bolder' },
                ...(subject.where === '' ? [] : [{ ...run(subject.where), size: 'Large' as const }]),
              ]),
              spacing: 'Small',
            },
            ...(mentions.length === 0
              ? []
              : [{ type: 'TextBlock' as const, text: mentions.map(at).join(' '), wrap: true }]),
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

/** A time, and below it what else the value says, which may be from outside. */
function timed(value: string, instant: string, reading: Pick<Reading, 'mentions'>): NonNullable<IContainer['items']> {
  const written = `(${utc(instant)})`;
  const rest = value.replace(written, '').replace(/^ · /, '');
  return [
    times(written, instant, reading),
    ...(rest === '' ? [] : [{ ...text([run(rest)]), spacing: 'None' as const }]),
  ];
}

const fact = ({ label, value, code, instant }: Fact, reading: Pick<Reading, 'mentions'>): IColumnSet => ({
  type: 'ColumnSet',
  spacing: 'Small',
  columns: [
    { type: 'Column', width: '120px', items: [text([{ ...run(label), weight: 'Bolder' }])] },
    {
      type: 'Column',
      width: 'stretch',
      items:
        instant === undefined
          ? [text([{ ...run(value), ...(code && { fontType: 'Monospace' as const }) }])]
          : timed(value, instant, reading),
    },
  ],
});

export const facts = ({ facts, more, moreItems, mentions }: Reading): IContainer => ({
  type: 'Container',
  spacing: 'Medium',
  items: [...facts.map((each) => fact(each, { mentions })), ...left(more, moreItems)],
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
    ...items.map((item) => ({ ...text(line(item)), spacing: 'Small' as const })),
    ...left(more, moreItems),
  ],
});

/** In as few runs as can be: a list may have many lines, and a card has a largest size. */
function line({ text: about, url, said }: Item) {
  const after = said === undefined ? '' : ` · ${said}`;
  if (url === undefined) return [run(`• ${about}${after}`)];
  return [
    run('• '),
    { ...run(about), selectAction: { type: 'Action.OpenUrl' as const, url } },
    ...(after === '' ? [] : [run(after)]),
  ];
}

export const body = ({ label, text: said, form }: Body): IContainer => ({
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    text([{ ...run(label), size: 'Small', weight: 'Bolder' }]),
    { ...text([{ ...run(said), ...(form !== undefined && { fontType: 'Monospace' as const }) }]), spacing: 'Small' },
  ],
});

export const origin = ({ id, mentions, origin: from }: Reading): IContainer => {
  const { source, place, occurredAt, written, marker } = from;
  const own = { size: 'Small', isSubtle: true } as const;
  const rest = [place, marker && `(${marker})`, `id ${id}`].filter(Boolean).join(' · ');
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      { ...times(`${bare(source)} · ${written}`, occurredAt, { mentions }, ' ·'), ...own },
      { ...text([{ ...run(rest), ...own }]), spacing: 'None' },
    ],
  };
};

export const button = ({ title, url, act }: Reading['actions'][number]): IOpenUrlAction | IExecuteAction =>
  act?.token === undefined
    ? { type: 'Action.OpenUrl', title, url }
    : { type: 'Action.Execute', title, verb: `relay:${act.name}`, data: { token: act.token } };
