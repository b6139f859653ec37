import type * as z from 'zod';
import { didYouMean } from '../spelling.ts';
import { type Complaint, shown } from './complaint.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

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

/** zod's verdict in the words of a configuration file. Repeats no value: it may be a secret. */
export function worded(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, knownKeys(issue.inst))).join('\n');
    case 'invalid_type':
      return `${issue.input === undefined ? MISSING : ''}expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const words = issue.values.map(String);
      const missing = issue.input === undefined ? MISSING : '';
      const meant = typeof issue.input === 'string' ? didYouMean(issue.input, words) : '';
      return `${missing}expected ${words.length > 1 ? 'one of ' : ''}${words.join(', ')}${meant}`;
    }
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'expected a whole URL' : undefined;
    default:
      return undefined;
  }
}

const unit = (origin: string): string => ({ string: ' characters', array: ' of them' })[origin] ?? '';

function unknownKey(key: string, known: readonly string[]): string {
  const [first = '', ...rest] = key.split('.');
  if (rest.length > 0 && known.includes(first)) {
    return `unknown key \`${shown(key)}\`; write \`${first}: { ${shown(rest.join('.'))}: … }\``;
  }
  return `unknown key \`${shown(key)}\`${didYouMean(key, known) || (known.length > 0 ? `; there are ${known.join(', ')}` : '')}`;
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
      const messages = issue.message.split('\n');
      return issue.keys.map((key, at) => {
        const message = messages[at] ?? '';
        return { path: [...path, key], message, onKey: true, meant: /did you mean `(.+)`\?$/.exec(message)?.[1] };
      });
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
  const all = forms.flatMap((issues) =>
    issues.filter(isOther).map(({ message }) => message.replace(/^.*?expected /, '')),
  );
  const missing = forms.flat().some(({ message }) => message.startsWith(MISSING)) ? MISSING : '';
  return [{ path, message: `${missing}expected ${[...new Set(all)].join(' or ')}` }];
}
