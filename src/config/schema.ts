import * as z from 'zod';
import { receiverName } from '../delivery/rules/delivery.ts';
import { ncrontab } from '../event/time/ncrontab-times.ts';
import { actionsOf } from '../routing/acts-written.ts';
import { conditionsOf } from '../routing/conditions.ts';
import { environmentOf } from '../routing/environments-written.ts';
import { muteRulesOf } from '../routing/mutes.ts';
import { ownerOf } from '../routing/owners-written.ts';
import { tells } from '../routing/tell.ts';
import { everyOf, remindOf, setOf } from '../routing/terms-written.ts';
import { threadsOf } from '../routing/threads-written.ts';
import { sources } from '../sources/registry.ts';
import { receiver } from './receiver-written.ts';
import { sourceOptions } from './source-options.ts';

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

const review = z.strictObject({
  to: to.describe('Who gets it.'),
  environment: z.string().min(1).max(80).optional().describe('The week of one environment; without it, of all.'),
  at: ncrontab
    .optional()
    .describe('NCRONTAB in UTC, as of `drill`; without it, `0 0 7 * * 1`, which is Mondays at 07:00.'),
});

const expects = z.strictObject({
  source: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected the name of one sender')
    .describe('A sender, by its name: one that the relay knows, or of `sources`.'),
  every: everyOf.describe('Nothing of it for so long is told: `5m`, from 1m to 31d. What is refused is nothing.'),
  to: to.optional().describe('Who is told; without it, `notices`.'),
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
  actions: actionsOf.optional().describe('Buttons with which people acknowledge, silence and send again.'),
  quiet: muteRulesOf(match).optional().describe('What is kept back, and when.'),
  page: z
    .strictObject({
      viewers: z.array(z.string().min(1)).max(200).optional().describe('Who may look.'),
      operators: z.array(z.string().min(1)).max(200).optional().describe('Who may also replay, silence and check.'),
    })
    .optional()
    .describe(
      'Who is let in to the page at /api/ui, where App Service signs people in: sign-in names, object ids, ids of groups. The app roles `Relay.Viewer` and `Relay.Operator` need no entry.',
    ),
  threads: threadsOf(match)
    .optional()
    .describe('What stands in one conversation although it is several stories: where chats have threads.'),
  drill: drill.optional().describe('A test message along the real routes, to see that every receiver still answers.'),
  review: z
    .array(review)
    .min(1)
    .optional()
    .describe('The last seven days in one message, with what they were before: [the weekly review](review.md).'),
  expect: z
    .array(expects)
    .min(1)
    .refine((all) => new Set(all.map(({ source }) => source)).size === all.length, 'expected each source once')
    .optional()
    .describe('Senders from which something is to come at least so often: a notice tells when one falls silent.'),
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
