import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen } from '../../support/server.ts';
import { fresh } from '../bodies.ts';
import { answeredWell, Bundle, configured } from '../bundle.ts';
import { type Door, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { silentStorage } from '../storage.ts';
import { chats } from './storage.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';

// Who calls for Event Grid, and its role: src/app/credentials.ts.
const CLAIMS = {
  azp: '4962773b-9cdb-44cf-a8bf-237846a00ab7',
  roles: ['AzureEventGridSecureWebhookSubscriber'],
  tid: TENANT,
  aud: 'api://relay',
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
};

interface Entra {
  readonly door: Door;
  token(): Promise<string>;
}

async function entra(stack: Run['stack']): Promise<Entra> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const headers = { 'content-type': 'application/json' };
  const server = stack.use(await listen({ status: 200, body: JSON.stringify({ keys: [jwk] }), headers }));
  const signed = () =>
    new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).setIssuedAt().setExpirationTime('2h');
  return { door: stack.use(await doorTo({ to: server.url })), token: () => signed().sign(privateKey) };
}

// https://learn.microsoft.com/azure/event-grid/event-schema-app-service
const body = () => [
  {
    ...{ id: fresh(), eventType: 'Microsoft.Web.AppUpdated', dataVersion: '1', metadataVersion: '1' },
    ...{ subject: '/Microsoft.Web/sites/shop', eventTime: new Date().toISOString() },
    topic: '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg/providers/Microsoft.Web/sites/shop',
    data: { name: 'shop', appEventTypeDetail: { action: 'Stopped' } },
  },
];

const MINUTE = 60_000;

/** Entra's keys: without any, and with some that are eleven minutes old. */
export const keysGroup: Group = {
  name: 'keys',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    const storage = await silentStorage(stack);
    const { config } = await chats(stack);
    const { door, token } = await entra(stack);
    const sources = { 'event-grid': { entra: { tenant: TENANT, audience: 'api://relay', keys: door.url } } };
    const given = await configured(stack, { ...config, sources });
    for (const behaviour of behaviours) {
      progress(`keys: ${behaviour}`);
      const bundle = await Bundle.start(stack, folder, { AzureWebJobsStorage: storage.through, ...given });
      const call = async (caller: string, figure: 'webhook' | 'cure', only?: number) => {
        const headers = { authorization: `Bearer ${await token()}` };
        const ask = () => bundle.asks('webhook', { body: body(), headers, params: { source: 'event-grid' } });
        run.note(
          await timed({ dependency: 'keys', behaviour, caller, figure }, async () => answeredWell(await ask(), only)),
        );
      };
      door.behaviour = behaviour;
      await Promise.all([1, 2, 3].map(() => call('webhook of Event Grid', 'webhook')));
      door.behaviour = 'well';
      await call('then: webhook', 'cure', 202);
      door.behaviour = behaviour;
      await bundle.jump(11 * MINUTE);
      for (let times = 0; times < 3; times += 1) await call('webhook, keys 11 min old', 'cure', 202);
      door.behaviour = 'well';
      await bundle[Symbol.asyncDispose]();
    }
  },
};
