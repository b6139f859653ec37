import type { TokenCredential } from '@azure/identity';

// A sender waits meanwhile. Azure's own endpoint answers within a second or not at all.
const MANAGED_MILLISECONDS = 4_000;

// The tools of a developer's machine are programs that are started for it.
const DEVELOPER_MILLISECONDS = 15_000;

/** Who the relay is to Azure: the app's identity, or whoever is signed in on this machine. */
export type AzureIdentity =
  | { readonly kind: 'managed'; readonly clientId?: string | undefined }
  | { readonly kind: 'developer' };

/** A credential that can also give another token than the one that was refused. */
export interface Credential extends TokenCredential {
  renewed(scope: string): ReturnType<TokenCredential['getToken']>;
}

/** The credential of an identity, which never holds anybody for long. */
export const azureIdentity = (identity: AzureIdentity): Credential =>
  withinPatience(() => opened(identity), identity.kind === 'managed' ? MANAGED_MILLISECONDS : DEVELOPER_MILLISECONDS);

/**
 * A credential that gives up after a while, or with the call it is for, and begins anew after every loss. The SDK's own has
 * no limit of time, takes no signal, and lets all later calls wait for the request that is never answered.
 */
export function withinPatience(
  open: () => Promise<TokenCredential>,
  milliseconds: number = MANAGED_MILLISECONDS,
): Credential {
  let opening: Promise<TokenCredential> | undefined;
  async function asked(ask: (credential: TokenCredential) => ReturnType<TokenCredential['getToken']>) {
    opening ??= open();
    const current = opening;
    try {
      const credential = await current;
      return await within(milliseconds, ask(credential));
    } catch (error) {
      if (opening === current) opening = undefined;
      current.then(abandoned, () => undefined);
      if (sender !== undefined) abandoned(sender);
      throw error;
    }
  }
  // Whoever goes away does not end what others wait for as well.
  return {
    getToken: (scopes, options) =>
      until(
        options?.abortSignal,
        asked((credential) => credential.getToken(scopes, options)),
      ),
    renewed: (scope) => asked((credential) => renewedBy(credential, scope)),
  };
}

/**
 * The library gives a token until it ends, whoever has refused it. What is within can fetch another one, has no public way
 * to, and then gives that.
 */
async function renewedBy(credential: TokenCredential, scope: string) {
  const within: unknown = Reflect.get(credential, 'managedIdentityApp');
  if (typeof within === 'object' && within !== null && 'acquireToken' in within) {
    const { acquireToken } = within;
    const wish = { resource: scope.replace(/\/\.default$/, ''), forceRefresh: true };
    if (typeof acquireToken === 'function') await acquireToken.call(within, wish);
  }
  return credential.getToken(scope);
}

type Ending = NonNullable<Parameters<TokenCredential['getToken']>[1]>['abortSignal'];

async function until<T>(end: Ending, work: Promise<T>): Promise<T> {
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Error('the call for the identity has ended'));
  if (end?.aborted) abort();
  end?.addEventListener('abort', abort);
  try {
    return await Promise.race([work, gone]);
  } finally {
    end?.removeEventListener('abort', abort);
  }
}

// The library keeps the first credential of a process for good, and sends every request of a managed identity by it.
let sender: TokenCredential | undefined;

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('the identity did not answer')), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the request of a credential that is let go: it has no public way to, and would keep the connection. */
function abandoned(credential: TokenCredential): void {
  const client: unknown = Reflect.get(credential, 'identityClient');
  if (typeof client !== 'object' || client === null || !('abortRequests' in client)) return;
  if (typeof client.abortRequests === 'function') client.abortRequests();
}

// The library takes tens of milliseconds to load, so it is loaded when first needed.
async function opened(identity: AzureIdentity): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  if (identity.kind === 'developer') return new DefaultAzureCredential();
  const { clientId } = identity;
  const made = clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  sender ??= made;
  return made;
}
