import type * as z from 'zod';
import { type Complaint, shown } from './complaint.ts';
import { eitherOf, expected, missing } from './expected.ts';
import { didYouMean, nearest } from './spelling.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** By an issue's list of keys those that there are: zod hands on the list, and nothing that could say more of it. */
const KNOWN = new WeakMap<readonly string[], readonly string[]>();

/** zod's verdict in the words of a configuration file. Repeats no value: it may be a secret. */
export function worded(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(issue.inst);
      KNOWN.set(issue.keys, known);
      return issue.keys.map((key) => unknownKey(key, known).message).join('\n');
    }
    case 'invalid_value': {
      const words = issue.values.map(String);
      const wanted = (words.length > 1 ? 'one of ' : '') + words.join(', ');
      if (issue.input === undefined) return missing(wanted);
      const meant = typeof issue.input === 'string' ? didYouMean(issue.input, words) : '';
      return `expected ${wanted}${meant}`;
    }
    case 'invalid_format':
      return issue.format === 'url' ? 'expected a whole URL' : undefined;
    default:
      return expected(issue);
  }
}

/** What is said of a key that there is none of, and which one was likely meant. */
function unknownKey(key: string, known: readonly string[]): Pick<Complaint, 'message' | 'meant'> {
  const [first = '', ...rest] = key.split('.');
  if (rest.length > 0 && known.includes(first)) {
    return { message: `unknown key \`${shown(key)}\`; write \`${first}: { ${shown(rest.join('.'))}: … }\`` };
  }
  const meant = nearest(key, known);
  const all = known.length > 0 ? `; there are ${known.join(', ')}` : '';
  return { message: `unknown key \`${shown(key)}\`${didYouMean(key, known) || all}`, meant };
}

/** The keys of an object's schema, or of a record with fixed keys. */
function knownKeys(schema: unknown): readonly string[] {
  const { def } = (schema as { readonly _zod?: { readonly def?: Record<string, unknown> } } | undefined)?._zod ?? {};
  const shape = def?.['shape'];
  if (typeof shape === 'object' && shape !== null) return Object.keys(shape);
  const keys = def?.['keyType'] as { readonly options?: readonly unknown[] } | undefined;
  return keys?.options?.map(String) ?? [];
}

/** One complaint for each thing that is wrong. */
export function complaintsOf(issue: Issue, before: readonly PropertyKey[] = []): readonly Complaint[] {
  const path = [...before, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = KNOWN.get(issue.keys) ?? [];
      return issue.keys.map((key) => ({ path: [...path, key], ...unknownKey(key, known), onKey: true }));
    }
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ path, message, onKey: true }));
    case 'invalid_union':
      return ofUnion(issue.errors, path);
    default:
      return [{ path, message: issue.message }];
  }
}

/** Of the forms that a value can have, the one that was meant: of the right type, though something in it is wrong. */
function ofUnion(forms: readonly (readonly Issue[])[], path: readonly PropertyKey[]): readonly Complaint[] {
  const isOther = ({ path: at, code }: Issue) =>
    at.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const meant = forms.find((issues) => !issues.some(isOther));
  if (meant !== undefined) return meant.flatMap((issue) => complaintsOf(issue, path));
  const all = forms.flatMap((issues) => issues.filter(isOther).map(({ message }) => message));
  return [{ path, message: eitherOf(all) }];
}
