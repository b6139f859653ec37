import { RequestError } from '../../problems/errors.ts';
import { answered, type HttpAnswer, type HttpRequest } from '../http.ts';
import type { RelayParts } from '../parts.ts';
import type { ActParts } from './act-parts.ts';
import { linkPressed } from './link.ts';

/** The answer to a signed link. */
export const answeredAct = (parts: RelayParts, request: HttpRequest): Promise<HttpAnswer> =>
  answered(async () => linkPressed(actPartsOf(parts), request));

/** The answer to Slack. */
export const answeredSlack = (parts: RelayParts, request: HttpRequest): Promise<HttpAnswer> =>
  answered(async () => (await import('./slack.ts')).slackPressed(actPartsOf(parts), request));

/** The answer to Teams, which calls the bot also where buttons are off. */
export const answeredTeams = (parts: RelayParts, request: HttpRequest): Promise<HttpAnswer> =>
  answered(async () => (await import('./teams.ts')).teamsCalled(parts, request));

/** What buttons need; throws a RequestError where the configuration says nothing of them. */
function actPartsOf({ actions, receivers, ports }: RelayParts): ActParts {
  if (actions === undefined) {
    throw new RequestError('no-such-act', 'buttons are off here: `actions` in relay.yaml switches them on');
  }
  return { rules: actions.rules, receivers, ports };
}
