import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';
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
  const { hosts }: { readonly hosts: RegExp | 'public' } = destinations[type];
  if (hosts === 'public' || own !== undefined) {
    return isPublic(url.hostname) ? undefined : 'expected a public host, not this machine or a private address';
  }
  const { [type]: beginning } = BEGINNINGS;
  return url.port === '' && hosts.test(url.hostname)
    ? undefined
    : `this is not the address of a ${type} webhook, which begins with ${beginning}; of a gateway in front of it, say the \`host\``;
}

/**
 * Why an address cannot work, though it is one of such a receiver; undefined where it can. For `lint` only: a relay that runs
 * goes on for its other receivers. `signsIn`: a token goes with each message.
 */
export function deadAddress(text: string, type: DestinationName, signsIn = false): string | undefined {
  const { hostname = '', pathname = '', searchParams = new URLSearchParams() } = URL.parse(text) ?? {};
  if (type === 'slack' && destinations.slack.hosts.test(hostname) && /^\/(?:triggers|workflows)\//.test(pathname)) {
    return 'this is a trigger of Slack’s Workflow Builder, which takes no messages: make an incoming webhook in a Slack app (https://api.slack.com/apps), whose address has /services/';
  }
  if (type !== 'teams' || !destinations.teams.hosts.test(hostname)) return undefined;
  // Retired on 30 November 2025; Azure's own Logic Apps have another version: https://learn.microsoft.com/power-automate/triggers-introduction
  if (/^prod-\d/.test(hostname) && searchParams.get('api-version') === '2016-06-01') {
    return 'this is an address that Power Automate has retired: open the flow, and copy the new one, which ends in environment.api.powerplatform.com';
  }
  const isSigned = Boolean(searchParams.get('sig'));
  // "Using both schemes at the same time causes an error": https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app
  if (isSigned && signsIn) {
    return 'this address lets anyone call by its sig=, and a flow that is called both ways refuses: leave auth out, or copy the address that has no sig=';
  }
  return isSigned || signsIn
    ? undefined
    : 'this flow takes calls of people who have signed in only: in its trigger choose "Anyone" under "Who can trigger the flow", and copy the address, which then has sig= in it; or let the relay sign in: auth: entra';
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

/** What people see of the addresses that such receivers have: the hosts of src/destinations/registry.ts. */
const BEGINNINGS: Readonly<Record<DestinationName, string>> = {
  slack: 'https://hooks.slack.com/',
  teams: 'https://….environment.api.powerplatform.com/ or https://….logic.azure.com/',
  webhook: 'https://',
};

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

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Whether a host may be public. A name is: where it leads is looked at when it is connected to. */
function isPublic(hostname: string): boolean {
  // The parser has written every form of an IPv4 address (0x7f.1, 2130706433) in the usual one.
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 ? !/(^|\.)localhost$/.test(host) : isPublicAddress(host);
}
