import type { Guide } from '../guidance.ts';

export const mattermostGuide: Guide = {
  title: 'Mattermost',
  signsIn: false,
  // https://docs.mattermost.com/collaborate/mention-people.html; names: https://docs.mattermost.com/preferences/manage-your-profile.html
  user: { fits: /^[a-z][a-z0-9._-]{1,63}$/, expected: 'a user name, such as minji.kim, without the @' },
  group: { fits: /^[a-z0-9._-]{1,64}$/, expected: 'the name by which a group is mentioned, without the @' },
  deadAddress: ({ pathname }) =>
    /\/(?:api|channels|messages|plugins)\/|\/hooks\/commands\//.test(pathname)
      ? 'this is not the address of an incoming webhook of Mattermost, which ends in /hooks/ and a key'
      : undefined,
};
