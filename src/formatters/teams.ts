import type { IAdaptiveCard, IColumnSet, IContainer, IOpenUrlAction, IRichTextBlock } from '@microsoft/teams.cards';
import { fit, type Limits, trim } from './fit.ts';
import type { Fact, Reading, Tone } from './slots.ts';
import { cardText } from './text.ts';

/** What the "When a Teams webhook request is received" trigger of Workflows takes. */
export interface TeamsMessage {
  readonly type: 'message';
  /** Ignored by the standard flow; of use to a customised one. */
  readonly summary: string;
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: IAdaptiveCard;
    },
  ];
}

const STYLE = {
  good: 'good',
  info: 'accent',
  neutral: 'emphasis',
  warning: 'warning',
  danger: 'attention',
} as const satisfies Record<Tone, string>;

// A third button is always cut on a phone.
const BUTTONS = 2;

// Teams takes 28 KB of the card as JSON inside JSON (https://github.com/MicrosoftDocs/msteams-docs/issues/11274);
// the margin is for a service that escapes every letter outside ASCII.
export const teamsLimits: Limits<TeamsMessage> = {
  size: ({ attachments: [{ content }] }) => Buffer.byteLength(JSON.stringify(JSON.stringify(content))),
  most: 20_000,
};

/** A Teams message: one Adaptive Card 1.4 in the envelope of Workflows. */
export const teamsMessage = (reading: Reading): TeamsMessage => fit(reading, whole, teamsPlain, teamsLimits);

/** The sentence and the first button alone, for a flow that refuses the card. */
export const teamsPlain = (reading: Reading): TeamsMessage => plain(trim(reading));

const plain = (reading: Reading): TeamsMessage =>
  envelope(reading, [text([run(reading.sentence)])], reading.actions.slice(0, 1));

const whole = (reading: Reading): TeamsMessage =>
  envelope(
    reading,
    [
      headline(reading),
      ...(reading.facts.length > 0
        ? [{ type: 'Container' as const, spacing: 'Medium' as const, items: reading.facts.map(fact) }]
        : []),
      ...(reading.body ? [body(reading.body)] : []),
      origin(reading),
    ],
    reading.actions.slice(0, BUTTONS),
  );

const envelope = (
  reading: Reading,
  content: NonNullable<IAdaptiveCard['body']>,
  actions: Reading['actions'],
): TeamsMessage => {
  const sentence = cardText(reading.sentence);
  return {
    type: 'message',
    summary: sentence,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          type: 'AdaptiveCard',
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          version: '1.4',
          lang: reading.locale,
          fallbackText: sentence,
          speak: sentence,
          msteams: { width: 'full' },
          body: content,
          ...(actions.length > 0 && { actions: actions.map(button) }),
        },
      },
    ],
  };
};

// Text from outside is always a TextRun: a TextBlock and a FactSet run Markdown over it.

const run = (value: string) => ({ type: 'TextRun', text: cardText(value) }) as const;

const text = (inlines: NonNullable<IRichTextBlock['inlines']>): IRichTextBlock => ({ type: 'RichTextBlock', inlines });

const headline = ({ id, tone, emoji, state, subject, figure }: Reading): IContainer => ({
  type: 'Container',
  id: `event-${id}`,
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
            { ...text([{ ...run(subject.text), size: 'Large', weight: 'Bolder' }]), spacing: 'Small' },
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

const fact = ({ label, value, code }: Fact): IColumnSet => ({
  type: 'ColumnSet',
  spacing: 'Small',
  columns: [
    { type: 'Column', width: '120px', items: [text([{ ...run(label), weight: 'Bolder' }])] },
    {
      type: 'Column',
      width: 'stretch',
      items: [text([{ ...run(value), ...(code && { fontType: 'Monospace' as const }) }])],
    },
  ],
});

const body = ({ label, text: said, output }: NonNullable<Reading['body']>): IContainer => ({
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    text([{ ...run(label), size: 'Small', weight: 'Bolder' }]),
    { ...text([{ ...run(said), ...(output && { fontType: 'Monospace' as const }) }]), spacing: 'Small' },
  ],
});

// Dates are shown in the reader's own zone; with milliseconds the client would show the braces.
const origin = ({ id, origin: { source, place, occurredAt, written } }: Reading): IRichTextBlock => {
  const at = `${occurredAt.slice(0, 19)}Z`;
  const own = { type: 'TextRun', size: 'Small', isSubtle: true } as const;
  return {
    ...text([
      { ...own, text: [cardText(source), ...(place === undefined ? [] : [cardText(place)]), ''].join(' · ') },
      { ...own, text: `{{DATE(${at},SHORT)}} {{TIME(${at})}}` },
      { ...own, text: ` (${written}) · id ${id}` },
    ]),
    separator: true,
    spacing: 'Medium',
  };
};

const button = ({ title, hint, url }: Reading['actions'][number]): IOpenUrlAction => ({
  type: 'Action.OpenUrl',
  title,
  tooltip: cardText(hint),
  url,
});
