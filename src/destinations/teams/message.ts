import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { RelayEvent } from '../../event/event.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import type { Mention, Reading, Telling, Voice } from '../../message/slots.ts';
import { cardText } from '../../message/text.ts';
import { buttonsIn, trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { chart } from './chart.ts';
import { body, button, entity, facts, headline, list, origin, run, text } from './elements.ts';

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

// A third button is always cut on a phone.
const BUTTONS = 2;

// Teams takes 28 KB of the card as JSON inside JSON (https://github.com/MicrosoftDocs/msteams-docs/issues/11274);
// the margin is for a service that escapes every letter outside ASCII.
export const teamsLimits: Limits<TeamsMessage> = {
  size: ({ attachments: [{ content }] }) => Buffer.byteLength(JSON.stringify(JSON.stringify(content))),
  most: 20_000,
};

/** A Teams message: one Adaptive Card 1.4 in the envelope of Workflows. */
export const formatTeams = (event: RelayEvent, voice: Voice, telling?: Telling): TeamsMessage =>
  fit(readEvent(event, voice, telling), whole, teamsPlain, teamsLimits);

/** The sentence and the first button alone, for a flow that refuses the card. */
export const formatTeamsPlain = (event: RelayEvent, voice: Voice, telling?: Telling): TeamsMessage =>
  teamsPlain(readEvent(event, voice, telling));

const teamsPlain = (reading: Reading): TeamsMessage => plain(trim(reading));

const plain = (reading: Reading): TeamsMessage =>
  envelope(reading, [text([run(reading.sentence)])], reading.actions.slice(0, 1));

const whole = (reading: Reading): TeamsMessage =>
  envelope(
    reading,
    [
      headline(reading),
      ...(reading.facts.length + reading.more > 0 ? [facts(reading)] : []),
      ...(reading.list ? [list(reading.list, reading.moreItems)] : []),
      ...(reading.body ? [body(reading.body)] : []),
      ...(reading.charts ?? []).map(chart),
      origin(reading),
    ],
    buttonsIn(reading.actions, BUTTONS),
    reading.mentions,
  );

const envelope = (
  reading: Reading,
  content: NonNullable<IAdaptiveCard['body']>,
  actions: Reading['actions'],
  mentions: readonly Mention[] = [],
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
          msteams: { width: 'full', ...(mentions.length > 0 && { entities: mentions.map(entity) }) },
          body: content,
          ...(actions.length > 0 && { actions: actions.map(button) }),
        },
      },
    ],
  };
};

export const teamsMessage = {
  format: formatTeams,
  plain: formatTeamsPlain,
  limits: teamsLimits,
} satisfies Message;
