import { canCertify, certificate } from '../../support/certificate.ts';
import { listen } from '../../support/server.ts';
import { Bundle, configured } from '../bundle.ts';
import { type Caller, deep, deliver, timers, webhook } from '../callers.ts';
import { doorTo } from '../door.ts';
import type { Group } from '../group.ts';
import { silentStorage } from '../storage.ts';
import { chats, lost, round } from './storage.ts';

const CALLERS: readonly Caller[] = [webhook, deep, deliver, ...timers];

// https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
const token = () => ({
  access_token: 'a-token-for-storage',
  expires_on: `${Math.floor(Date.now() / 1000) + 3_600}`,
  resource: 'https://storage.azure.com/',
  token_type: 'Bearer',
});

/** The endpoint of a managed identity, without which there is no storage. */
export const identityGroup: Group = {
  name: 'identity',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    if (!(await canCertify())) return progress('identity: not looked at, there is no openssl');
    const own = stack.use(await certificate());
    const storage = await silentStorage(stack, own);
    const headers = { 'content-type': 'application/json' };
    const endpoint = stack.use(await listen(() => ({ status: 200, body: JSON.stringify(token()), headers })));
    const door = stack.use(await doorTo({ to: endpoint.url }));
    const { config } = await chats(stack);
    const at = (service: 'blob' | 'queue' | 'table') => `${storage.doors[service].url}/relay`;
    const env = {
      AzureWebJobsStorage__blobServiceUri: at('blob'),
      AzureWebJobsStorage__queueServiceUri: at('queue'),
      AzureWebJobsStorage__tableServiceUri: at('table'),
      AzureWebJobsStorage__clientId: '11111111-2222',
      IDENTITY_ENDPOINT: `${door.url}/msi/token`,
      IDENTITY_HEADER: 'a-header',
      NODE_EXTRA_CA_CERTS: own.file,
      ...(await configured(stack, config)),
    };
    const taken = new Set<string>();
    for (const behaviour of behaviours) {
      progress(`identity: ${behaviour}`);
      door.behaviour = behaviour;
      const bundle = await Bundle.start(stack, folder, env);
      const cure = () => {
        door.behaviour = 'well';
      };
      await round(run, bundle, { dependency: 'identity', behaviour, cure }, CALLERS, taken);
      await bundle[Symbol.asyncDispose]();
    }
    await lost(run, 'identity', storage, taken);
  },
};
