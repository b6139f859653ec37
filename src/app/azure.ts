import type { Config } from '../config/config.ts';
import type { ResourceManagerSettings } from '../outbound/arm/resource-manager.ts';
import type { AzureIdentity } from '../outbound/sign-in/identity.ts';

/** Who the relay is to Azure and to receivers: the app's identity, or whoever is signed in on this machine. */
export const identityOf = ({
  development,
  azureClientId,
}: Pick<Config, 'development' | 'azureClientId'>): AzureIdentity =>
  development ? { kind: 'developer' } : { kind: 'managed', clientId: azureClientId };

/** Where Azure is read, and who the relay is to it. */
export const azureOf = (
  { armEndpoint, apiVersion }: NonNullable<Config['arm']>,
  who: Parameters<typeof identityOf>[0],
): ResourceManagerSettings => ({
  endpoint: armEndpoint,
  computeVersion: apiVersion,
  identity: identityOf(who),
});
