import type { Guide } from '../guidance.ts';
import { teamsGuide } from '../teams/guide.ts';
import { isGuid, isRoom } from './places.ts';
import { isTagId } from './tags.ts';

const matching = (test: (text: string) => boolean) => ({ test }) as const;

export const teamsBotGuide: Guide = {
  title: 'Teams',
  signsIn: true,
  ...(teamsGuide.user && { user: teamsGuide.user }),
  group: {
    fits: matching(isTagId),
    expected: 'the id of a tag of the team, as Graph lists it: a long one, in Base64',
  },
  callsNoChannel: 'a bot of Teams can call people and the tags of a team, and no whole channel',
  channel: {
    fits: matching(isRoom),
    expected:
      'the id of a channel, such as 19:0123456789abcdef@thread.tacv2, and not its name: it is in the link to the channel, with %3A for : and %40 for @',
  },
  bot: {
    appId: { fits: matching(isGuid), expected: 'the Microsoft App ID of the bot, which Azure shows: a GUID' },
    tenant: { fits: matching(isGuid), expected: 'the id of the tenant in Entra ID: a GUID' },
    secret: 'a client secret of the app of the bot; or auth: entra, where the bot is the identity of the relay',
  },
  callsNobodyLoud: 'Teams shows an answer in its thread, and nowhere else: broadcast has no use here',
};
