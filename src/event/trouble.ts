import type { EventOf } from './event.ts';

type Notice = EventOf<'notice'>;

// By the reasons of src/destinations/answer.ts, of the dispatch, and of Azure's answers to the drift report.
const BY_REASON = {
  timeout: 'timeout',
  connection: 'connection',
  proxy: 'proxy',
  'rate-limited': 'busy',
  'unexpected-answer': 'elsewhere',
  'unknown-success': 'elsewhere',
  'failing-for-a-day': 'failing',
  'no-such-receiver': 'noReceiver',
  'failed-too-often': 'tooOften',
  unreadable: 'unreadable',
  'status-401': 'credentials',
  'status-403': 'forbidden',
  'token-refused': 'notGranted',
  'not-granted': 'notGranted',
  'secret-refused': 'signIn',
  'status-404': 'gone',
  'status-410': 'unheard',
  no_service: 'newSlack',
  no_service_id: 'newSlack',
  no_active_hooks: 'newSlack',
  invalid_token: 'newSlack',
  no_team: 'newSlack',
  user_not_found: 'newSlack',
  team_disabled: 'workspaceOff',
  channel_not_found: 'channelGone',
  channel_is_archived: 'archived',
  action_prohibited: 'prohibited',
  posting_to_general_channel_denied: 'postingDenied',
  rollup_error: 'slackFault',
  invalid_payload: 'refused',
  invalid_blocks: 'refused',
  invalid_blocks_format: 'refused',
  invalid_attachments: 'refused',
  msg_blocks_too_long: 'refused',
  msg_too_long: 'refused',
  no_text: 'refused',
  too_many_attachments: 'refused',
  'model.incoming_hook.parse_data.app_error': 'refused',
  'web.incoming_webhook.parse.app_error': 'refused',
  'web.incoming_webhook.text.app_error': 'refused',
  'web.incoming_webhook.split_props_length.app_error': 'refused',
  'web.incoming_webhook.invalid.app_error': 'gone',
  'web.incoming_webhook.user.app_error': 'gone',
  'web.incoming_webhook.disabled.app_error': 'forbidden',
  'web.incoming_webhook.permissions.app_error': 'postingDenied',
  'api.post.create_post.town_square_read_only': 'postingDenied',
  'web.incoming_webhook.channel.app_error': 'channelGone',
  'app.channel.get.existing.app_error': 'channelGone',
  'api.post.create_webhook_post.creating.app_error': 'fault',
  API_KEY_INVALID: 'gone',
  UNAUTHENTICATED: 'credentials',
  PERMISSION_DENIED: 'forbidden',
  NOT_FOUND: 'gone',
  'invalid event': 'refused',
  "'routing_key'": 'credentials',
  'Invalid routing key': 'credentials',
  'invalid routing key': 'credentials',
  MessageSizeExceeded: 'refused',
  WorkflowTriggerIsNotEnabled: 'flowOff',
  WorkflowNotFound: 'newTeams',
  MissingApiVersionParameter: 'urlCut',
  DirectApiAuthorizationRequired: 'urlUnsigned',
  MisMatchingOAuthClaims: 'flowPrivate',
  TriggerInputSchemaMismatch: 'flowTrigger',
  unconfirmed: 'unconfirmed',
  'smtp-message': 'refused',
  'smtp-turned-away': 'forbidden',
  'smtp-no-tls': 'mailTls',
  'smtp-certificate': 'mailTls',
  'smtp-no-sign-in': 'mailSignIn',
  'smtp-sign-in': 'mailSignIn',
  'smtp-sender': 'mailSender',
  'smtp-not-allowed': 'mailSender',
  'smtp-recipient': 'mailRecipient',
  AuthorizationFailed: 'noRole',
  '403': 'noRole',
  'not listed': 'notListed',
  NoToken: 'noIdentity',
  NoAnswer: 'noAnswer',
  Conflict: 'azureBusy',
  TimedOut: 'azureBusy',
  NotUnderstood: 'azureStrange',
  NotJson: 'azureStrange',
  TooLarge: 'azureStrange',
  EndlessList: 'azureStrange',
  ForeignLink: 'azureStrange',
  'not tried': 'queueStuck',
} as const satisfies Readonly<Record<string, string>>;

/** What is wrong, as far as somebody has to do one thing or another about it. */
export type Trouble =
  | (typeof BY_REASON)[keyof typeof BY_REASON]
  | 'fault'
  | 'broken'
  | Exclude<Notice['topic'], 'receiverBroken'>;

/** What a reason means; undefined of one that is not known, such as a sentence. */
export function troubleBy(reason: string): Trouble | undefined {
  if (Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason as keyof typeof BY_REASON];
  if (/^(?:status-(408|409|423|425|5\d\d)|smtp-4\w\w)$/.test(reason)) return 'fault';
  if (/^status-(400|413|422)$/.test(reason)) return 'refused';
  return /^status-\d+$/.test(reason) ? 'broken' : undefined;
}

// Of the many words that Azure has for each:
// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations and request-limits-and-throttling
const BUSY_STATUS = /^(408|409|429|5\d\d)$/;

/** What Azure's refusal means, by its word, and where that is not known by the HTTP status. */
function azureTrouble(reason: string, status: number | undefined): Trouble | undefined {
  const known = troubleBy(reason);
  if (known !== undefined) return known;
  const code = `${status ?? reason}`;
  if (BUSY_STATUS.test(code)) return 'azureBusy';
  return code === '403' ? 'noRole' : undefined;
}

interface Troubled {
  readonly trouble: Trouble;
  /** Of how many things; undefined where that is not said. */
  readonly count?: number;
}

type Telling = Pick<Notice, 'topic' | 'reason' | 'reasons'>;

/** What a notice is about, by its reasons; without one that is known, by its topic. What passes by itself comes last. */
export function troublesOf({ topic, reason = '', reasons = [] }: Telling): readonly [Troubled, ...Troubled[]] {
  const otherwise = topic === 'receiverBroken' ? 'broken' : topic;
  const counts = new Map<Trouble, number>();
  for (const each of reasons) {
    const trouble = azureTrouble(each.reason, each.status) ?? otherwise;
    counts.set(trouble, (counts.get(trouble) ?? 0) + each.count);
  }
  const isPassing = ({ trouble }: Troubled) => Number(trouble === 'azureBusy');
  const counted = [...counts].map(([trouble, count]) => ({ trouble, count }));
  const [first, ...rest] = counted.sort((one, other) => isPassing(one) - isPassing(other) || other.count - one.count);
  if (first !== undefined) return [first, ...rest];
  const known = [reason, ...reason.split(/[,;:]\s*/)].flatMap(
    (each) => (topic === 'driftUnreadable' ? azureTrouble(each, undefined) : troubleBy(each)) ?? [],
  );
  return [{ trouble: known.find((trouble) => trouble !== 'azureBusy') ?? known[0] ?? otherwise }];
}
