import type { SourceOptions } from '../config/source-options.ts';
import { cloud } from '../event/cloud.ts';
import { entraVerifier } from '../outbound/sign-in/entra.ts';
import type { SourceSettings } from '../relay/receive.ts';

// The first-party applications that call secure webhooks, and the app roles that their set-up scripts give them.
// https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#configure-authentication-for-secure-webhook
// https://learn.microsoft.com/azure/event-grid/secure-webhook-delivery
const ENTRA_CALLERS: Readonly<
  Record<string, { readonly callers: readonly string[]; readonly roles: readonly string[] }>
> = {
  'azure-monitor': { callers: ['461e8683-5575-4561-ac7f-899cc907d62a'], roles: ['ActionGroupsSecureWebhook'] },
  'event-grid': { callers: [], roles: ['AzureEventGridSecureWebhookSubscriber'] },
};

/** Event Grid is another application in each cloud. */
const callersOf = (name: string): readonly string[] =>
  name === 'event-grid' ? [cloud().eventGrid] : (ENTRA_CALLERS[name]?.callers ?? []);

/** What the configuration says of the sources, ready to verify with. */
export const sourceSettings = (options: Readonly<Record<string, SourceOptions>>): Record<string, SourceSettings> =>
  Object.fromEntries(Object.entries(options).map(([name, each]) => [name, settingsOf(name, each)]));

function settingsOf(
  name: string,
  { secret, token, basic, entra, include = [], baseUrl }: SourceOptions,
): SourceSettings {
  const known = ENTRA_CALLERS[name];
  const { tenant, audience, issuer, keys, callers = callersOf(name) } = entra ?? {};
  return {
    credentials: {
      secrets: several(secret),
      tokens: several(token),
      basic,
      ...(known &&
        tenant !== undefined && {
          entra: entraVerifier({ tenant, audience: several(audience), issuer, keys, ...known, callers }),
        }),
    },
    include,
    baseUrl,
  };
}

const several = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : typeof given === 'string' ? [given] : given;
