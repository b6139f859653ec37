import { identity } from '../../event/identity.ts';
import type { SendMail, Transport } from '../transport.ts';
import { noted } from './answers.ts';
import type { EmailMessage } from './message.ts';

/**
 * One mail to the receiver's address. Its id is made of the event and the receiver: who sorts out doubles knows a second
 * try. What belongs together answers one message, which nobody has sent.
 */
export const mailed =
  (_post: unknown, sendMail: SendMail): Transport =>
  async ({ name = '', url, letters }, payload, messageId) => {
    // The configuration is held to it.
    if (letters === undefined) return noted('smtp-message');
    const { subject, text, html, event, thread, urgent } = payload as EmailMessage;
    const { from, to } = letters;
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    return sendMail({
      ...{ url, from, to, subject, text, html },
      messageId: `${identity('mail', messageId, name)}@${domain}`,
      thread: `${identity('thread', thread, name)}@${domain}`,
      headers: {
        // No vacation message comes back: https://www.rfc-editor.org/rfc/rfc3834#section-5
        'Auto-Submitted': 'auto-generated',
        // The same for Exchange: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail
        'X-Auto-Response-Suppress': 'All',
        'X-Relay-Event': event,
        'X-Relay-Thread': thread,
        ...(urgent && { Importance: 'high', 'X-Priority': '1' }),
      },
    });
  };
