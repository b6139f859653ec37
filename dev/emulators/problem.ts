import type { z } from 'zod';

/** The first thing that is wrong and its place, as a JSON pointer: the form in which Slack itself reports. */
export function firstProblem({ issues }: { issues: z.core.$ZodIssue[] }, root: string): string {
  const [issue] = issues;
  const place = [root, ...(issue?.path ?? [])].join('/');
  const alternatives = issue?.code === 'invalid_union' ? issue.errors : [];
  // Where a word or an object may stand, the object is listed last, and its problem is the one worth telling.
  const last = alternatives.at(-1);
  return last === undefined ? `${place} is wrong. ${issue?.message}.` : firstProblem({ issues: last }, place);
}

const typeOf = (input: unknown): string =>
  typeof input === 'object' && input !== null && 'type' in input && typeof input.type === 'string'
    ? `"${input.type}"`
    : 'that is missing or no text';

/** For unions told apart by `type`: names the type that nobody knows. */
export const unknownType = {
  error: (issue: { code: string; input?: unknown }): string | undefined =>
    issue.code === 'invalid_union' ? `A type ${typeOf(issue.input)} has no place here` : undefined,
};
