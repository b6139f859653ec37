import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { pagerDutyAnswers } from './answers.ts';
import { REGIONS } from './regions.ts';
import { eventsApi } from './transport.ts';

export const pagerduty = {
  readers: 'pagers',
  message: async () => (await import('./message.ts')).pagerDutyMessage,
  eventIn: (payload) => markedAt(payload, 'payload', 'custom_details', 'event'),
  transport: { name: 'pagerduty-events', over: eventsApi },
  isSigned: false,
  regions: REGIONS,
  answers: pagerDutyAnswers,
  // 120 a minute for each integration key is what its support says; the real limit moves with what comes:
  // https://developer.pagerduty.com/docs/events-api-v2-overview#rate-limits
  rate: { perSecond: 2, burst: 20 },
  hosts: {
    fit: /^events\.(?:eu\.)?pagerduty\.com$/,
    beginning: 'https://events.pagerduty.com or https://events.eu.pagerduty.com',
  },
} as const satisfies Destination;
