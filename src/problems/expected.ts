import type * as z from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

const MISSING = 'this is missing: ';

/** What zod expected in a place, in words; undefined where it is no matter of type or size. Repeats no value: it may be a secret. */
export function expected(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? MISSING : ''}expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'expected text, and this is empty';
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`;
    default:
      return undefined;
  }
}

const unit = (origin: string): string => ({ string: ' characters', array: ' of them' })[origin] ?? '';

/** What any of several forms would have been: "expected a number or text". */
export const eitherOf = (messages: readonly string[]): string => {
  const missing = messages.some((message) => message.startsWith(MISSING)) ? MISSING : '';
  const forms = new Set(messages.map((message) => message.replace(/^.*?expected /, '')));
  return `${missing}expected ${[...forms].join(' or ')}`;
};

/** As `expected` says it of what is not there. */
export const missing = (what: string): string => `${MISSING}expected ${what}`;
