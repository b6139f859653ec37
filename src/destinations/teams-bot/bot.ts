import { isLoopback } from '../public-address.ts';
import type { App } from '../transport.ts';
import { botCloudOf } from './places.ts';

/** Who the relay is in Teams. */
export interface Bot {
  /** The id of its app in Entra ID. */
  readonly appId: string;
  /** The tenant whose people it talks to, and where its app is. */
  readonly tenant: string;
}

interface Given {
  readonly url: string;
  readonly bot?: Bot;
  readonly secrets?: readonly string[];
  readonly audience?: string;
  readonly proxy?: string;
}

/** For whom a token has to be that a receiver wants, and as whom it is asked for: as an app, else as the relay itself. */
interface Wanted {
  readonly audience: string;
  readonly app?: App;
}

/** The token that a receiver wants; undefined where it wants none. */
export function wantedToken(given: Given): Wanted | undefined {
  const { url, bot, audience = bot && botCloudOf(url).audience } = given;
  if (audience === undefined) return undefined;
  const app = appOf(given);
  return { audience, ...(app && { app }) };
}

/**
 * As whom a bot asks for its tokens that has a secret; undefined where it is the relay's own identity. A double of Teams on this machine
 * gives them itself: no secret of a local run is shown to anybody else.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
function appOf({ url, bot, secrets: [secret] = [], proxy }: Given): App | undefined {
  if (bot === undefined || secret === undefined) return undefined;
  const { hostname = '' } = URL.parse(url) ?? {};
  const login = isLoopback(hostname) ? url.replace(/\/$/, '') : `${botCloudOf(url).login}/${bot.tenant}`;
  return { id: bot.appId, secret, tokens: `${login}/oauth2/v2.0/token`, ...(proxy !== undefined && { proxy }) };
}
