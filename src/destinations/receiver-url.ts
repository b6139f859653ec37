import type { Destination } from './destination.ts';
import { isLoopback, isPublicHost } from './public-address.ts';
import { type DestinationName, destinations } from './registry.ts';

/** Whether this is a local run, where plain http: to this machine is allowed. On Azure an app has a name, and no setting makes it one. */
export const isDevelopment = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development' && env['WEBSITE_SITE_NAME'] === undefined;

/** What is wrong with a receiver's URL, without repeating it: it is a secret even when it is mistyped. `own`: the host where it is to be. */
export function urlProblem(
  text: string,
  type: DestinationName,
  development: boolean,
  own?: string,
): string | undefined {
  const { hosts, addressProblem }: Destination = destinations[type];
  if (addressProblem !== undefined) return addressProblem(text, development);
  const url = URL.parse(text);
  if (url === null) return 'expected a whole URL, beginning with https://';
  const plain = plainProblem(text, development);
  if (plain !== undefined) return plain;
  if (development && isLoopback(url.hostname)) return undefined;
  if (url.username !== '' || url.password !== '') return 'expected a URL without a user name or a password';
  // Microsoft retired the connectors of Office 365 in 2026: nothing sent there arrives.
  if (/(^|\.)(webhook\.)?office\.com$/.test(url.hostname)) {
    return 'this is an Office 365 connector, which Microsoft has retired; make a Workflows webhook for the channel instead';
  }
  if (own !== undefined && url.host !== URL.parse(`https://${own}`)?.host) {
    return 'this is not at the host that `host` names';
  }
  if (hosts === 'public' || own !== undefined) {
    return isPublicHost(url.hostname) ? undefined : 'expected a public host, not this machine or a private address';
  }
  return url.port === '' && hosts.fit.test(url.hostname)
    ? undefined
    : `this is not the address of a ${type} webhook, which begins with ${hosts.beginning}; of a gateway in front of it, say the \`host\``;
}

/** What is wrong with the address of a proxy, without repeating it: it may hold a password. It may be in a private network. */
export function proxyProblem(text: string, development: boolean): string | undefined {
  const url = URL.parse(text);
  if (!development && isLoopback(url?.hostname ?? '')) {
    return 'nothing listens on the machine of a function: expected a proxy that Azure reaches';
  }
  const { protocol = '', username = '', password = '', pathname = '', search = '', hash = '' } = url ?? {};
  return /^https?:$/.test(protocol) && pathname + search + hash === '/' && isEscaped(username + password)
    ? undefined
    : 'expected the address of a proxy, such as http://proxy.example.com:3128; in user and password, %25 stands for %';
}

function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Why an address is not called: it is not https:, and not this machine in a local run. Undefined where it may be; and
 * where it is no address at all, which is told elsewhere.
 */
export function plainProblem(text: string, development: boolean): string | undefined {
  const url = URL.parse(text);
  if (url === null || url.protocol === 'https:') return undefined;
  if (development && url.protocol === 'http:' && isLoopback(url.hostname)) return undefined;
  return 'expected https: (plain http: is only for this machine, in a local run)';
}
