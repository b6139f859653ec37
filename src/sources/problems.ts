import type * as z from 'zod';
import { clean, cut } from '../event/text.ts';
import type { Problem } from '../problems/errors.ts';
import { eitherOf, expected } from '../problems/expected.ts';
import { didYouMean, nearest } from '../problems/spelling.ts';

type Issue = z.core.$ZodIssue;

const MOST = 20;
const MOST_KEYS = 200;

/** zod's verdict on a body, in words. Keys come from the body: they are cut, and so is the list. */
export const problemsOf = ({ issues }: z.ZodError, body: unknown): Problem[] => [
  ...issues.slice(0, MOST).map((issue) => ({
    path: issue.path.map((key) => cut(clean(String(key)), 40)).join('.'),
    message: worded(issue, body),
  })),
  ...(issues.length > MOST ? [{ path: '', message: `${issues.length - MOST} more problems` }] : []),
];

// A schema with words of its own has better ones: it knows what it is about.
const ZODS = /^(Invalid input|Invalid option|Too small|Too big)/;

function worded(issue: Issue, body: unknown): string {
  if (!ZODS.test(issue.message)) return decapitalized(issue.message);
  const input = at(issue.path, body);
  const said = (each: Issue) => expected({ ...each, input } as z.core.$ZodRawIssue);
  if (issue.code === 'invalid_union') {
    const forms = issue.errors.flat().filter(({ path, code }) => path.length === 0 && code === 'invalid_type');
    if (forms.length > 0) return eitherOf(forms.flatMap((form) => said(form) ?? []));
  }
  return wordMeant(issue, input) ?? (said(issue) ?? decapitalized(issue.message)) + keyMeant(issue, body);
}

/** What stands at a path; undefined where there is nothing. */
const at = (path: Issue['path'], body: unknown): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], body);

/** What is said of a word that is none of those which can stand in its place. */
function wordMeant(issue: Issue, input: unknown): string | undefined {
  if (issue.code !== 'invalid_value') return undefined;
  const known = issue.values.map(String);
  const meant = typeof input === 'string' ? didYouMean(input.trim().slice(0, 80), known) : '';
  return `expected ${known.length > 1 ? 'one of ' : ''}${known.join(', ')}${meant}`;
}

/** Of a key that is missing: the one beside it that may be it, misspelt. */
function keyMeant({ path, code }: Issue, body: unknown): string {
  const key = path.at(-1);
  const beside = at(path.slice(0, -1), body);
  if (code !== 'invalid_type' || typeof key !== 'string' || typeof beside !== 'object' || beside === null) return '';
  if (Array.isArray(beside) || Object.hasOwn(beside, key)) return '';
  const meant = nearest(
    key,
    Object.keys(beside)
      .slice(0, MOST_KEYS)
      .map((each) => each.slice(0, 80)),
  );
  return meant === undefined ? '' : `; did you mean it by \`${cut(clean(meant), 40)}\`?`;
}

const decapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
