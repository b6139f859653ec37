import type { Guide } from '../guidance.ts';

export const webhookGuide: Guide = {
  title: 'webhook',
  signsIn: true,
  callsNoChannel: 'messages to webhook call nobody',
};
