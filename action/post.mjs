import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from './event.mjs';

// Seconds before each further try; a relay that says how long is waited for so long, a minute at most.
const PACES = [1, 3, 9, 27];
const MOST_WAITED = 60;
const ANSWER_MILLISECONDS = 15_000;

// What may pass by itself. Anything else is an answer.
const PASSES = new Set([408, 425, 429, 500, 502, 503, 504]);

/** @typedef {Readonly<Record<string, string | undefined>>} Env */
/** @typedef {{ readonly trouble: string | undefined, readonly said: string }} Told */

/**
 * Posts an event until it is taken, refused, or was tried five times. The same id makes a second post of it no second message.
 * No text of the result has an address or what was sent as a proof.
 * @param {{ readonly id?: unknown }} event @param {Env} env @returns {Promise<Told>}
 */
export async function post(event, env) {
  const url = addressOf(env['RELAY_URL']);
  const body = JSON.stringify(event);
  let last = 'nobody answers at the url';
  for (const pace of [...PACES, undefined]) {
    const answer = await tried(url, body, headersOf(event, body, env));
    if (answer === undefined) last = 'nobody answers at the url';
    else if (!PASSES.has(answer.status)) return judged(answer);
    else last = `the relay answered ${answer.status}`;
    if (pace !== undefined) await sleep(Math.min(answer?.after ?? pace, MOST_WAITED) * 1000);
  }
  return { trouble: `Not told, after ${PACES.length + 1} tries: ${last}.`, said: '' };
}

/** Where events of one's own are posted. A key goes over https only, or to this machine. @param {string | undefined} given */
function addressOf(given) {
  const url = URL.canParse(given?.trim() ?? '') ? new URL(given?.trim() ?? '') : undefined;
  if (url === undefined) throw new InputError('url is no address: give it as https://my-relay.azurewebsites.net');
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) throw new InputError('url is not https');
  if (/^\/*$/.test(url.pathname)) url.pathname = '/api/webhooks/custom';
  return url;
}

/** @param {{ readonly id?: unknown }} event @param {string} body @param {Env} env @returns {Record<string, string>} */
function headersOf(event, body, env) {
  const [key, token, secret] = ['KEY', 'TOKEN', 'SECRET'].map((name) => env[`RELAY_${name}`]?.trim());
  return {
    'content-type': 'application/json',
    'user-agent': 'autoscale-relay-action',
    ...(key && { 'x-functions-key': key }),
    ...(token && { 'x-relay-token': token }),
    ...(secret && signed(String(event.id), body, secret)),
  };
}

/** Standard Webhooks (https://www.standardwebhooks.com); the time is that of this try. @param {string} name @param {string} body @param {string} secret */
function signed(name, body, secret) {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** One try; undefined where nobody answered. @param {URL} url @param {string} body @param {Record<string, string>} headers */
async function tried(url, body, headers) {
  try {
    const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
    // A redirect would get the key.
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
    const after = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const text = await answer.text();
    return { status: answer.status, text, ...(after >= 0 && { after }) };
  } catch {
    return undefined;
  }
}

/** What an answer means that will not change. @param {{ readonly status: number, readonly text: string }} answer @returns {Told} */
function judged({ status, text }) {
  const says = jsonIn(text);
  if (status < 200 || status > 299) {
    const faults = Array.isArray(says?.errors) ? says.errors.slice(0, 5) : [];
    const named = faults.map(
      (/** @type {{ path?: unknown, message?: unknown }} */ each) => `${each?.path}: ${each?.message}`,
    );
    const why = typeof says?.detail === 'string' ? `: ${[says.detail, ...named].join('; ')}` : '';
    const redirect = status > 299 && status < 400 ? ': the url leads elsewhere, and redirects are not followed' : '';
    return { trouble: `Not told: the relay answered ${status}${redirect}${why}`, said: '' };
  }
  const [first] = Array.isArray(says?.accepted) ? says.accepted : [];
  if (first === undefined)
    return { trouble: 'Not told: what answers at the url is no relay, or reports no such event.', said: '' };
  const keys = Array.isArray(says.ignored)
    ? says.ignored.map((/** @type {{ key?: unknown }} */ each) => each?.key)
    : [];
  // It is read as the phase, though no event has it.
  const ignored = keys.filter((/** @type {unknown} */ key) => key !== 'status');
  const receivers = Array.isArray(first.receivers) ? first.receivers.join(', ') : '';
  const left = ignored.length > 0 ? `; left out, as no such event has them: ${ignored.join(', ')}` : '';
  return { trouble: undefined, said: `Told as ${first.id}, to ${receivers || 'nobody by the routes'}${left}` };
}

/** @param {string} text */
function jsonIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
