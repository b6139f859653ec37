import type { Guide } from '../guidance.ts';
import { ROUTING_KEY } from './regions.ts';

export const pagerDutyGuide: Guide = {
  title: 'PagerDuty',
  signsIn: false,
  key: {
    fits: ROUTING_KEY,
    expected:
      'the integration key, 32 letters and digits: in PagerDuty, the service, "Integrations", "Add integration", "Events API V2"',
  },
  callsNoChannel: 'whom PagerDuty calls, its escalation policy says',
  afterSent: 'look at the service: a test calls nobody, and is under Recent changes',
};
