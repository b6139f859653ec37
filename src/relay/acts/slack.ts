import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Receiver } from '../../destinations/receiver.ts';
import { type Permit, permitIn } from '../../event/act-token.ts';
import { jsonIn } from '../../event/json.ts';
import { iso, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { buttonWords } from '../../locales/button-words.ts';
import { CredentialsError } from '../../problems/errors.ts';
import { equal } from '../../sources/signature.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { readBytes } from '../http-body.ts';
import type { ActParts } from './act-parts.ts';
import { type Answer, namedBy, pressedBy } from './pressed-by.ts';

const TOLERANCE_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

const NOTHING: HttpAnswer = { status: 200, jsonBody: undefined, body: '' };

const OURS = 'relay:';

/** What Slack sends when a button is pressed: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const payload = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string().min(1), name: z.string().optional(), username: z.string().optional() }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
  response_url: z.string().optional(),
});

/**
 * A button of a message in Slack, pressed: answered at once, done afterwards. What another app, another key or nobody has signed is
 * refused; what only opens a page, and all that is not ours, is taken in silence. Rejects with a StorageError.
 */
export async function slackPressed(parts: ActParts, request: HttpRequest): Promise<HttpAnswer> {
  const bytes = await readBytes(request);
  const receivers = signedFor(parts, request, bytes);
  if (receivers.length === 0) throw new CredentialsError('slack', reasonIn(request));
  const text = Buffer.from(bytes).toString('utf8');
  if (/^\s*\{/.test(text)) return challenged(jsonIn(text));
  const form = new URLSearchParams(text);
  const { data } = payload.safeParse(jsonIn(form.get('payload') ?? ''));
  const action = data?.actions.find(({ action_id: id }) => id.startsWith(OURS));
  if (data === undefined || action === undefined) return NOTHING;
  const permit = permitIn(action.value ?? '', parts.rules.keys);
  const receiver = receivers.find(({ name }) => name === permit?.receiver);
  const isOurs = permit !== undefined && receiver !== undefined && action.action_id === OURS + permit.button;
  const answer = isOurs ? await taken(parts, action.value ?? '', permit, data.user) : 'unknown';
  if (answer !== 'taken') await toldAlone(parts, receiver ?? receivers[0], data.response_url, answer);
  return NOTHING;
}

const taken = (
  { rules, ports }: ActParts,
  token: string,
  permit: Permit,
  { id, name, username }: z.infer<typeof payload>['user'],
): Promise<Answer> => {
  const by = namedBy(100, name, username, id) ?? permit.receiver;
  return pressedBy({ rules, ports }, { token, permit }, { id, by, via: 'slack', at: iso(ports.clock.now()) });
};

/** The receivers whose app has signed a request: https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signedFor({ receivers, ports }: ActParts, { headers }: HttpRequest, bytes: Uint8Array): readonly Receiver[] {
  const at = headers.get('x-slack-request-timestamp') ?? '';
  const given = headers.get('x-slack-signature') ?? '';
  const age = Math.abs(ports.clock.now() - Number(at) * 1_000);
  if (!/^\d{1,12}$/.test(at) || age > TOLERANCE_MILLISECONDS) return [];
  const fits = (secret: string) =>
    equal(given, `v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(bytes).digest('hex')}`);
  return receivers.filter(({ signingSecrets = [] }) => signingSecrets.map(fits).includes(true));
}

const reasonIn = ({ headers }: HttpRequest): string =>
  headers.get('x-slack-signature') === null ? 'no signature' : 'the signature is old, or of another app';

/** How Slack makes sure that an address is ours: https://docs.slack.dev/reference/events/url_verification */
function challenged(body: unknown): HttpAnswer {
  const { data } = z.object({ type: z.literal('url_verification'), challenge: z.string().max(500) }).safeParse(body);
  return data === undefined ? NOTHING : { status: 200, jsonBody: { challenge: data.challenge } };
}

const ITS_HOSTS = /^hooks\.slack(?:-gov)?\.com$/;

/** Tells whoever pressed, and nobody else, why nothing came of it. An answer that is lost is none that anything waits for. */
async function toldAlone(
  { ports: { answer: post } }: ActParts,
  receiver: Receiver | undefined,
  url: string | undefined,
  answer: Answer,
): Promise<void> {
  const { protocol, hostname = '', port } = URL.parse(url ?? '') ?? {};
  if (post === undefined || receiver === undefined || url === undefined) return;
  if (protocol !== 'https:' || port !== '' || !ITS_HOSTS.test(hostname)) return;
  const text = buttonWords[receiver.locale].answer[answer];
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text });
  const { proxy } = receiver;
  await post({ url, headers: { 'content-type': 'application/json' }, body, ...(proxy !== undefined && { proxy }) });
}
