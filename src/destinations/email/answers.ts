import type { Answer, AnswerTable } from '../answer.ts';

/** What a server was asked for when it answered. */
export type Stage = 'greeting' | 'tls' | 'sign-in' | 'sender' | 'recipient' | 'message';

/** Temporary answers that a server may give by name (RFC 5321, section 4.2.3; RFC 4954, section 6); of any other, the last. */
const LATER = ['421', '432', '450', '451', '452', '454', '455', '4xx'] as const;

const laterWord = (code: number): string => {
  const found = LATER.find((each) => each === `${code}`);
  return `smtp-${found ?? '4xx'}`;
};

/**
 * Limits of sending that are said as if for good: another day takes the same mail. 5.4.5 is "mail system congestion"
 * (RFC 3463, section 3.5), by which Gmail says its daily limit: https://support.google.com/a/answer/3726730
 * The others are Exchange Online's: https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
 */
const LIMITS: ReadonlySet<string> = new Set(['5.4.5', '5.1.90', '5.2.121', '5.2.122', '5.7.232', '5.7.233']);

/** A server's refusal in words of ours; `enhanced` is its code by RFC 3463, such as "5.7.1". What else it says is repeated nowhere. */
export function refusalAt(stage: Stage, code: number, enhanced = ''): Answer {
  const body = code < 500 || LIMITS.has(enhanced) ? laterWord(code) : finalWord(stage, code, enhanced);
  return { kind: 'answered', status: code, body };
}

function finalWord(stage: Stage, code: number, enhanced: string): string {
  switch (stage) {
    case 'greeting':
      return 'smtp-turned-away';
    case 'tls':
      return 'smtp-no-tls';
    case 'sign-in':
      // It wants TLS first, which nobody uses to this machine: https://www.rfc-editor.org/rfc/rfc4954#section-6
      if (code === 530 || code === 538) return 'smtp-no-tls';
      // It knows none of the ways that were tried.
      return code === 504 || enhanced === '5.5.4' ? 'smtp-no-sign-in' : 'smtp-sign-in';
    case 'message':
      return 'smtp-message';
    case 'sender':
    case 'recipient':
      // By its size (552, or 5.3.4): another form may pass. A full mailbox says 552 as well, and 5.2.2.
      if (enhanced === '5.3.4' || (code === 552 && enhanced !== '5.2.2')) return 'smtp-message';
      return code === 530 || enhanced.startsWith('5.7.') ? 'smtp-not-allowed' : `smtp-${stage}`;
  }
}

/** What was found without an answer to go by; as "transaction failed" (RFC 5321, section 4.2.3). */
export const noted = (word: 'smtp-no-tls' | 'smtp-certificate' | 'smtp-no-sign-in' | 'smtp-message'): Answer => ({
  kind: 'answered',
  status: 554,
  body: word,
});

export const TAKEN: Answer = { kind: 'answered', status: 250, body: 'taken' };

export const emailAnswers: AnswerTable = {
  accepted: (status, body) => status === 250 && body === 'taken',
  word: /[\w-]+/g,
  words: {
    'smtp-message': 'refused',
    'smtp-turned-away': 'broken',
    'smtp-no-tls': 'broken',
    'smtp-certificate': 'broken',
    'smtp-no-sign-in': 'broken',
    'smtp-sign-in': 'broken',
    'smtp-sender': 'broken',
    'smtp-recipient': 'broken',
    'smtp-not-allowed': 'broken',
    ...Object.fromEntries(LATER.map((code) => [`smtp-${code}`, 'retry'] as const)),
  },
};
