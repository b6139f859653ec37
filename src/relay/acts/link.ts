import { type Receiver, voiceOf } from '../../destinations/receiver.ts';
import { type Permit, permitIn } from '../../event/act-token.ts';
import { outline, titled } from '../../event/outline.ts';
import { iso } from '../../event/time/units.ts';
import { buttonWords } from '../../locales/button-words.ts';
import { mayDo } from '../../routing/acts.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { readBytes } from '../http-body.ts';
import type { ActParts } from './act-parts.ts';
import { pageOf } from './page.ts';
import { type Answer, namedBy, pressedBy } from './pressed-by.ts';
import { onceOf, type Standing, standingOf } from './standing.ts';

const STATUS: Readonly<Record<Answer, number>> = {
  taken: 200,
  done: 200,
  over: 200,
  expired: 410,
  unknown: 404,
  denied: 403,
};

// A name, and what stands around it.
const MOST_BYTES = 2_000;
const MOST_LETTERS = 60;

/**
 * A signed link: GET and HEAD show what it would do and change nothing, whoever looks at it; POST has it done. The token in the
 * address is the authority: no cookie is, so that no other page can borrow one. Rejects with a StorageError.
 */
export async function linkPressed(parts: ActParts, request: HttpRequest): Promise<HttpAnswer> {
  const token = request.params['token'] ?? '';
  const permit = permitIn(token, parts.rules.keys);
  const receiver = permit && parts.receivers.find(({ name }) => name === permit.receiver);
  // Where links are off, those of before are as well, and no token of a chat's own buttons becomes one.
  if (permit === undefined || receiver === undefined || !parts.rules.links) {
    return told(parts.receivers[0], undefined, 'unknown');
  }
  if (request.method === 'POST') {
    const by = (await nameIn(request)) ?? receiver.name;
    const at = iso(parts.ports.clock.now());
    return told(receiver, permit, await pressedBy(parts, { token, permit }, { id: undefined, by, via: 'link', at }));
  }
  if (!mayDo(parts.rules, permit.button, undefined)) return told(receiver, permit, 'denied');
  const standing = await standingOf(parts.ports, permit, onceOf(token));
  return standing.answer === 'taken' ? asked(receiver, permit, standing) : told(receiver, permit, standing.answer);
}

async function nameIn(request: HttpRequest): Promise<string | undefined> {
  const bytes = await readBytes(request);
  if (bytes.byteLength > MOST_BYTES) return undefined;
  const name = new URLSearchParams(Buffer.from(bytes).toString('utf8')).get('by') ?? '';
  return namedBy(MOST_LETTERS, name);
}

async function asked(
  receiver: Receiver,
  { button }: Permit,
  { entry: { event } }: Extract<Standing, { answer: 'taken' }>,
): Promise<HttpAnswer> {
  const { say } = await voiceOf(receiver);
  const about = outline(event);
  const states: Readonly<Record<string, string>> = say.state[event.kind];
  const line = `${states[about.state] ?? about.state}: ${titled(about)}`;
  return pageOf(200, {
    locale: say.locale,
    title: say.action[button],
    lines: [line],
    form: { name: buttonWords[receiver.locale].name, button: say.action[button] },
  });
}

async function told(receiver: Receiver | undefined, permit: Permit | undefined, answer: Answer): Promise<HttpAnswer> {
  if (receiver === undefined) return pageOf(404, { locale: 'en', title: 'autoscale-relay', lines: [] });
  const { say } = await voiceOf(receiver);
  const title = permit === undefined ? 'autoscale-relay' : say.action[permit.button];
  return pageOf(STATUS[answer], { locale: say.locale, title, lines: [buttonWords[receiver.locale].answer[answer]] });
}
