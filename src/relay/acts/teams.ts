import * as z from 'zod';
import { isLoopback } from '../../destinations/public-address.ts';
import type { Receiver } from '../../destinations/receiver.ts';
import { type Inbound, inboundIn, referenceIn } from '../../destinations/teams-bot/inbound.ts';
import { permitIn } from '../../event/act-token.ts';
import { jsonIn } from '../../event/json.ts';
import { iso } from '../../event/time/units.ts';
import { buttonWords } from '../../locales/button-words.ts';
import { CredentialsError } from '../../problems/errors.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { readBytes } from '../http-body.ts';
import type { RelayParts } from '../parts.ts';
import { keepReference } from '../teams-references.ts';
import { type Answer, namedBy, pressedBy } from './pressed-by.ts';

const NOTHING: HttpAnswer = { status: 200, jsonBody: undefined, body: '' };

const OURS = 'relay:';

/** A button of a card: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#example-of-an-adaptivecardaction */
const executed = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string(),
    data: z.object({ token: z.string() }),
  }),
});

/** A receiver that a bot writes for, with what Teams sends to that bot. */
interface Heard {
  readonly receiver: Receiver & Required<Pick<Receiver, 'bot'>>;
  readonly inbound: Inbound;
}

/**
 * What Teams sends to the bot: a button that is pressed is answered at once and done afterwards, and where the bot is let in is
 * noted. What the Bot Connector has not signed, or for another bot, is refused. Rejects with a StorageError or a KeysError.
 */
export async function teamsCalled(parts: RelayParts, request: HttpRequest): Promise<HttpAnswer> {
  const body = jsonIn(Buffer.from(await readBytes(request)).toString('utf8'));
  const heard = heardBy(parts.receivers, body);
  const [first] = heard;
  if (first === undefined || !(await isSigned(parts, request, first))) {
    throw new CredentialsError('teams', first === undefined ? 'not for a bot of ours' : 'the token is not of Teams');
  }
  const { inbound, receiver } = first;
  if (inbound.type === 'invoke' && inbound.name === 'adaptiveCard/action') return pressed(parts, heard, inbound);
  const reference = referenceIn(body, receiver.bot, isHere(receiver));
  if (reference !== undefined) await keepReference(parts.ports.ledger, reference);
  return NOTHING;
}

/** The receivers of the one bot that is meant. */
function heardBy(receivers: readonly Receiver[], body: unknown): readonly Heard[] {
  return receivers.flatMap((receiver) => {
    const { bot } = receiver;
    const inbound = bot && inboundIn(body, bot, isHere(receiver));
    return bot === undefined || inbound === undefined ? [] : [{ receiver: { ...receiver, bot }, inbound }];
  });
}

/** Whether its Teams is a double on this machine. */
const isHere = ({ url }: Receiver): boolean => isLoopback(URL.parse(url)?.hostname ?? '');

async function isSigned({ ports }: RelayParts, { headers }: HttpRequest, heard: Heard): Promise<boolean> {
  const [, token] = /^Bearer ([\w.-]{1,8000})$/i.exec(headers.get('authorization')?.trim() ?? '') ?? [];
  if (token === undefined || ports.calledByTeams === undefined) return false;
  const { receiver, inbound } = heard;
  return ports.calledByTeams(receiver, token, inbound.service);
}

async function pressed(
  { actions, ports }: RelayParts,
  heard: readonly Heard[],
  { user, value }: Inbound,
): Promise<HttpAnswer> {
  const { verb = '', data } = executed.safeParse(value).data?.action ?? {};
  const token = data?.token ?? '';
  const permit = permitIn(token, actions?.rules.keys ?? []);
  const meant = heard.find(({ receiver }) => receiver.name === permit?.receiver);
  if (actions === undefined || permit === undefined || meant === undefined || verb !== OURS + permit.button) {
    return answered(heard[0]?.receiver, 'unknown');
  }
  const by = namedBy(100, user?.name, user?.id) ?? meant.receiver.name;
  const who = { id: user?.id, by, via: 'teams', at: iso(ports.clock.now()) } as const;
  return answered(meant.receiver, await pressedBy({ rules: actions.rules, ports }, { token, permit }, who));
}

/** https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
const answered = (receiver: Receiver | undefined, answer: Answer): HttpAnswer => ({
  status: 200,
  jsonBody: {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: receiver === undefined ? '' : buttonWords[receiver.locale].answer[answer],
  },
});
