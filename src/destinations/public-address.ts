import { BlockList, isIP } from 'node:net';

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

/** Whether an IP address may be anybody's on the internet. Any other text is no such address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE.check(address);
    case 6:
      return PUBLIC_V6.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Whether an IP address is of this machine. */
export const isLoopbackAddress = (address: string): boolean => /^(127(\.\d+){3}|::1)$/.test(address);

/** Whether the host of a URL is this machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));

/** Whether the host of a URL may be public. A name is: where it leads is looked at when it is connected to. */
export function isPublicHost(hostname: string): boolean {
  // The parser has written every form of an IPv4 address (0x7f.1, 2130706433) in the usual one.
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? !/(^|\.)localhost$/.test(host) : isPublicAddress(host);
}
