import { answered, type HttpAnswer, type HttpRequest } from '../http.ts';
import type { Relay } from '../relay.ts';
import type { Me, Role } from './answers.ts';
import { fileAt, inBrotli } from './files.ts';
import { APP_ROLES, type SignIn, whoAsks } from './who.ts';

type Asked = (relay: Relay, request: HttpRequest) => Promise<HttpAnswer>;

/** What can be asked for below /api/ui/data, by name and method, and by whom. What changes something is an operator's. */
export const DATA: Readonly<Record<string, Readonly<Record<string, readonly [Exclude<Role, 'none'>, Asked]>>>> = {
  now: { GET: ['viewer', (relay, request) => relay.now(request)] },
  deliveries: { GET: ['viewer', (relay, request) => relay.deliveries(request)] },
  show: { GET: ['viewer', (relay, request) => relay.show(request)] },
  'dead-letters': { GET: ['viewer', (relay, request) => relay.deadLetters(request)] },
  figures: { GET: ['viewer', (relay, request) => relay.figures(request)] },
  review: { GET: ['viewer', (relay, request) => relay.review(request)] },
  fleet: { GET: ['viewer', (relay, request) => relay.fleet(request)] },
  senders: { GET: ['viewer', (relay, request) => relay.senders(request)] },
  changes: { GET: ['viewer', (relay, request) => relay.changes(request)] },
  silences: {
    GET: ['viewer', (relay, request) => relay.silences(request)],
    POST: ['operator', (relay, request) => relay.silences(request)],
    DELETE: ['operator', (relay, request) => relay.silences(request)],
  },
  replay: { POST: ['operator', (relay, request) => relay.replay(request)] },
  drift: { POST: ['operator', (relay, request) => relay.queueDrift(request)] },
};

/** Nothing is fetched from elsewhere, no script but the page's own runs, and no other site shows it in a frame. */
const SAFE = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Nobody is let in without a key. */
const CLOSED: SignIn = { platform: false, local: false, rules: { viewers: [], operators: [] } };

/** What the page at /api/ui asks for: its files, and below `data/` what the relay knows. */
export async function answeredPage(
  relay: Relay,
  signIn: SignIn | undefined,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const path = request.params['path'] ?? '';
  const [first, name = '', id] = path.split('/');
  if (first !== 'data') return file(path, request);
  const answer = await answered(() => data(relay, signIn ?? CLOSED, request, name, id));
  return { ...answer, headers: { ...answer.headers, ...SAFE, 'cache-control': 'no-store' } };
}

function file(path: string, request: HttpRequest): HttpAnswer {
  const found = request.method === 'GET' ? fileAt(path) : undefined;
  if (found === undefined)
    return { ...refused(404, 'There is nothing here', 'the page is at /api/ui'), headers: { ...SAFE } };
  const { etag, type, text } = found;
  const headers = { ...SAFE, etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers, jsonBody: undefined };
  const whole = { status: 200, headers: { ...headers, 'content-type': type }, jsonBody: undefined };
  if (!/\bbr\b/.test(request.headers.get('accept-encoding') ?? '')) return { ...whole, body: text };
  return { ...whole, headers: { ...whole.headers, 'content-encoding': 'br' }, body: inBrotli(found) };
}

async function data(
  relay: Relay,
  signIn: SignIn,
  request: HttpRequest,
  name: string,
  id: string | undefined,
): Promise<HttpAnswer> {
  const me = whoAsks(request.headers, signIn);
  const { method } = request;
  if (name === 'me' && method === 'GET') return { status: 200, jsonBody: me };
  const methods = Object.hasOwn(DATA, name) ? DATA[name] : undefined;
  if (methods === undefined)
    return refused(404, 'There is nothing here', `the page asks for ${Object.keys(DATA).join(', ')}`);
  const [role, ask] = (Object.hasOwn(methods, method) ? methods[method] : undefined) ?? [];
  if (role === undefined || ask === undefined)
    return refused(405, 'This method is not taken here', `${name} takes ${Object.keys(methods).join(', ')}`);
  const why = whyNot(me, role, request);
  if (why !== undefined) return why;
  const { headers, query, body } = request;
  return ask(relay, {
    ...{ method, headers, query, body, params: id === undefined ? {} : { id } },
    actor: { by: me.by, via: me.via },
  });
}

function whyNot(me: Me, role: Role, { headers, method }: HttpRequest): HttpAnswer | undefined {
  if (me.via === 'none') return refused(401, 'Nobody is signed in', 'sign in, or use an admin key');
  if (me.role === 'none') {
    const roles = Object.values(APP_ROLES).join(' or ');
    return refused(403, 'You have no role here', `${me.by} needs ${roles}, or an entry in \`page\` of relay.yaml`);
  }
  if (role === 'operator' && me.role !== 'operator')
    return refused(
      403,
      'You may look, and not change',
      `${me.by} is a viewer; this is for operators (${APP_ROLES.operator})`,
    );
  // A browser sends a signed-in reader's cookie along with what another site has it ask; that site cannot set a header of its own.
  const site = headers.get('sec-fetch-site') ?? 'same-origin';
  if (method !== 'GET' && (headers.get('x-relay-page') !== '1' || site !== 'same-origin'))
    return refused(
      403,
      'This does not come from the page',
      'changes need the header x-relay-page: 1, and the same site',
    );
  return undefined;
}

const refused = (status: number, title: string, detail: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  jsonBody: { type: 'about:blank', title, status, detail },
});
