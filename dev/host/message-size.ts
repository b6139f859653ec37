import * as z from 'zod';
import { type SlackMessage, slackLimits } from '../../src/destinations/slack/message.ts';
import { type TeamsMessage, teamsLimits } from '../../src/destinations/teams/message.ts';
import { type CloudEvent, webhookLimits } from '../../src/destinations/webhook/payload.ts';

/** Bytes as the chat's limit counts them, and how many of those a message may take. */
export interface MessageSize {
  readonly measured: number;
  readonly most: number;
}

const card = z.object({ attachments: z.tuple([z.object({ content: z.looseObject({}) })], z.unknown()) });

/** The size of a message by the very function that keeps it within its budget; undefined for what is no such message. */
export function sizeOf(destination: string, payload: unknown): MessageSize | undefined {
  switch (destination) {
    case 'slack':
      return { measured: slackLimits.size(payload as SlackMessage), most: slackLimits.most };
    case 'teams':
      return card.safeParse(payload).success
        ? { measured: teamsLimits.size(payload as TeamsMessage), most: teamsLimits.most }
        : undefined;
    case 'webhook':
      return { measured: webhookLimits.size(payload as CloudEvent), most: webhookLimits.most };
    default:
      return undefined;
  }
}
