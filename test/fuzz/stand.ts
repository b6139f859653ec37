import { exportJWK, generateKeyPair } from 'jose';
import { doubles, isDouble } from '../../dev/host/inbox-message.ts';
import { proxyTo, type StorageProxy } from '../integration/storage-proxy.ts';
import { type DataFolder, dataFolder, type LocalRun, startRun } from '../support/local-run.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';
import type { Stack } from '../support/stack.ts';
import { leaked } from './mutations.ts';
import { credentials, KEPT } from './proofs.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** What broke a law, and the number of the body that did it, where that is known. */
export interface Fall {
  readonly law: string;
  readonly seen: string;
  readonly body?: number | undefined;
}

/** The whole local run between a sender and strict doubles of the chats, with an eye on everything that comes out of it. */
export interface Stand {
  readonly url: string;
  readonly run: LocalRun;
  readonly storage: StorageProxy;
  /** Those of the tenant, and somebody else's. */
  readonly keys: Keys;
  readonly others: Keys;
  readonly falls: Fall[];
  /** Looks for secrets in what came out. */
  watch(where: string, text: string): void;
  /** Looks through what was logged since the last time. */
  watchLog(): void;
}

const RECEIVERS = ['slack', 'teams', 'mattermost', 'google-chat', 'webhook'] as const;

/** A receiver that answers as the double of its name does. */
function chat(falls: Fall[], watch: Stand['watch'], { path, headers, body }: ReceivedRequest): Reply {
  watch('a message to a chat', body);
  const name = path.split('/')[1] ?? '';
  const contentType = headers['content-type'];
  const {
    status,
    body: said,
    reason,
  } = isDouble(name) ? doubles[name]({ contentType, headers, body }) : { status: 404, body: '', reason: 'no chat' };
  if (status >= 300) falls.push({ law: 'a chat takes every message', seen: `${name} ${status} ${reason ?? said}` });
  return { status, body: said };
}

const configOf = (chats: string, jwks: string) => ({
  receivers: Object.fromEntries(
    RECEIVERS.map((type) => [
      type,
      {
        type,
        url: `${chats}/${type}/x`,
        rate: 'off',
        ...(type === 'webhook' && { secret: `whsec_${Buffer.from(KEPT).toString('base64')}` }),
      },
    ]),
  ),
  sources: credentials(jwks),
});

export async function stand(stack: Stack, connectionString: string): Promise<Stand> {
  const falls: Fall[] = [];
  const watch = (where: string, text: string) => {
    const body = leaked(text);
    if (body !== undefined || text.includes(KEPT)) {
      const from = Math.max(0, text.search(/pl4nted|k3pt-by/i) - 80);
      falls.push({ law: `no secret in ${where}`, seen: text.slice(from, from + 200), body });
    }
  };
  const [keys, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const json = { 'content-type': 'application/json' };
  const jwks = stack.use(await listen({ status: 200, body: JSON.stringify({ keys: [jwk] }), headers: json }));
  const chats = stack.use(await listen((request) => chat(falls, watch, request)));
  const storage = stack.use(await proxyTo(connectionString));
  storage.heard = (call, body) => watch(`what is stored (${call})`, storedText(call, body));
  const folder: DataFolder = stack.use(await dataFolder());
  const config = await folder.write('relay.yaml', JSON.stringify(configOf(chats.url, jwks.url)));
  const run = stack.use(startRun(folder, { AzureWebJobsStorage: storage.connectionString, RELAY_CONFIG: config }));
  const url = await run.ready();
  let read = 0;
  const watchLog = () => {
    const lines = run.output.slice(read);
    read = run.output.length;
    chats.received.length = 0;
    storage.calls.length = 0;
    watch('the log', lines);
    // What storage does not take or answer in time is done again, and said: a busy machine is no fall.
    for (const [line] of lines.matchAll(
      /^.*(?:failed:|comes back:|Error:|Unhandled)(?!.*(?:storage|aborted|status code|no answer|too many wait|ECONNRESET|EPIPE)).*$/gim,
    ))
      falls.push({ law: 'nothing fails unforeseen', seen: line });
  };
  return { url, run, storage, keys, others, falls, watch, watchLog };
}

/** What was written, to be read. Bodies that no source could read are kept whole, as SECURITY.md says. */
const storedText = (call: string, body: string): string =>
  /^PUT \/[^/]+\/rejected\//.test(call)
    ? ''
    : body.replace(/<MessageText>([^<]*)<\/MessageText>/, (_, text: string) =>
        Buffer.from(text, 'base64').toString('utf8'),
      );
