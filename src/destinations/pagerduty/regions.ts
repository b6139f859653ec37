/** Where PagerDuty takes events, by the service region of an account: https://support.pagerduty.com/main/docs/service-regions */
export const REGIONS = {
  us: 'https://events.pagerduty.com',
  eu: 'https://events.eu.pagerduty.com',
} as const;

/** What an integration key looks like: https://developer.pagerduty.com/docs/send-alert-event */
export const ROUTING_KEY = /^[A-Za-z0-9]{32}$/;
