import type { Destination } from '../destination.ts';
import { markedAt } from '../event-mark.ts';
import { postJson } from '../post-json.ts';
import { GATHER } from '../rate.ts';
import { teamsAnswers } from './answers.ts';

export const teams = {
  readers: 'people',
  charts: true,
  message: async () => (await import('./message.ts')).teamsMessage,
  eventIn: (payload) => markedAt(payload, 'attachments', 0, 'content', 'body', 0, 'id'),
  transport: { name: 'teams-workflow', over: postJson },
  isSigned: false,
  answers: teamsAnswers,
  // A Workflows connection takes 100 actions in an hour at the lowest plan; four a second is Teams' own limit.
  rate: { perSecond: 1, burst: 5, perHour: 100, gather: GATHER },
  hosts: {
    // Of all clouds, for a tenant's chat may be in another one than the app: https://learn.microsoft.com/power-platform/admin/online-requirements
    fit: /\.(environment\.api\.(powerplatform\.com|(gov|high)\.powerplatform\.microsoft\.us|appsplatform\.us|powerplatform\.partner\.microsoftonline\.cn)|logic\.azure\.(com|us|cn))$/,
    beginning: 'https://….environment.api.powerplatform.com/ or https://….logic.azure.com/',
  },
} as const satisfies Destination;
