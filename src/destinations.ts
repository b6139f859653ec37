import { type AnswerTable, slackAnswers, teamsAnswers } from './delivery/answer.ts';
import { slackMessage, slackPlain } from './formatters/slack.ts';
import type { Reading } from './formatters/slots.ts';
import { teamsMessage, teamsPlain } from './formatters/teams.ts';
import type { Ports } from './ports.ts';

/** A kind of receiver: how it is written to, how a message gets there, and what its answers mean. */
interface Destination {
  readonly format: (reading: Reading) => unknown;
  /** The form that is sent once when the destination refuses the full one. */
  readonly plain: (reading: Reading) => unknown;
  readonly transport: keyof Ports['transports'];
  readonly answers: AnswerTable;
  /** Hosts that such a receiver may live at. A URL elsewhere is a mistake or a leak. */
  readonly hosts: RegExp;
}

export const destinations = {
  slack: {
    format: slackMessage,
    plain: slackPlain,
    transport: 'slack-webhook',
    answers: slackAnswers,
    hosts: /^hooks\.slack(-gov)?\.com$/,
  },
  teams: {
    format: teamsMessage,
    plain: teamsPlain,
    transport: 'teams-workflow',
    answers: teamsAnswers,
    hosts: /\.(environment\.api\.powerplatform\.com|logic\.azure\.com)$/,
  },
} as const satisfies Record<string, Destination>;

export type DestinationName = keyof typeof destinations;
