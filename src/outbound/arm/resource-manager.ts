import { isLoopback } from '../../destinations/public-address.ts';
import type { OpenScaleSets, Run } from '../../drift/scale-sets.ts';
import { ConfigurationError } from '../../problems/errors.ts';
import { resourceGraph } from '../graph/resource-graph.ts';
import type { AzureIdentity } from '../sign-in/identity.ts';
import { azureTokens, type Tokens } from '../sign-in/token.ts';
import { type Caller, caller } from './call.ts';
import { imageReadings } from './images.ts';
import { instanceReadings } from './instances.ts';
import { type Pace, pace, realTiming, type Timing } from './pace.ts';
import { scopeReadings } from './scopes.ts';
import { type Address, scaleSetReadings } from './sets.ts';
import { versions } from './version.ts';

/** Where Azure Resource Manager is, and who we are to it. */
export interface ResourceManagerSettings {
  /** ARM_ENDPOINT, such as https://management.azure.com. Plain HTTP is for servers on this machine only. */
  readonly endpoint: string;
  readonly identity: AzureIdentity;
  /** COMPUTE_API_VERSION. */
  readonly computeVersion?: string | undefined;
  /** In place of those of the identity. */
  readonly tokens?: Tokens | undefined;
  readonly timing?: Timing | undefined;
}

// https://github.com/Azure/azure-rest-api-specs/tree/main/specification/compute/resource-manager/Microsoft.Compute/Compute/stable
const COMPUTE_VERSION = '2026-04-01';

/** Readers of scale sets in Azure. Throws a ConfigurationError; the readers themselves never reject. */
export function resourceManager(settings: ResourceManagerSettings): OpenScaleSets {
  const { address, open } = connection(settings);
  return (run) => {
    const { call, pacing } = open(run);
    return {
      ...scopeReadings(call, address.origin),
      ...scaleSetReadings(call, address),
      ...instanceReadings(call, address),
      ...imageReadings(call, address),
      graph: resourceGraph(call, address.origin),
      spent: pacing.spent,
    };
  };
}

/** How calls get there, run by run. Throws a ConfigurationError. */
export function connection(settings: ResourceManagerSettings): {
  readonly address: Address;
  readonly timing: Timing;
  open(run: Run): { readonly call: Caller; readonly pacing: Pace };
} {
  const endpoint = endpointOf(settings.endpoint);
  const { identity, computeVersion = COMPUTE_VERSION, timing = realTiming } = settings;
  const tokens = settings.tokens ?? azureTokens(endpoint, identity);
  const { origin } = endpoint;
  const spoken = versions();
  return {
    address: { origin, computeVersion },
    timing,
    open(run) {
      const pacing = pace(run, timing);
      return { call: caller({ origin, tokens, pace: pacing, timing, versions: spoken, run }), pacing };
    },
  };
}

function endpointOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  const message = 'expected an https address, or an http address of this machine';
  throw new ConfigurationError([{ path: 'ARM_ENDPOINT', message }]);
}
