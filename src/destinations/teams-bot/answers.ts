import type { AnswerTable } from '../answer.ts';

// https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis

/** Nobody takes a message until somebody mends the app, its rights or the channel. */
const BROKEN = [
  ...['BotNotRegistered', 'BotDisabledByAdmin', 'BotNotInConversationRoster', 'ConversationBlockedByUser'],
  ...['InvalidBotApiHost', 'NotEnoughPermissions', 'ForbiddenOperationException', 'MessageWritesBlocked'],
  // Also said of a conversation that is there, now and then (https://github.com/MicrosoftDocs/msteams-docs/issues/9425): it is tried
  // again, and no story begins a second message for it.
  'ConversationNotFound',
] as const;

/** Another form of the message may pass. */
const REFUSED = ['BadArgument', 'BadSyntax', 'MessageSizeTooBig'] as const;

/** The message was deleted, or somebody else wrote it. */
const GONE = 'ActivityNotFoundInConversation';

/** Words of {@link teamsBotAnswers} for which a story begins a new message. */
export const gone: ReadonlySet<string> = new Set([GONE]);

/** What an answer says that the transport has made out to be of a message that is gone. */
export const GONE_BODY = JSON.stringify({ error: { code: GONE } });

export const teamsBotAnswers: AnswerTable = {
  // The transport leaves of a success where the message stands, and nothing of a 202 that does not say it.
  accepted: (status, body) =>
    [200, 201, 202].includes(status) && /^\{"conversation":"[^"]+","id":"[^"]+"\}$/.test(body),
  // { error: { code, message } }; who blocks a bot is said in JSON inside of JSON.
  word: /(?<=(?<!\\)"code":\s*")\w+(?=")|(?<=\\"subCode\\":\s*\\")\w+(?=\\")/g,
  words: {
    ...Object.fromEntries(BROKEN.map((word) => [word, 'broken'] as const)),
    ...Object.fromEntries(REFUSED.map((word) => [word, 'refused'] as const)),
    [GONE]: 'refused',
    // Several calls at once for one conversation.
    PreconditionFailed: 'retry',
  },
};
