import { mattermostGuide } from './mattermost/guide.ts';
import type { DestinationName } from './registry.ts';
import { slackGuide } from './slack/guide.ts';
import { teamsGuide } from './teams/guide.ts';
import { webhookGuide } from './webhook/guide.ts';

/** How whom a message calls is written, and how that is told. */
interface Form {
  readonly fits: RegExp;
  readonly expected: string;
}

/** What people are told who write the configuration and try it out. Apart from the destination, so that a delivery does not load it. */
export interface Guide {
  readonly title: string;
  /** Whether it can ask for a token of Entra ID. */
  readonly signsIn: boolean;
  /** Whom a message can call. */
  readonly user?: Form;
  readonly group?: Form;
  /** Why it cannot call a whole channel, where it cannot. */
  readonly callsNoChannel?: string;
  /** Why an address cannot work, though it is one of such a receiver. `signsIn`: a token goes with each message. */
  readonly deadAddress?: (url: URL, signsIn: boolean) => string | undefined;
  /** What to do about a message that was taken. */
  readonly afterSent?: string;
}

export const guides: Readonly<Record<DestinationName, Guide>> = {
  slack: slackGuide,
  teams: teamsGuide,
  mattermost: mattermostGuide,
  webhook: webhookGuide,
};

/** Why an address cannot work; undefined where it can. For `lint` only: a relay that runs goes on for its other receivers. */
export function deadAddress(text: string, type: DestinationName, signsIn = false): string | undefined {
  const url = URL.parse(text);
  return url === null ? undefined : guides[type].deadAddress?.(url, signsIn);
}
