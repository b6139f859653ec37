import { signal } from '@preact/signals';
import { fieldsOf, textOf } from './json.ts';
import type { Me } from './ui-data.ts';

const KEY = 'autoscale-relay.key';

/** Who reads: undefined until it was asked. */
export const me = signal<Me>();

/** Why nobody is signed in: what was tried did not do. */
export const refusal = signal<'wrong-key' | 'no-answer'>();

// A browser may refuse storage; the key then lasts as long as the page.
function storedKey(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

let key = storedKey();

function keepKey(given: string | undefined): void {
  key = given;
  try {
    if (given === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, given);
  } catch {
    return;
  }
}

/** The relay did not do what was asked: its status (0: it did not answer) and its words. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, said: string) {
    super(said);
    this.name = 'Refused';
    this.status = status;
  }
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly signal?: AbortSignal;
}

function addressOf(name: string, query: Asked['query'] = {}): string {
  const given = Object.entries(query).flatMap(([part, value]) => (value ? [[part, value]] : []));
  const search = new URLSearchParams(given as [string, string][]).toString();
  return `${key === undefined ? '/api/ui/data/' : '/api/'}${name}${search && `?${search}`}`;
}

const saidBy = (answer: unknown): string => {
  const { detail, title, error } = fieldsOf(answer);
  return textOf(detail) || textOf(error) || textOf(title);
};

async function fetched(name: string, { method = 'GET', query, body, signal: ended }: Asked): Promise<Response> {
  return fetch(addressOf(name, query), {
    method,
    cache: 'no-store',
    redirect: 'error',
    ...(ended && { signal: ended }),
    headers: {
      ...(key !== undefined && { 'x-functions-key': key }),
      ...(method !== 'GET' && { 'x-relay-page': '1' }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Asks the relay for something. Rejects with Refused. */
export async function call<T>(name: string, asked: Asked = {}): Promise<T> {
  const response = await fetched(name, asked).catch((error: unknown) => {
    throw asked.signal?.aborted ? error : new Refused(0, '');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  if (response.status === 401) await lost();
  throw new Refused(response.status, saidBy(answer));
}

/** Has the browser keep what the relay answers, as a file. Rejects with Refused. */
export async function download(name: string, query: Asked['query'], file: string): Promise<void> {
  const response = await fetched(name, { ...(query && { query }) }).catch(() => {
    throw new Refused(0, '');
  });
  if (response.status === 401) await lost();
  if (!response.ok) throw new Refused(response.status, saidBy(await response.json().catch(() => undefined)));
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: address, download: file }).click();
  // Firefox begins to read it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Whoever was signed in is no longer.
async function lost(): Promise<void> {
  refusal.value = key === undefined ? undefined : 'wrong-key';
  keepKey(undefined);
  await askWho();
}

async function askWho(): Promise<void> {
  const response = await fetched('me', {}).catch(() => undefined);
  const answer: unknown = await response?.json().catch(() => undefined);
  const { role, ...rest } = fieldsOf(answer);
  const isKnown = role === 'viewer' || role === 'operator';
  if (response === undefined || response.status >= 500) refusal.value = 'no-answer';
  me.value = { ...rest, role: response?.ok && isKnown ? role : 'none' };
}

/** Whether a key opens the relay; it is kept until the tab is closed. */
export async function signIn(given: string): Promise<void> {
  keepKey(given);
  // A header takes no other signs; a key has none.
  const response = /^[\x21-\x7e]+$/.test(given) ? await fetched('silences', {}).catch(() => undefined) : { ok: false };
  refusal.value = response === undefined ? 'no-answer' : response.ok ? undefined : 'wrong-key';
  if (response?.ok) me.value = { role: 'operator', via: 'key' };
  else {
    keepKey(undefined);
    if (me.value === undefined) await askWho();
  }
}

export async function signOut(): Promise<void> {
  const address = me.value?.via === 'entra' ? (me.value.signOut ?? '/.auth/logout') : undefined;
  keepKey(undefined);
  refusal.value = undefined;
  if (address === undefined) await askWho();
  else location.assign(address);
}

/** Finds out who reads. */
export const begin = (): Promise<void> => (key === undefined ? askWho() : signIn(key));

export const mayChange = (): boolean => me.value?.role === 'operator';
