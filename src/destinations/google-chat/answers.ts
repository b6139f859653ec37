import type { AnswerTable } from '../answer.ts';

// Google's errors are { error: { code, message, status, details } }: https://cloud.google.com/apis/design/errors#http_mapping
export const googleChatAnswers: AnswerTable = {
  // It answers with the message, whose name it has made: https://developers.google.com/workspace/chat/quickstart/webhooks
  accepted: (status, body) => status === 200 && /"name":\s*"spaces\/[^"/]+\/messages\/[^"]+"/.test(body),
  // Only what stands there as a status or a reason: the answer to a message repeats the words of its sender, with \" in them.
  word: /(?<=(?<!\\)"(?:status|reason)":\s*")\w+(?=")/g,
  words: {
    // Said with 400 and INVALID_ARGUMENT, as if another message could pass.
    API_KEY_INVALID: 'broken',
    UNAUTHENTICATED: 'broken',
    PERMISSION_DENIED: 'broken',
    NOT_FOUND: 'broken',
  },
};
