import type { Ports, SignIn } from '../ports.ts';
import type { Reach } from './guarded-agents.ts';
import { poster } from './post.ts';
import { signedIn, signInAs } from './signed-in.ts';
import { signedWebhook } from './signed-webhook.ts';
import { slackWebhook } from './slack-webhook.ts';
import { teamsWorkflow } from './teams-workflow.ts';

/** Every way to a receiver, by one way out. `signIn`: who the relay is to those that want to know. */
export function transportsWithin(reach: Reach, signIn: SignIn = signInAs({ kind: 'developer' })): Ports['transports'] {
  const post = signedIn(poster(reach), signIn);
  return {
    'slack-webhook': slackWebhook(post),
    'teams-workflow': teamsWorkflow(post),
    'signed-webhook': signedWebhook(post),
  };
}
