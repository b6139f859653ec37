import type { Guide } from '../guidance.ts';
import { teams } from './teams.ts';

export const teamsGuide: Guide = {
  title: 'Teams',
  signsIn: true,
  // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#user-mention-in-incoming-webhook-with-adaptive-cards
  user: {
    fits: /^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[^\s@]+@[^\s@]+\.[^\s@]+)$/,
    expected: 'a sign-in name (name@example.com) or the object id of a user',
  },
  callsNoChannel: 'a Teams workflow can call nobody but people, each by their sign-in name or object id',
  deadAddress,
  // https://learn.microsoft.com/power-automate/limits-and-config: the flow posts after it has answered.
  afterSent: 'look at the channel: Teams answers before it posts',
};

function deadAddress({ hostname, searchParams }: URL, signsIn: boolean): string | undefined {
  if (!teams.hosts.fit.test(hostname)) return undefined;
  // Retired on 30 November 2025; Azure's own Logic Apps have another version: https://learn.microsoft.com/power-automate/triggers-introduction
  if (/^prod-\d/.test(hostname) && searchParams.get('api-version') === '2016-06-01') {
    return 'this is an address that Power Automate has retired: open the flow, and copy the new one, which ends in environment.api.powerplatform.com';
  }
  const isSigned = Boolean(searchParams.get('sig'));
  // "Using both schemes at the same time causes an error": https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app
  if (isSigned && signsIn) {
    return 'this address lets anyone call by its sig=, and a flow that is called both ways refuses: leave auth out, or copy the address that has no sig=';
  }
  return isSigned || signsIn
    ? undefined
    : 'this flow takes calls of people who have signed in only: in its trigger choose "Anyone" under "Who can trigger the flow", and copy the address, which then has sig= in it; or let the relay sign in: auth: entra';
}
