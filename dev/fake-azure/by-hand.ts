import { type Answer, jsonAnswer, refusal } from './answer.ts';
import type { Fleet } from './fleet.ts';
import { scaleWebhook } from './webhook.ts';

/**
 * What people ask of a fake Azure, and no Azure knows: `POST /scale/<set>?to=9` begins a scaling that takes its time, and answers with
 * what autoscale posts of it. `seconds` until the last machine runs, 130 by default; `failing`: the code with which it fails.
 * Undefined for every other request.
 */
export function byHand(method: string | undefined, target: string, fleet: Fleet): Answer | undefined {
  const { pathname, searchParams } = new URL(target, 'http://127.0.0.1');
  const [, name] = /^\/scale\/([\w.-]+)$/.exec(pathname) ?? [];
  if (method !== 'POST' || name === undefined) return undefined;
  const set = fleet.find(name);
  if (set === undefined) return refusal(404, 'ResourceNotFound', `There is no scale set '${name}'.`);
  const from = set.state.capacity;
  const to = Number(searchParams.get('to') ?? from + 3);
  const seconds = Number(searchParams.get('seconds') ?? 130);
  if (!(Number.isInteger(to) && to >= 0 && to <= 1_000 && to !== from && seconds >= 0)) {
    return refusal(400, 'InvalidParameter', `to: another count than ${from}, up to 1000; seconds: at least 0.`);
  }
  const code = searchParams.get('failing');
  if (to > from) fleet.scaleOut(set, to, { seconds, ...(code !== null && { failing: { count: 1, code } }) });
  else fleet.scaleIn(set, to, seconds);
  return jsonAnswer(JSON.stringify(scaleWebhook(set, { from, to, at: fleet.clock.now() })));
}
