import * as z from 'zod';
import { receiverName } from '../delivery/rules/delivery.ts';
import { ONE_ADDRESS } from '../destinations/email/mailbox.ts';
import { type DestinationName, destinations } from '../destinations/registry.ts';
import { ncrontab } from '../event/time/ncrontab-times.ts';
import { conditionsOf } from '../routing/conditions.ts';
import { duration } from '../routing/duration.ts';
import { environmentOf } from '../routing/environments-written.ts';
import { muteRulesOf } from '../routing/mutes.ts';
import { ownerOf } from '../routing/owners-written.ts';
import { tells } from '../routing/tell.ts';
import { remindOf, setOf } from '../routing/terms-written.ts';
import { timeZone } from '../routing/time-zone.ts';
import { sources } from '../sources/registry.ts';
import { localeName } from './settings.ts';
import { secrets, sourceOptions } from './source-options.ts';

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

const receiver = z.strictObject({
  type: z.enum(typeNames).describe('`webhook` is for other systems: [webhooks](webhooks.md).'),
  url: z
    .string()
    .trim()
    .min(1)
    .describe(
      "The webhook's address. For `mattermost` and `webhook`: any public `https:` host and port. For `email`: the server, `smtp://user:password@host:587` or `smtps://…`.",
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
      'Only for `webhook`, and needed there without `auth`: key of the signature; two while one is rotated, the newest first.',
    ),
  auth: z
    .union([z.literal('entra'), z.strictObject({ entra: z.string().trim().min(1) })])
    .optional()
    .describe(
      "Not for `slack`, `mattermost`, `google-chat` and `email`: `entra` sends a token of the relay's identity with each message; `{ entra: <audience> }` says for whom, which all but flows and Logic Apps need. A `webhook` then needs no `secret`.",
    ),
  locale: localeName.optional().describe('Of the messages; without it, `RELAY_LOCALE`.'),
  timeZone: timeZone.optional().describe('Of the written time, as an IANA name; without it, `RELAY_TIME_ZONE`.'),
  rate: z
    .union([z.literal('off'), rate])
    .optional()
    .describe(
      '`{ perSecond, burst, perHour, gather }`: what is over it leaves as one digest. What is not named is as the chat allows.',
    ),
  fallback: receiverName.optional().describe('The receiver that gets what this one does not take.'),
});

/** The senders there are, and those within: events of them can be matched by name. */
const SENDERS = [...sources.map(({ name }) => name), 'drift', 'relay'];

const match = conditionsOf(SENDERS).meta({ id: 'match' });
const to = z.array(z.string()).min(1);
const leadsTo = z
  .array(z.string())
  .min(1, 'expected at least one receiver; to drop events, leave them unmatched: then no route takes them');

const route = z
  .strictObject({
    match: match.optional().describe('Which events it takes; without it, all.'),
    to: leadsTo
      .optional()
      .describe('Receivers. A route inside another may leave it out: it leads where that one does.'),
    continue: z.boolean().optional().describe('Whether later routes beside it are looked at as well.'),
    tell: z
      .enum(tells)
      .optional()
      .describe(
        'Of scalings and deployments: beginnings, ends or both. Without it, that of the route around it; else both of scalings, and `ends` of deployments.',
      ),
    set: setOf
      .optional()
      .describe(
        '`{ severity: error }`: how severe the events are for its receivers, whatever their sender says. Without it, that of the route around it.',
      ),
    remind: remindOf
      .optional()
      .describe(
        'How often its receivers are told again of an alert that still fires: `4h`, from 15m to 7d; `off`. Without it, as the route around it; else never.',
      ),
    get routes(): z.ZodOptional<z.ZodArray<typeof route>> {
      return z
        .array(route)
        .min(1)
        .optional()
        .describe('Routes for some of what it matches. Where none of them takes an event, `to` does.');
    },
  })
  .meta({ id: 'route' });

const runbook = z.strictObject({
  match: match.optional().describe('Which events; without it, all.'),
  url: z
    .url({ protocol: /^https$/, error: 'expected an https: URL' })
    .max(2_000)
    .describe('The page to link.'),
});

const drill = z.strictObject({
  every: ncrontab.describe(
    'NCRONTAB in UTC: second, minute, hour, day, month, day of the week, which all have to fit. `0 0 9 * * 1` is every Monday at 09:00.',
  ),
  to: to.optional().describe('The receivers that are tried; without it, all.'),
});

export const configFile = z.strictObject({
  receivers: z.record(receiverName, receiver).describe('Who is told, by names of letters, digits, `-` and `_`.'),
  environments: z
    .array(environmentOf(match))
    .optional()
    .describe(
      'Environments for events whose sender names none, before they are routed. The first that fits; what a sender names stays.',
    ),
  routes: z
    .array(route)
    .optional()
    .describe(
      'Who gets what. The first that takes an event decides, unless it says `continue`. Without any, all get all.',
    ),
  notices: to
    .optional()
    .describe(
      'The receivers that are told what the relay has to say of itself: that a receiver fails, that letters are dead.',
    ),
  runbooks: z
    .array(runbook)
    .optional()
    .describe('What to do about it. The first that fits is linked, unless the sender named one.'),
  owners: z
    .array(ownerOf(match))
    .optional()
    .describe('Who is called by name when something is bad. The first that fits and has a mention for the receiver.'),
  quiet: muteRulesOf(match).optional().describe('What is kept back, and when.'),
  drill: drill.optional().describe('A test message along the real routes, to see that every receiver still answers.'),
  scaling: z
    .strictObject({
      machines: z
        .boolean()
        .optional()
        .describe(
          'Whether the relay looks up afterwards which machines came or went, and tells it in a second message. It reads the scale set from Azure.',
        ),
    })
    .optional()
    .describe('What more is told of scalings.'),
  sources: z
    .record(z.string().meta({ examples: sources.map(({ name }) => name) }), sourceOptions)
    .optional()
    .describe('How senders prove themselves, and what of their events is wanted.'),
});

export type ConfigFile = z.infer<typeof configFile>;
