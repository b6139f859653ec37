import type { EventOf } from './event.ts';

type Notice = EventOf<'notice'>;

// By the reasons of src/delivery/answer.ts, of the dispatch, and of Azure's answers to the drift report.
const BY_REASON = {
  timeout: 'timeout',
  connection: 'connection',
  'rate-limited': 'busy',
  'unexpected-answer': 'elsewhere',
  'failing-for-a-day': 'failing',
  'no-such-receiver': 'noReceiver',
  'failed-too-often': 'tooOften',
  unreadable: 'unreadable',
  'status-401': 'credentials',
  'status-403': 'forbidden',
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
  MessageSizeExceeded: 'refused',
  WorkflowTriggerIsNotEnabled: 'flowOff',
  WorkflowNotFound: 'newTeams',
  MissingApiVersionParameter: 'urlCut',
  DirectApiAuthorizationRequired: 'urlUnsigned',
  MisMatchingOAuthClaims: 'flowPrivate',
  TriggerInputSchemaMismatch: 'flowTrigger',
  AuthorizationFailed: 'noRole',
  '403': 'noRole',
  'not listed': 'notListed',
  NoToken: 'noIdentity',
  NoAnswer: 'noAnswer',
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
  if (/^status-(408|5\d\d)$/.test(reason)) return 'fault';
  if (/^status-(400|413|422)$/.test(reason)) return 'refused';
  return /^status-\d+$/.test(reason) ? 'broken' : undefined;
}

/** What a notice is about, by its first reason that is known; without one, by its topic. */
export function troubleOf({ topic, reason = '' }: Pick<Notice, 'topic' | 'reason'>): Trouble {
  const known = [reason, ...reason.split(/[,;:]\s*/)].map(troubleBy).find((each) => each !== undefined);
  return known ?? (topic === 'receiverBroken' ? 'broken' : topic);
}
