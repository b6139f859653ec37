import { asList, asObject } from '../../event/json.ts';
import { jwtVerifier } from './jwt.ts';

/** Whose bot it is that is called. */
interface BotFrameworkSettings {
  /** The id of the bot's app, for which the tokens have to be. */
  readonly appId: string;
  /** Of a government of the United States. */
  readonly government?: boolean;
  /** Address of the JWKS, where it is another one. */
  readonly keys?: string | undefined;
}

/** What a message says of itself that its token has to confirm. */
interface Claimed {
  readonly serviceUrl: string;
  readonly channelId: string;
}

// "Allow for clock skew of 5 minutes."
const SKEW_SECONDS = 300;

// As the metadata of each says, which is at /v1/.well-known/openidconfiguration there.
const PUBLIC = {
  issuer: 'https://api.botframework.com',
  keys: 'https://login.botframework.com/v1/.well-known/keys',
};
const GOVERNMENT = {
  issuer: 'https://api.botframework.us',
  keys: 'https://login.botframework.azure.us/v1/.well-known/keys',
};

/**
 * Checks that the Bot Connector sends a message: by its token's signature, issuer, audience and time, by the service that it names, and
 * by the key, which its owner endorses for some channels only. Throws a KeysError where the keys cannot be had.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
 */
export function botFrameworkVerifier({
  appId,
  government = false,
  keys,
}: BotFrameworkSettings): (token: string, claimed: Claimed) => Promise<boolean> {
  const { issuer, keys: own } = government ? GOVERNMENT : PUBLIC;
  const verify = jwtVerifier({ keys: keys ?? own, issuers: [issuer], audience: [appId], skew: SKEW_SECONDS });
  return async (token, { serviceUrl, channelId }) => {
    const { claims, key } = (await verify(token)) ?? {};
    // Documentation and tokens write it both ways.
    const service = claims?.['serviceurl'] ?? claims?.['serviceUrl'];
    const endorsements = asList(asObject(key)['endorsements']);
    return service === serviceUrl && endorsements.includes(channelId);
  };
}
