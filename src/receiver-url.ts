import { type DestinationName, destinations } from './destinations.ts';

/** Whether this is a local run, where plain http: to this machine is allowed. */
export const isDevelopment = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development';

/** What is wrong with a receiver's URL, without repeating it: it is a secret even when it is mistyped. */
export function urlProblem(text: string, type: DestinationName, development: boolean): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'expected a whole URL, beginning with https://';
  if (development && isLoopback(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'expected https: (plain http: is only for this machine, in a local run)';
  if (url.username !== '' || url.password !== '') return 'expected a URL without a user name or a password';
  // Microsoft retired the connectors of Office 365 in 2026: nothing sent there arrives.
  if (/(^|\.)(webhook\.)?office\.com$/.test(url.hostname)) {
    return 'this is an Office 365 connector, which Microsoft has retired; make a Workflows webhook for the channel instead';
  }
  if (url.port !== '' || !destinations[type].hosts.test(url.hostname)) {
    return `this is not the address of a ${type} webhook`;
  }
  return undefined;
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
