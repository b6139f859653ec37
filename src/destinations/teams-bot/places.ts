import { isLoopback } from '../public-address.ts';

// What Teams calls the places where people talk:
// https://learn.microsoft.com/microsoftteams/platform/resources/teams-updates and the samples of all that a bot is sent.
const CHANNEL = /^19:[\w-]{1,150}@thread\.(?:tacv2|skype)$/;
// A chat of several, of two, and of the bot with one person.
const CHAT = /^(?:19:[\w-]{1,150}@(?:thread\.v2|unq\.gbl\.spaces)|a:[\w-]{1,300})$/;
const THREAD = /^19:[\w-]{1,150}@thread\.(?:tacv2|skype);messageid=\d{1,20}$/;
const ACTIVITY = /^[\w:.=+-]{1,200}$/;

/** A channel of a team, where every message begins a thread. */
export const isChannel = (id: string): boolean => CHANNEL.test(id);

/** A channel or a chat: where a bot may begin. */
export const isRoom = (id: string): boolean => CHANNEL.test(id) || CHAT.test(id);

/** A thread of a channel, as which Teams names what was begun there. */
export const isThread = (id: string): boolean => THREAD.test(id);

/** What may stand in an address as the id of a message. Dots alone would lead elsewhere. */
export const isActivityId = (id: string): boolean => ACTIVITY.test(id) && !/^\.+$/.test(id);

/** An id of Entra ID, of a tenant or of an app. */
export const isGuid = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** A cloud as a bot sees it: for whom its tokens are, and who gives them. */
interface BotCloud {
  readonly audience: string;
  readonly login: string;
}

const PUBLIC: BotCloud = { audience: 'https://api.botframework.com', login: 'https://login.microsoftonline.com' };
const US: BotCloud = { audience: 'https://api.botframework.us', login: 'https://login.microsoftonline.us' };

/**
 * Where Teams takes what bots say: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages,
 * and for whom the tokens are: https://learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high. GCC is in the public cloud.
 */
const SERVICES: Readonly<Record<string, BotCloud>> = {
  'smba.trafficmanager.net': PUBLIC,
  'smba.infra.gcc.teams.microsoft.com': PUBLIC,
  'smba.infra.gov.teams.microsoft.us': US,
  'smba.infra.dod.teams.microsoft.us': US,
};

/** The cloud of a service; that of all but the United States' government where it is none that is known. */
export const botCloudOf = (service: string): BotCloud => SERVICES[URL.parse(service)?.hostname ?? ''] ?? PUBLIC;

/** A region, such as "teams" or "emea", and the tenant behind it, as Teams itself writes them. */
const PATH = /^\/[a-z]{2,8}(?:\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?\/?$/i;

/** Whether an address is one of the services of Teams: a bot's token goes to no other. `development`: or of this machine. */
export function isService(text: string, development: boolean): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  if (development && isLoopback(url.hostname)) return /^https?:$/.test(url.protocol);
  return (
    url.protocol === 'https:' && url.port === '' && Object.hasOwn(SERVICES, url.hostname) && PATH.test(url.pathname)
  );
}

/** What is wrong with the address of the service, without repeating it. */
export const serviceProblem = (text: string, development: boolean): string | undefined =>
  isService(text, development)
    ? undefined
    : 'this is not a service of Teams, such as https://smba.trafficmanager.net/teams: leave it out, or take the `serviceUrl` of what Teams sends to the bot';
