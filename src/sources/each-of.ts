import * as z from 'zod';
import { MOST_EVENTS } from './source.ts';

/** The members of a body's list that are read, or the body where it is none. */
export const membersOf = (payload: unknown): readonly unknown[] =>
  (Array.isArray(payload) ? payload : [payload]).slice(0, MOST_EVENTS);

/** One body or a list of them. A member that cannot be read does not lose the others. */
export const eachOf = <Member extends z.ZodType>(member: Member, expected: string) =>
  z.unknown().transform((body, issues): readonly z.output<Member>[] => {
    const results = membersOf(body).map((each) => member.safeParse(each));
    const read = results.flatMap(({ success, data }) => (success ? [data] : []));
    if (read.length > 0) return read;
    const problems = results[0]?.error?.issues ?? [{ path: [], message: expected }];
    for (const problem of problems)
      issues.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
    return z.NEVER;
  });
