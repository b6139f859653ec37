import * as z from 'zod';
import { receiverName } from '../delivery/rules/delivery.ts';
import { ONE_ADDRESS } from '../destinations/email/mailbox.ts';
import { tellings } from '../destinations/living.ts';
import { REGIONS } from '../destinations/pagerduty/regions.ts';
import { type DestinationName, destinations } from '../destinations/registry.ts';
import { duration } from '../routing/duration.ts';
import { timeZone } from '../routing/time-zone.ts';
import { localeName } from './settings.ts';
import { secrets } from './source-options.ts';

const typeNames = Object.keys(destinations) as DestinationName[];

const LONGEST_GATHERED = 600_000;

const rate = z.strictObject({
  // Whoever waits for longer than an hour is taken for lost.
  perSecond: z.number().min(0.001).max(1_000).optional().describe('Less than 1 for less than one: 0.2 is every 5 s.'),
  burst: z.int().min(1).max(1_000).optional().describe('How many may come at once before `perSecond` holds.'),
  perHour: z.int().min(1).max(1_000_000).optional(),
  gather: z
    .array(duration.refine((time) => time <= LONGEST_GATHERED, 'expected at most 10m'))
    .min(1)
    .max(6)
    .optional()
    .describe('How long what is over it is gathered, longer while a storm lasts; without it, `[1s, 10s, 60s]`.'),
});

/** A receiver as it is written; what belongs to which type, `receiverProblems` looks at. */
export const receiver = z.strictObject({
  type: z.enum(typeNames).describe('`webhook` is for other systems: [webhooks](webhooks.md).'),
  url: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      "**Needed**, but for `pagerduty`, `slack-app` and `teams-bot`. The webhook's address. For `mattermost` and `webhook`: any public `https:` host and port. For `email`: the server, `smtp://user:password@host:587` or `smtps://…`.",
    ),
  from: z
    .string({ error: ONE_ADDRESS })
    .trim()
    .optional()
    .describe(
      'Only for `email`, and needed there: whose the mail is, as `relay@example.com` or `Relay <relay@example.com>`.',
    ),
  to: z
    .string({ error: ONE_ADDRESS })
    .trim()
    .optional()
    .describe('Only for `email`, and needed there: the one address that gets the mail.'),
  key: z
    .string()
    .trim()
    .optional()
    .describe('Only for `pagerduty`, and needed there: the integration key of a service, of 32 letters and digits.'),
  region: z
    .enum(Object.keys(REGIONS) as (keyof typeof REGIONS)[])
    .optional()
    .describe('Only for `pagerduty`: the service region of the account; without it, `us`.'),
  token: z
    .string()
    .trim()
    .optional()
    .describe('Only for `slack-app`, and needed there: the bot token of the app, which begins with `xoxb-`.'),
  channel: z
    .string()
    .trim()
    .optional()
    .describe(
      'Only for `slack-app` and `teams-bot`, and needed there: the id of the channel, such as `C0123456789` or `19:…@thread.tacv2`.',
    ),
  stories: z
    .enum(tellings)
    .optional()
    .describe(
      'Only for `slack-app` and `teams-bot`: what becomes of a message as its story goes on. `update` changes it, `thread` answers below it; without it, `both`.',
    ),
  broadcast: z
    .boolean()
    .optional()
    .describe('Only for `slack-app`: whether an answer in a thread that is worse news stands in the channel as well.'),
  signingSecret: secrets
    .optional()
    .describe(
      'Only for `slack-app`: by what the relay knows that Slack calls; two while one is rotated, the newest first.',
    ),
  tenant: z
    .string()
    .trim()
    .optional()
    .describe('Only for `teams-bot`, and needed there: the id of the tenant in Entra ID.'),
  appId: z
    .string()
    .trim()
    .optional()
    .describe('Only for `teams-bot`, and needed there: the Microsoft App ID of the bot.'),
  host: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/, 'expected a host in small letters, such as gateway.example.com')
    .optional()
    .describe(
      'Where `url` leads if that is none of the chat’s own hosts: your gateway before it, with its port if it has one.',
    ),
  proxy: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      'The proxy on the way there: `http://proxy.example.com:3128`, with user and password where it wants them.',
    ),
  secret: secrets
    .optional()
    .describe(
      'Only for `webhook` and `teams-bot`, and needed there without `auth`: key of the signature, two while one is rotated, the newest first; of a bot, a client secret of its app.',
    ),
  auth: z
    .union([z.literal('entra'), z.strictObject({ entra: z.string().trim().min(1) })])
    .optional()
    .describe(
      "Not for `slack`, `slack-app`, `mattermost`, `google-chat`, `pagerduty` and `email`: `entra` sends a token of the relay's identity with each message; `{ entra: <audience> }` says for whom, which all but flows and Logic Apps need. A `webhook` then needs no `secret`.",
    ),
  locale: localeName.optional().describe('Of the messages; without it, `RELAY_LOCALE`.'),
  timeZone: timeZone.optional().describe('Of the written time, as an IANA name; without it, `RELAY_TIME_ZONE`.'),
  charts: z
    .boolean()
    .optional()
    .describe(
      "Only for `slack`, `slack-app`, `teams` and `teams-bot`: whether the weekly review has the chat's own charts. Its text says the same numbers.",
    ),
  rate: z
    .union([z.literal('off'), rate])
    .optional()
    .describe(
      '`{ perSecond, burst, perHour, gather }`: what is over it leaves as one digest. What is not named is as the chat allows.',
    ),
  fallback: receiverName.optional().describe('The receiver that gets what this one does not take.'),
});
