import type { Verdict } from '../delivery/answer.ts';
import type { DestinationName } from '../destinations.ts';

const NEW_SLACK_URL = 'make a new incoming webhook in Slack and put its URL into the configuration';
const NEW_TEAMS_URL = 'make a new Workflows webhook for the channel and put its URL into the configuration';

// By the reasons of src/delivery/answer.ts.
const STEPS: Readonly<Record<string, string>> = {
  timeout: 'it did not answer within 10 s: try again',
  connection: 'nobody answers there: check the host in its URL, and the network here',
  'rate-limited': 'it has got too many messages just now: wait a minute',
  'unexpected-answer': 'something else answers at its URL, a proxy perhaps: check the URL',
  'status-401': 'it wants other credentials: check its URL and its secret',
  'status-403': 'it refuses this sender: check its URL, and what may post there',
  'status-404': 'there is nothing at its URL any more: make a new webhook and put its URL into the configuration',
  'status-410': 'nobody listens there any more: make a new webhook and put its URL into the configuration',
  no_service: NEW_SLACK_URL,
  no_service_id: NEW_SLACK_URL,
  no_active_hooks: NEW_SLACK_URL,
  invalid_token: NEW_SLACK_URL,
  no_team: NEW_SLACK_URL,
  team_disabled: 'the Slack workspace is disabled: ask its owner',
  channel_not_found: 'the channel is gone: make a webhook for another channel',
  channel_is_archived: 'the channel is archived: unarchive it, or make a webhook for another channel',
  user_not_found: NEW_SLACK_URL,
  action_prohibited: 'a workspace setting forbids it: ask an admin of the Slack workspace',
  posting_to_general_channel_denied: 'not everybody may post there: ask an admin, or choose another channel',
  rollup_error: 'Slack has a fault: try again later',
  WorkflowTriggerIsNotEnabled: 'turn the flow on in Power Automate',
  WorkflowNotFound: NEW_TEAMS_URL,
  MissingApiVersionParameter: 'its URL is not whole: copy it again from the flow',
  DirectApiAuthorizationRequired: 'its URL is not whole (sig= is missing): copy it again from the flow',
  MisMatchingOAuthClaims: 'the flow must let "Anyone" trigger it',
  TriggerInputSchemaMismatch: 'the flow has another trigger: it must be "When a Teams webhook request is received"',
};

const BY_VERDICT: Readonly<Record<Verdict['kind'], string>> = {
  sent: '',
  retry: 'it has a fault: try again later',
  refused: 'it does not take this message, not even its plain form: please report it, with preview --json',
  broken: 'it takes no message at all: check its URL',
};

/** What to do about a receiver's answer, for whoever tries it out. */
export function nextStep(verdict: Verdict, type: DestinationName): string {
  // https://learn.microsoft.com/power-automate/limits-and-config: the flow posts after it has answered.
  if (verdict.kind === 'sent') return type === 'teams' ? 'look at the channel: Teams answers before it posts' : '';
  return STEPS[verdict.reason] ?? BY_VERDICT[verdict.kind];
}
