import type { Guide } from '../guidance.ts';
import { googleChat } from './google-chat.ts';

export const googleChatGuide: Guide = {
  title: 'Google Chat',
  signsIn: false,
  // https://developers.google.com/workspace/chat/format-messages#messages-@mention: spaces and webhooks know no group.
  user: {
    fits: /^\d{6,30}$/,
    expected: 'the numeric id of a user, such as 107946847022116401880, as the People API or an admin’s export says it',
  },
  deadAddress,
};

const AGAIN = 'in the space, open "Apps & integrations", "Webhooks", and copy the whole address';

function deadAddress({ hostname, pathname, searchParams }: URL): string | undefined {
  if (!googleChat.hosts.fit.test(hostname)) return undefined;
  if (!/^\/v1\/spaces\/[^/]+\/messages$/.test(pathname)) {
    return `this is not the address of an incoming webhook of Google Chat, which has /v1/spaces/…/messages in it: ${AGAIN}`;
  }
  const missing = ['key', 'token'].filter((name) => !searchParams.get(name));
  return missing.length === 0
    ? undefined
    : `this address lacks ${missing.map((name) => `${name}=`).join(' and ')}, without which Google Chat takes no message: ${AGAIN}`;
}
