// Addresses that are their own password: whoever has one can post. What stays is where they lead, not the rest.

// A slash as it is, in JSON, in an address within an address.
const S = '(?:\\\\{0,3}/|%2F)';
const REST = '[^\\s"\'<>)…]+';

/**
 * Hosts at which nothing but such addresses lives: a mistyped word of the path makes the rest no less of a secret. Each from its
 * vendor's page; the first is https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
 */
const HOSTS: readonly string[] = [
  'hooks\\.slack(?:-gov)?\\.com',
  '(?:[\\w-]{1,63}\\.)?webhook\\.office\\.com',
  'api\\.telegram\\.org',
  'alert\\.victorops\\.com',
  'hooks\\.(?:zapier|glip|ringcentral)\\.com',
  'hook(?:\\.[a-z]{2}\\d)?\\.(?:make|integromat)\\.com',
  'maker\\.ifttt\\.com',
  'webhook\\.site',
  // Those that a job reports to, which wake somebody when it does not.
  'hc-ping\\.com',
  'nosnch\\.in',
  'cronitor\\.link',
  'heartbeat\\.uptimerobot\\.com',
];

/** Where such addresses live beside others. */
const PATHS: readonly string[] = [
  `discord(?:app)?\\.com@${S}api(?:${S}v\\d{1,2})?${S}webhooks?`,
  `outlook\\.office(?:365)?\\.com@${S}webho?o?k\\w{0,4}`,
  `events\\.(?:eu\\.)?pagerduty\\.com@${S}(?!v2|change|generic${S}2)[\\w-]{1,30}`,
  `webexapis\\.com@${S}v1${S}webhooks${S}incoming`,
  `(?:feishu|larksuite)[.a-z]{3,8}@${S}open-apis${S}bot(?:${S}v2)?${S}hook`,
  `grafana\\.net@${S}oncall${S}integrations${S}v1${S}\\w{1,40}`,
  `better(?:stack|uptime)\\.com@${S}api${S}v\\d${S}(?:incoming-webhook|heartbeat)`,
  `api\\.vercel\\.com@${S}v1${S}integrations${S}deploy${S}[\\w-]{1,60}`,
  `hub\\.docker\\.com@${S}api${S}build${S}v1${S}source`,
];

const AT = '\\.?(?::\\d{1,5})?';

// By its look: of two cases and digits, or of small letters and digits that are longer than a word; but no commit.
const KEY =
  '(?![\\da-f]{40}(?:[\\da-f]{24})?(?![\\w-]))(?:(?=[a-z\\d_-]{0,80}[A-Z])(?=[A-Z\\d_-]{0,80}[a-z])(?=[A-Za-z_-]{0,80}\\d)[\\w-]{16,}|(?=[a-z]{0,40}\\d)[a-z\\d]{20,})(?![\\w-])';
const UUID = '[a-f\\d]{8}(?:-[a-f\\d]{4}){3}-[a-f\\d]{12}(?![\\w-])';

// At a host of one's own: Mattermost, Rocket.Chat, n8n and whatever else writes it like them. The case counts.
const OWN = new RegExp(
  `(${S}[\\w-]{0,20}[Hh]ooks?)(${S})(?:${UUID}|(?:[\\w.-]{1,40}${S}){0,2}${KEY})(?:${S}${REST})?`,
  'g',
);

// Buttons of this relay's own messages, at whatever host it is.
const BUTTON = new RegExp(`(${S}api${S}act)(${S})${REST}`, 'gi');

const KNOWN = new RegExp(
  `(${[...HOSTS.map((host) => host + AT), ...PATHS.map((path) => path.replace('@', AT))].join('|')})(${S})${REST}`,
  'gi',
);

const MAYBE =
  /hook|slack|office|discord|telegram|pagerduty|victorops|ifttt|hc-ping|nosnch|cronitor|uptime|better|feishu|lark|oncall|vercel|docker|api.{1,7}act\b/i;

/** A text without the rest of addresses that are their own password. */
export const withoutPlaces = (text: string): string =>
  MAYBE.test(text) ? text.replace(KNOWN, '$1$2***').replace(OWN, '$1$2***').replace(BUTTON, '$1$2***') : text;
