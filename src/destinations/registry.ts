import type { RelayEvent } from '../event/event.ts';
import type { Telling, Voice } from '../message/slots.ts';
import { type AnswerTable, slackAnswers, teamsAnswers, webhookAnswers } from './answer.ts';
import type { Rate } from './rate.ts';
import { formatSlack, formatSlackPlain } from './slack/message.ts';
import { formatTeams, formatTeamsPlain } from './teams/message.ts';
import type { TransportName } from './transport.ts';
import { formatWebhook, formatWebhookPlain } from './webhook/payload.ts';

/** Turns an event into a destination's payload. Pure: the same in, the same out. */
type Formatter = (event: RelayEvent, voice: Voice, telling?: Telling) => unknown;

/** A kind of receiver: how it is written to, how a message gets there, and what its answers mean. */
interface Destination {
  readonly format: Formatter;
  /** The form that is sent once when the destination refuses the full one. */
  readonly plain: Formatter;
  readonly transport: TransportName;
  readonly answers: AnswerTable;
  /** What such a receiver takes, where its configuration says nothing else. */
  readonly rate: Rate;
  /** Whether what waits for it leaves as one message: for people, who read one of many sooner than many. */
  readonly digests: boolean;
  /** Hosts that such a receiver may live at. A URL elsewhere is a mistake or a leak. `public`: any, at any port. */
  readonly hosts: RegExp | 'public';
}

/** A storm is told at once, then every ten seconds, then every minute. */
const GATHER = [1_000, 10_000, 60_000] as const;

export const destinations = {
  slack: {
    format: formatSlack,
    plain: formatSlackPlain,
    transport: 'slack-webhook',
    answers: slackAnswers,
    // https://docs.slack.dev/apis/web-api/rate-limits: one message a second and webhook, with short bursts beyond it.
    rate: { perSecond: 1, burst: 5, gather: GATHER },
    digests: true,
    hosts: /^hooks\.slack(-gov)?\.com$/,
  },
  teams: {
    format: formatTeams,
    plain: formatTeamsPlain,
    transport: 'teams-workflow',
    answers: teamsAnswers,
    // A Workflows connection takes 100 actions in an hour at the lowest plan; four a second is Teams' own limit.
    rate: { perSecond: 1, burst: 5, perHour: 100, gather: GATHER },
    digests: true,
    // Of all clouds, for a tenant's chat may be in another one than the app: https://learn.microsoft.com/power-platform/admin/online-requirements
    hosts:
      /\.(environment\.api\.(powerplatform\.com|(gov|high)\.powerplatform\.microsoft\.us|appsplatform\.us|powerplatform\.partner\.microsoftonline\.cn)|logic\.azure\.(com|us|cn))$/,
  },
  webhook: {
    format: formatWebhook,
    plain: formatWebhookPlain,
    transport: 'signed-webhook',
    answers: webhookAnswers,
    rate: { perSecond: 20, burst: 20 },
    digests: false,
    hosts: 'public',
  },
} as const satisfies Record<string, Destination>;

export type DestinationName = keyof typeof destinations;
