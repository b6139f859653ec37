import { clouds } from '../event/cloud.ts';

// https://learn.microsoft.com/power-automate/oauth-authentication#audience-values; the slash at the end belongs to each. A flow
// may be in another cloud than the app, so the address says which. What a Logic App wants, its owner says; this is Azure's example:
// https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app
const AUDIENCES: readonly (readonly [suffix: string, audience: string])[] = [
  ['.environment.api.powerplatform.com', 'https://service.flow.microsoft.com/'],
  ['.environment.api.gov.powerplatform.microsoft.us', 'https://gov.service.flow.microsoft.us/'],
  ['.environment.api.high.powerplatform.microsoft.us', 'https://high.service.flow.microsoft.us/'],
  ['.environment.api.appsplatform.us', 'https://service.flow.appsplatform.us/'],
  ['.environment.api.powerplatform.partner.microsoftonline.cn', 'https://service.powerautomate.cn/'],
  // Of bots: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
  ['smba.trafficmanager.net', 'https://api.botframework.com'],
  ['smba.infra.gcc.teams.microsoft.com', 'https://api.botframework.com'],
  ['.teams.microsoft.us', 'https://api.botframework.us'],
  ['.logic.azure.com', `${clouds.public.resourceManager}/`],
  ['.logic.azure.us', `${clouds.usgov.resourceManager}/`],
  ['.logic.azure.cn', `${clouds.china.resourceManager}/`],
];

/** For whom a token has to be that an address asks for; undefined where only its owner can say it. */
export function audienceOf(url: string): string | undefined {
  const { hostname = '' } = URL.parse(url) ?? {};
  return AUDIENCES.find(([suffix]) => hostname.endsWith(suffix))?.[1];
}
