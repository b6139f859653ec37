import type { Ports } from '../ports.ts';
import type { Reach } from './guarded-agents.ts';
import { poster } from './post.ts';
import { signedWebhook } from './signed-webhook.ts';
import { slackWebhook } from './slack-webhook.ts';
import { teamsWorkflow } from './teams-workflow.ts';

/** Every way to a receiver, by one way out. */
export function transportsWithin(reach: Reach): Ports['transports'] {
  const post = poster(reach);
  return {
    'slack-webhook': slackWebhook(post),
    'teams-workflow': teamsWorkflow(post),
    'signed-webhook': signedWebhook(post),
  };
}
