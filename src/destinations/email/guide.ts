import type { Guide } from '../guidance.ts';
import { deadMailServer } from './server-address.ts';

export const emailGuide: Guide = {
  title: 'Mail',
  signsIn: false,
  callsNoChannel: 'a mail is for the one address that it goes to',
  deadAddress: deadMailServer,
  afterSent: 'look into the mailbox, and its junk: a server takes a mail before it delivers it',
};
