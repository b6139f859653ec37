import type { Config } from './config.ts';
import type { ResourceManagerSettings } from './outbound/resource-manager.ts';

/** Where Azure is read, and who the relay is to it: the app's identity, or whoever is signed in on this machine. */
export const azureOf = (
  { armEndpoint, apiVersion }: NonNullable<Config['arm']>,
  { development, azureClientId }: Pick<Config, 'development' | 'azureClientId'>,
): ResourceManagerSettings => ({
  endpoint: armEndpoint,
  computeVersion: apiVersion,
  identity: development ? { kind: 'developer' } : { kind: 'managed', clientId: azureClientId },
});
