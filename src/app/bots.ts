import type { Ports } from '../delivery/ports.ts';
import { botCloudOf } from '../destinations/teams-bot/places.ts';

type Verify = ReturnType<Awaited<typeof import('../outbound/sign-in/bot-framework.ts')>['botFrameworkVerifier']>;

const GOVERNMENT = /\.us$/;

/** Whether Teams calls a bot. Few relays have one: what checks its tokens is loaded when it is called, and keeps its keys. */
export function teamsCalls(): NonNullable<Ports['calledByTeams']> {
  const known = new Map<string, Verify>();
  return async ({ url, bot }, token, serviceUrl) => {
    if (bot === undefined) return false;
    const government = GOVERNMENT.test(botCloudOf(url).audience);
    const key = `${bot.appId} ${government}`;
    const { botFrameworkVerifier } = await import('../outbound/sign-in/bot-framework.ts');
    const verify = known.get(key) ?? botFrameworkVerifier({ appId: bot.appId, government });
    known.set(key, verify);
    return verify(token, { serviceUrl, channelId: 'msteams' });
  };
}
