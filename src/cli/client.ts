import { isLoopback } from '../destinations/public-address.ts';
import { jsonIn } from '../event/json.ts';
import { CommandFailure } from './failure.ts';
import type { Shell } from './shell.ts';
import { type Answer, explained, unreached } from './unhappy.ts';

const DEFAULT_URL = 'http://127.0.0.1:7071';
// With what comes before and after it, whoever waits at a terminal is answered within ten seconds.
const TIMEOUT = 9_000;

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the relay's URL: "/api/deliveries". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** A relay somewhere, asked over HTTP. */
export interface Client {
  /** For people. It holds no key. */
  readonly url: string;
  /** Resolves with the JSON of a success. Throws a CommandFailure that says what to do next. */
  call(call: Call): Promise<unknown>;
}

/** The relay that `--url`, RELAY_URL or the default names, with the key of RELAY_KEY. */
export function relayAt(given: string | undefined, env: Shell['env']): Client {
  const url = relayUrl(given ?? (env['RELAY_URL']?.trim() || DEFAULT_URL), given === undefined ? 'RELAY_URL' : '--url');
  const key = env['RELAY_KEY']?.trim() || undefined;
  if (key !== undefined && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new CommandFailure('RELAY_KEY is not sent over plain http: to another machine.', {
      status: 2,
      next: 'Use https: in the URL, or unset RELAY_KEY.',
    });
  }
  const base = url.href.replace(/\/+$/, '');
  return {
    url: base,
    async call({ method, path, query = {}, body }) {
      const address = new URL(base + path);
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) address.searchParams.set(name, String(value));
      }
      const answer = await asked(base, address, {
        method,
        // A relay does not redirect; whatever does must not get the key.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'x-functions-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (answer.status < 200 || answer.status > 299)
        throw explained(answer, { url: base, path, hasKey: key !== undefined });
      return answer.json;
    },
  };
}

/** The URL of a relay, named by an option or a setting. Throws a CommandFailure. */
export function relayUrl(text: string, from: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CommandFailure(`${from} is not an http: or https: URL${withScheme(text)}`, { status: 2 });
  }
  // What follows may be a key (?code=…): it is not repeated.
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new CommandFailure(`${from} holds more than an address.`, {
      status: 2,
      next: 'Give the address alone, such as https://relay.example.net; the key goes into RELAY_KEY.',
    });
  }
  url.pathname = url.pathname.replace(/\/api\/?$/, '/');
  return url;
}

/** What to write instead of a host alone. Anything more may hold a key: it is not repeated. */
function withScheme(text: string): string {
  const [, host] = /^([\w.-]+)(?::\d+)?\/?$/.exec(text) ?? [];
  if (host === undefined) return '.';
  return `; write ${isLoopback(host) ? 'http' : 'https'}://${text}`;
}

async function asked(base: string, address: URL, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(address, init);
    return { status: response.status, json: jsonOf(await response.text()) };
  } catch (error) {
    throw unreached(base, error);
  }
}

const jsonOf = (text: string): unknown => (text.trim() === '' ? {} : jsonIn(text));
