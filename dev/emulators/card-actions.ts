import * as z from 'zod';
import { absoluteUrl, actionMode, actionStyle } from './card-values.ts';
import { unknownType } from './problem.ts';

const look = { title: z.string().optional(), style: actionStyle, mode: actionMode };

const openUrl = z.looseObject({ type: z.literal('Action.OpenUrl'), url: absoluteUrl('https://', 'http://'), ...look });

const toggleVisibility = z.looseObject({
  type: z.literal('Action.ToggleVisibility'),
  targetElements: z.array(z.union([z.string(), z.looseObject({ elementId: z.string() })])),
  ...look,
});

// Action.Execute and Action.Submit are absent: they need a bot, and a webhook has none.
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
export const selectAction = z.discriminatedUnion('type', [openUrl, toggleVisibility], unknownType).optional();

// "maxActions" in the host configuration that Microsoft publishes for Teams:
// https://github.com/microsoft/AdaptiveCards/blob/main/samples/HostConfig/microsoft-teams-light.json
const MAX_ACTIONS = 6;

/** The buttons of a card or an ActionSet. One of them may open a further card. */
export function actionsThatShow(card: z.ZodType) {
  const showCard = z.looseObject({ type: z.literal('Action.ShowCard'), card, ...look });
  return z.array(z.discriminatedUnion('type', [openUrl, toggleVisibility, showCard], unknownType)).max(MAX_ACTIONS);
}
