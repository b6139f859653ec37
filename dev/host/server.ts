import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { eventKinds } from '../../src/event/event.ts';
import { clean, cut } from '../../src/event/text.ts';
import { locales } from '../../src/locales/registry.ts';
import { nearest } from '../../src/problems/spelling.ts';
import type { HttpAnswer } from '../../src/relay/http.ts';
import { foreign } from './foreign.ts';
import type { Inbox } from './inbox.ts';
import { isDouble } from './inbox-message.ts';
import { isGone } from './is-gone.ts';
import type { PageAsset } from './page-assets.ts';
import { retell } from './retell.ts';
import { refusalOf } from './webhook-line.ts';

export interface ServerParts {
  /** The functions; undefined where no route fits. */
  readonly functions: (request: IncomingMessage, url: URL) => Promise<HttpAnswer | undefined>;
  /** Fires a timer by hand; undefined where the path names none. */
  readonly timers: (method: string | undefined, pathname: string) => HttpAnswer | undefined;
  readonly inbox: Inbox;
  /** What the fleet page asks for, by method and path; undefined where it is for somebody else. */
  readonly fleet?: (call: string) => Promise<HttpAnswer | undefined>;
  readonly assets: () => Promise<ReadonlyMap<string, PageAsset>>;
  /** What the inbox page says of where messages go. */
  readonly receivers: () => {
    readonly receivers: readonly string[];
    readonly builtIn: boolean;
    /** Those whose messages do not come here. */
    readonly elsewhere?: readonly string[];
  };
  /** Presses a button of a message in the inbox. */
  readonly press?: (body: string) => Promise<HttpAnswer>;
  readonly log: (line: string) => void;
}

/** The web server of the local run: the functions, the built-in receivers and the inbox page. */
export function serve(parts: ServerParts): Server {
  return createServer((request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://relay.invalid');
    if (url === null) return json(response, notFound(request.url ?? ''));
    const strange = foreign(request, url.pathname);
    if (strange !== undefined) return json(response, forbidden(strange));
    respond(parts, request, response, url).catch((error: unknown) => {
      // Whoever breaks off has no use for an answer.
      if (request.destroyed && !request.complete) return;
      // A bug: Azure would answer 500 as well. The text goes to the log and not to the caller.
      parts.log(`${request.method} ${url.pathname} failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent)
        json(response, { status: 500, jsonBody: { title: 'The relay has a bug', status: 500 } });
    });
  });
}

async function respond(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (await isGone(request)) return;
  if (await page(parts, request, response, url)) return;
  const answer =
    parts.timers(request.method, url.pathname) ??
    (await parts.fleet?.(`${request.method} ${url.pathname}`)) ??
    (await parts.functions(request, url));
  const given = answer ?? notFound(url.pathname);
  if (isTold(request.method, url.pathname, given)) {
    const path = cut(clean(url.pathname), 100);
    parts.log([request.method, path, given.status, refusalOf(given)].join(' ').trimEnd());
  }
  json(response, given);
}

/** The addresses of the doubles, some of which have paths of their own. */
const DOORS = [
  /^POST \/inbox\/([\w-]+)(?:\/([\w-]{1,63}))?(?:\/v2(?:\/change)?\/enqueue|\/api\/[\w.]{1,40})?$/,
  /^(?:POST|PUT) \/inbox\/(teams-bot)(?:\/([\w-]{1,63}))?\/(?:v3\/conversations|oauth2\/v2\.0\/token)(?:\/.{1,800})?$/,
];

// Nothing is fetched from elsewhere and no script but our own runs, whatever a message holds.
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** The page and what it asks for; false where the request is for something else. */
async function page(
  { assets, inbox, receivers, press }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
): Promise<boolean> {
  const call = `${request.method} ${pathname}`;
  const [, double = '', receiver] = DOORS.map((door) => door.exec(call)).find((found) => found !== null) ?? [];
  const again = /^GET \/inbox\/messages\/(\d{1,15})\/as$/.exec(call)?.[1];
  if (isDouble(double)) {
    const { headers: given } = request;
    const { method = '' } = request;
    const about = { contentType: given['content-type'], headers: given, method, path: pathname };
    const message = { ...about, body: await text(request) };
    const { status, body, headers } = inbox.take(double, message, receiver);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  } else if (call === 'GET /inbox/messages') {
    json(response, { status: 200, jsonBody: { ...receivers(), messages: inbox.messages } });
  } else if (call === 'GET /inbox/choices') {
    json(response, { status: 200, jsonBody: { kinds: eventKinds, locales: Object.keys(locales) } });
  } else if (again !== undefined) {
    const message = inbox.messages.find(({ id }) => id === Number(again));
    json(response, retell(message, searchParams));
  } else if (call === 'DELETE /inbox/messages') {
    inbox.clear();
    response.writeHead(204).end();
  } else if (call === 'POST /inbox/press') {
    json(response, (await press?.(await text(request))) ?? notFound(pathname));
  } else if (call === 'GET /inbox/stream') {
    inbox.stream(response);
  } else {
    const asset = request.method === 'GET' ? (await assets()).get(pathname) : undefined;
    if (asset === undefined) return false;
    const { policy = POLICY } = asset;
    response
      .writeHead(200, { 'content-type': asset.type, 'cache-control': 'no-cache', 'content-security-policy': policy })
      .end(asset.body);
  }
  return true;
}

/** Writes a function's answer: as JSON, or the page that it is. */
export function json(response: ServerResponse, { status, headers, jsonBody, body: page = '' }: HttpAnswer): void {
  const body = jsonBody === undefined ? page : JSON.stringify(jsonBody);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      // With its length known, the whole answer leaves in one write.
      'content-length': Buffer.byteLength(body),
      ...headers,
      // A body that was not read to its end would otherwise be taken for the next request.
      ...(!response.req.complete && { connection: 'close' }),
    })
    .end(body);
}

/** Webhooks, and whatever else somebody was refused; a browser looks for icons by itself. */
const isTold = (method: string | undefined, path: string, { status }: HttpAnswer): boolean =>
  path.toLowerCase().startsWith('/api/webhooks') || (status >= 400 && (method !== 'GET' || path.startsWith('/api')));

const ADDRESSES = ['webhooks', 'preview', 'health', 'deliveries', 'dead-letters', 'replay', 'silences', 'drift'];

/** The address that a path which leads nowhere was probably meant to be. */
function meant(pathname: string): string {
  const word = nearest((pathname.split('/').findLast((part) => part !== '') ?? '').slice(0, 80), ADDRESSES);
  return word === undefined ? '' : `; did you mean /api/${word}?`;
}

const notFound = (pathname: string): HttpAnswer => ({
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  jsonBody: {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: `there is nothing at ${pathname}${meant(pathname)}; webhooks go to POST /api/webhooks, and the inbox is at /`,
  },
});

const forbidden = (detail: string): HttpAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/problem+json' },
  jsonBody: { type: 'about:blank', title: 'Forbidden', status: 403, detail },
});

// Neither chat takes a message of this size; what is over it is cut off, and so is refused as no JSON.
const MOST_BYTES = 1024 * 1024;

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
