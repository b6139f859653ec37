import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { canCertify, certificate } from '../../support/certificate.ts';
import { listenOwn } from '../../support/own-port.ts';
import { proxyTo } from '../../support/proxy.ts';
import { listen } from '../../support/server.ts';
import { fresh, message } from '../bodies.ts';
import { Bundle, configured } from '../bundle.ts';
import { type Behaviour, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { type Outcome, timed } from '../row.ts';
import { silentStorage } from '../storage.ts';

/** What a proxy does in place of a tunnel, as far as it can be told of one. */
const INSTEAD: Partial<Record<Behaviour, (client: Duplex) => unknown>> = {
  silent: () => undefined,
  head: (client) => client.write('HTTP/1.1 200 '),
  trickle: (client) => flood(client, 'x', 1_000),
  endless: (client) => flood(client, 'x'.repeat(65_536), 50),
  'half-close': (client) => client.end(),
  reset: (client) => sleep(3_000).then(() => client.destroy()),
};

async function flood(client: Duplex, piece: string, milliseconds: number): Promise<void> {
  client.write('HTTP/1.1 200 Connection established\r\nx-filler: ');
  while (!client.destroyed) {
    client.write(piece);
    await sleep(milliseconds);
  }
}

/** Whoever gives tokens for receivers. */
async function tokens(stack: Run['stack']) {
  const answer = () => ({
    access_token: 'a-token-for-a-receiver',
    expires_on: `${Math.floor(Date.now() / 1000) + 3_600}`,
    resource: 'https://audience.example.com/',
    token_type: 'Bearer',
  });
  const headers = { 'content-type': 'application/json' };
  const server = stack.use(await listen(() => ({ status: 200, body: JSON.stringify(answer()), headers })));
  return stack.use(await doorTo({ to: server.url }));
}

/** A receiver of a public name, which is reached through a proxy alone. */
async function behind(stack: Run['stack'], instead: () => ((client: Duplex) => unknown) | undefined) {
  const own = stack.use(await certificate('DNS:audit.example.com'));
  const server = createServer(own, (request, response) =>
    request.resume().on('end', () => response.writeHead(204).end()),
  );
  const port = await listenOwn(server);
  stack.defer(() => new Promise((done) => server.close(done).closeAllConnections()));
  const well = stack.use(await proxyTo(port));
  const ill = stack.use(await proxyTo(port, (client) => instead()?.(client)));
  return { own, well, ill };
}

/** Delivers to one receiver, of which the log must say what became of it. */
async function deliver(bundle: Bundle, receiver: string, expected: RegExp): Promise<Outcome> {
  const logs = await bundle.delivers(message([receiver]), fresh());
  const [, outcome = 'nothing'] = /"outcome":"([a-z]+)"/.exec(logs.join('\n')) ?? [];
  return { result: outcome, fault: expected.test(outcome) ? undefined : `expected ${expected.source}` };
}

/** What stands between the relay and a receiver: whoever gives a token, and a proxy. One beside them is told all the same. */
export const waysGroup: Group = {
  name: 'ways',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    if (!(await canCertify())) return progress('ways: not looked at, there is no openssl');
    const storage = await silentStorage(stack);
    const chat = stack.use(await listen({ status: 202 }));
    const door = await tokens(stack);
    let now: Behaviour = 'silent';
    const { own, well, ill } = await behind(stack, () => INSTEAD[now]);
    const audit = {
      type: 'webhook',
      url: 'https://audit.example.com/events',
      secret: 'a-secret-of-its-own',
      rate: 'off',
    };
    // Each behaviour has receivers of its own: what one has met is remembered of them.
    const receivers = Object.fromEntries(
      behaviours.flatMap((each) => [
        [
          `tenant-${each}`,
          { type: 'teams', url: chat.url, auth: { entra: 'https://audience.example.com/' }, rate: 'off' },
        ],
        [`audit-${each}`, { ...audit, proxy: ill.url }],
        [`cured-${each}`, { ...audit, proxy: well.url }],
        [`beside-${each}`, { type: 'teams', url: chat.url, rate: 'off' }],
      ]),
    );
    const env = {
      AzureWebJobsStorage: storage.through,
      IDENTITY_ENDPOINT: `${door.url}/msi/token`,
      IDENTITY_HEADER: 'a-header',
      NODE_EXTRA_CA_CERTS: own.file,
      ...(await configured(stack, { receivers, routes: [{ to: Object.keys(receivers) }] })),
    };
    for (const behaviour of behaviours) {
      progress(`ways: ${behaviour}`);
      now = behaviour;
      door.behaviour = behaviour;
      const bundle = await Bundle.start(stack, folder, env);
      const row = async (
        dependency: string,
        caller: string,
        receiver: string,
        figure: 'deliver' | 'cure',
        expected: RegExp,
      ) =>
        run.note(
          await timed({ dependency, behaviour, caller, figure }, () =>
            deliver(bundle, `${receiver}-${behaviour}`, expected),
          ),
        );
      await Promise.all([
        row('token service', 'deliver with a token', 'tenant', 'deliver', behaviour === 'slow' ? /sent/ : /sent|retry/),
        ...(INSTEAD[behaviour] === undefined ? [] : [row('proxy', 'deliver through it', 'audit', 'deliver', /retry/)]),
        row('ways', 'the one beside them', 'beside', 'cure', /sent/),
      ]);
      door.behaviour = 'well';
      await row('proxy', 'then: through another', 'cured', 'cure', /sent/);
      await bundle[Symbol.asyncDispose]();
    }
  },
};
