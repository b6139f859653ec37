import type { DestinationName } from '../destinations/registry.ts';
import { type Complaint, list, record, shown } from '../problems/complaint.ts';
import { didYouMean } from '../problems/spelling.ts';
import { EVERYBODY } from '../routing/owners-written.ts';
import { typeOf } from './receiver-problems.ts';

interface Form {
  readonly fits: RegExp;
  readonly expected: string;
}

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

// Slack: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users and "user groups".
// Teams: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#user-mention-in-incoming-webhook-with-adaptive-cards
const FORMS: Readonly<Record<DestinationName, { readonly user?: Form; readonly group?: Form }>> = {
  slack: {
    user: {
      fits: /^[UW][A-Z0-9]{4,20}$/,
      expected: 'the id of a member, such as U012AB3CD: in their profile, "Copy member ID"',
    },
    group: { fits: /^S[A-Z0-9]{4,20}$/, expected: 'the id of a user group, such as S012AB3CD: the end of its address' },
  },
  teams: {
    user: {
      fits: new RegExp(`^(?:${GUID}|[^\\s@]+@[^\\s@]+\\.[^\\s@]+)$`),
      expected: 'a sign-in name (name@example.com) or the object id of a user',
    },
  },
  webhook: {},
};

/** Mentions of receivers that there are not, of a type that calls nobody, or in another chat's form. */
export const mentionProblems = (owners: unknown, receivers: Readonly<Record<string, unknown>>): readonly Complaint[] =>
  list(owners).flatMap((owner, index) =>
    Object.entries(record(record(owner)['mention'])).flatMap(([name, mention]): readonly Complaint[] => {
      const path = ['owners', index, 'mention', name];
      if (!Object.hasOwn(receivers, name)) {
        const message = `there is no receiver ${shown(name)}${didYouMean(name, Object.keys(receivers))}`;
        return [{ path, message, onKey: true }];
      }
      const type = typeOf(receivers[name]);
      if (type === undefined) return [];
      return typeof mention === 'string'
        ? everybodyProblems(type, mention, path)
        : idProblems(type, record(mention), path);
    }),
  );

const idProblems = (
  type: DestinationName,
  mention: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): readonly Complaint[] =>
  (['user', 'group'] as const).flatMap((key) => {
    const id = mention[key];
    if (typeof id !== 'string') return [];
    const form = FORMS[type][key];
    if (form === undefined) return [{ path: [...path, key], message: `messages to ${type} can call no ${key}` }];
    return form.fits.test(id) ? [] : [{ path: [...path, key], message: `expected ${form.expected}` }];
  });

const NOT_SLACK: Readonly<Partial<Record<DestinationName, string>>> = {
  teams: 'a Teams workflow can call nobody but people, each by their sign-in name or object id',
  webhook: 'messages to webhook call nobody',
};

/** Slack alone can call a whole channel. */
function everybodyProblems(type: DestinationName, mention: string, path: readonly PropertyKey[]): readonly Complaint[] {
  const why = NOT_SLACK[type];
  return why === undefined || !EVERYBODY.some((each) => each === mention)
    ? []
    : [{ path, message: `there is no ${mention} here: ${why}` }];
}
