import { jsonIn } from '../../event/json.ts';
import type { AnswerTable } from '../answer.ts';

// Power Automate's error codes: https://learn.microsoft.com/troubleshoot/power-platform/power-automate/flow-run-issues/triggers-troubleshoot
export const teamsAnswers: AnswerTable = {
  // 202: the flow's run was queued. Whether the card was posted is never told. A flow with a Response action answers what
  // its maker chose: https://learn.microsoft.com/azure/connectors/connectors-native-reqres
  accepted: (status, body) =>
    [200, 201, 202, 204].includes(status) && (body.trim() === '' || jsonIn(body) !== undefined),
  failed: /returned HTTP error|"error"/,
  words: {
    TriggerInputSchemaMismatch: 'refused',
    MessageSizeExceeded: 'refused',
    WorkflowTriggerIsNotEnabled: 'broken',
    WorkflowNotFound: 'broken',
    MissingApiVersionParameter: 'broken',
    DirectApiAuthorizationRequired: 'broken',
    MisMatchingOAuthClaims: 'broken',
  },
};
