import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { bundled, pageHtml } from '../../dev/host/page-assets.ts';
import type { Delivery, Me, Now, Silence } from '../../pages/ui-data.ts';
import type { Fleet, Sender, SetDays } from '../../pages/ui-place-data.ts';
import { csvOf } from '../../src/history/csv.ts';
import type { DayCount } from '../../src/history/rules/day-count.ts';
import { once } from '../support/once.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const page = once(async () => {
  const { script, style } = await bundled('ui', 'ui.css');
  const html = await pageHtml({
    title: 'Relay',
    policy: POLICY.replace(/frame-ancestors[^;]*; /, ''),
    style: '<link rel="stylesheet" href="/api/ui/ui.css" />',
    script: '<script src="/api/ui/ui.js"></script>',
  });
  return { html, script, style };
});

/** What a first visit loads: bytes, compressed. */
export async function firstLoad(): Promise<number> {
  const { build } = await import('esbuild');
  const options = { bundle: true, write: false, minify: true, outdir: '/page', format: 'iife' } as const;
  const { outputFiles } = await build({ entryPoints: ['pages/ui.tsx', 'pages/ui.css'], ...options });
  const { html } = await page();
  return [html, ...outputFiles.map(({ text }) => text)].reduce((sum, text) => sum + gzipSync(text).length, 0);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

export interface PageCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  readonly isMarked: boolean;
  readonly body: unknown;
}

type Answer = readonly [status: number, body: unknown];

/** The relay's side of its page, from memory. */
export class PageRelay implements AsyncDisposable {
  me: Me = { by: 'jana@example.com', role: 'operator', via: 'entra' };
  /** The key that opens it. */
  key = 'right-key';
  now: Now | undefined = { stories: [], receivers: [] };
  deliveries: Delivery[] = [];
  silences: Silence[] = [];
  windows: object[] = [];
  shown: object[] = [];
  figures: DayCount[] = [];
  countedUntil: string | undefined;
  /** The review of an environment, or of all (the empty name). */
  review: (environment: string) => object | undefined = () => undefined;
  fleet: Fleet = { on: false, sets: [] };
  senders: Sender[] = [];
  /** In place of what is counted. */
  setDays: SetDays | 'away' | undefined;
  readonly calls: PageCall[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async listen(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://relay.invalid');
    const { html, script, style } = await page();
    const file = { '/api/ui': html, '/api/ui/ui.js': script, '/api/ui/ui.css': style }[pathname];
    const type = pathname.endsWith('.js') ? 'text/javascript' : pathname.endsWith('.css') ? 'text/css' : 'text/html';
    const headers = { 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
    if (file !== undefined) {
      response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(file);
      return;
    }
    const call = {
      method: request.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      key: request.headers['x-functions-key'] as string | undefined,
      isMarked: request.headers['x-relay-page'] === '1',
      body: await bodyOf(request),
    };
    this.calls.push(call);
    const [status, body] = this.#relay(call);
    const isText = typeof body === 'string';
    const kind = { 'content-type': isText ? 'text/csv' : 'application/json' };
    response.writeHead(status, { ...headers, ...kind }).end(isText ? body : JSON.stringify(body));
  }

  #relay(call: PageCall): Answer {
    const [, under = '', name = ''] = /^\/api\/(ui\/data\/)?(.+)$/.exec(call.path) ?? [];
    if (name === 'me') return [200, this.me];
    const role = under === '' ? (call.key === this.key ? 'operator' : 'none') : this.me.role;
    if (role === 'none') return [401, { detail: 'nobody is signed in' }];
    if (call.method === 'GET') return this.#read(name, call.query);
    if (role !== 'operator' || (under !== '' && !call.isMarked)) return [403, { detail: 'only for operators' }];
    return this.#change(name, call);
  }

  #read(name: string, query: PageCall['query']): Answer {
    const { since = '', until = '~', most = '100', state, severity, text = '', id } = query;
    const from = since === '1d' ? new Date(Date.now() - 86_400_000).toISOString() : since;
    const found = this.deliveries
      .filter(({ updatedAt }) => updatedAt >= from && updatedAt < until)
      .filter((row) => (state ?? row.state) === row.state && (severity ?? row.event.severity) === row.event.severity)
      .filter((row) => JSON.stringify(row).toLowerCase().includes(text.toLowerCase()))
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    const deliveries = found.slice(0, Number(most));
    const isMore = found.length > deliveries.length && { more: true, next: deliveries.at(-1)?.updatedAt };
    switch (name) {
      case 'now':
        return this.now === undefined ? [503, { detail: 'storage does not answer' }] : [200, this.now];
      case 'deliveries':
        return [200, { deliveries, ...isMore }];
      case 'dead-letters':
        return [200, { deliveries: this.deliveries.filter((each) => each.state === 'dead'), unread: [] }];
      case 'silences':
        return [200, { silences: this.silences, windows: this.windows }];
      case 'fleet':
        return [200, this.fleet];
      case 'senders':
        return [200, { senders: this.senders }];
      case 'show': {
        const events = this.shown.filter((each) => JSON.stringify(each).includes(`${id}`));
        return events.length > 0 ? [200, { events }] : [404, { detail: `there is no event ${id}` }];
      }
      case 'figures':
        if (this.setDays === 'away') return [503, { detail: 'storage does not answer' }];
        return [200, this.setDays ?? this.#figures(query)];
      case 'review': {
        const review = this.review(query['environment'] ?? '');
        return review === undefined ? [503, { detail: 'storage does not answer' }] : [200, review];
      }
      default:
        return [404, { detail: 'not found' }];
    }
  }

  #figures({ of, name, format }: PageCall['query']): unknown {
    const days = this.figures.filter(
      (each) => (of ?? each.of) === each.of && (name === undefined || name === each.name || name === each.id),
    );
    return format === 'csv' ? csvOf(days) : { countedUntil: this.countedUntil, days };
  }

  #change(name: string, { body, method }: PageCall): Answer {
    const given = (body ?? {}) as { id?: string; receiver?: string; match?: Silence['match']; reason?: string };
    if (name === 'replay') {
      const dead = this.deliveries.filter(
        ({ event, receiver }) => event.id === given.id && receiver === given.receiver,
      );
      const replayed = dead.map(({ event, receiver }) => ({ receiver, eventId: event.id, outcome: 'queued' }));
      return [200, { replayed }];
    }
    if (name === 'drift') return [202, { on: true, queued: true }];
    if (method === 'POST') {
      const endsAt = new Date(Date.now() + 3_600_000).toISOString();
      const silence = { id: 'abcd1234', match: {}, author: 'x', endsAt, ...given };
      this.silences.push(silence);
      return [201, { silence }];
    }
    const id = name.replace('silences/', '');
    const silence = this.silences.find((each) => each.id === id);
    this.silences = this.silences.filter((each) => each.id !== id);
    return silence === undefined ? [409, { detail: 'it has ended already' }] : [200, { silence }];
  }
}
