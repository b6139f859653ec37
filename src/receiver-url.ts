import { BlockList, isIP } from 'node:net';
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
  const { hosts }: { readonly hosts: RegExp | 'public' } = destinations[type];
  if (hosts === 'public') {
    return isPublic(url.hostname) ? undefined : 'expected a public host, not this machine or a private address';
  }
  return url.port === '' && hosts.test(url.hostname) ? undefined : `this is not the address of a ${type} webhook`;
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

// What leads nowhere, back to this machine, into its network, or to what the cloud keeps for the machine itself:
// https://www.iana.org/assignments/iana-ipv4-special-registry and its sister for IPv6.
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  // Multicast, and all above it.
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
// The host's own services in Azure: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
PRIVATE.addAddress('168.63.129.16', 'ipv4');
// Unassigned and translated addresses are refused with them: only 2000::/3 is given out.
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
// Teredo and 6to4 carry an IPv4 address inside.
PRIVATE.addSubnet('2001::', 32, 'ipv6');
PRIVATE.addSubnet('2002::', 16, 'ipv6');

/** Whether a host may be public. A name is: where it leads is for its owner and the network's names to say. */
function isPublic(hostname: string): boolean {
  // The parser has written every form of an IPv4 address (0x7f.1, 2130706433) in the usual one.
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  switch (isIP(host)) {
    case 4:
      return !PRIVATE.check(host);
    case 6:
      return PUBLIC_V6.check(host, 'ipv6') && !PRIVATE.check(host, 'ipv6');
    default:
      return !/(^|\.)localhost$/.test(host);
  }
}
