import * as z from 'zod';
import { isObject } from './payload.ts';

// Strict where Teams passes over what it does not know: https://adaptivecards.io/explorer/Action.Execute.html
const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  title: z.string().min(1),
  verb: z.string().min(1).max(100),
  data: z.record(z.string(), z.json()),
});

/** A card for a bot as one for a webhook, which has no button that calls anybody: these are looked at here, the rest by the rules of all cards. */
export function withoutCalls(card: unknown): unknown {
  if (!isObject(card) || !Array.isArray(card['actions'])) return card;
  const actions = card['actions'].map((action: unknown): unknown => {
    const { data } = execute.safeParse(action);
    return data === undefined ? action : { type: 'Action.OpenUrl', title: data.title, url: 'https://example.com/' };
  });
  return { ...card, actions };
}
