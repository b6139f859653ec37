import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { GATHER } from '../rate.ts';
import { emailAnswers } from './answers.ts';
import { mailServerProblem } from './server-address.ts';
import { mailed } from './transport.ts';

export const email = {
  readers: 'people',
  message: async () => (await import('./message.ts')).emailMessage,
  eventIn: (payload) => markedAt(payload, 'event'),
  transport: { name: 'smtp', over: mailed },
  isSigned: false,
  answers: emailAnswers,
  // Azure Communication Services takes 30 in a minute and 100 in an hour of a domain that is new there:
  // https://learn.microsoft.com/azure/communication-services/concepts/service-limits#email
  rate: { perSecond: 0.5, burst: 5, perHour: 100, gather: GATHER },
  hosts: 'public',
  addressProblem: mailServerProblem,
} as const satisfies Destination;
