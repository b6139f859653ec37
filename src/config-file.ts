import * as z from 'zod';
import { mismatches, UNSET } from './config-mismatch.ts';
import { receiverName } from './delivery/delivery.ts';
import { type DestinationName, destinations } from './destinations.ts';
import { ConfigurationError, type Problem } from './errors.ts';
import { severities } from './event/event.ts';
import { type LocaleName, locales } from './locales/registry.ts';
import { isDevelopment } from './receiver-url.ts';
import { fields } from './routing/match.ts';
import { sources } from './sources/registry.ts';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const typeNames = Object.keys(destinations) as DestinationName[];
const localeNames = Object.keys(locales) as LocaleName[];

export const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone, such as Asia/Seoul');
export const localeName = z.enum(localeNames, {
  error: `expected one of the languages there are: ${localeNames.join(', ')}`,
});

const receiver = z.strictObject({
  type: z.enum(typeNames),
  url: z.string().trim().min(1),
  locale: localeName.optional(),
  timeZone: timeZone.optional(),
});

const oneOrMore = <T extends z.ZodType>(each: T) => z.union([each, z.array(each).min(1)]);

const severityPattern = z.string().regex(new RegExp(`^([<>]=?|!)?\\s*(${severities.join('|')})$`), {
  error: `expected ${severities.join(', ')}, with >=, >, <=, < or ! before it`,
});

const conditions = z.strictObject({
  ...Object.fromEntries(fields.map((field) => [field, oneOrMore(z.string().min(1)).optional()])),
  severity: oneOrMore(severityPattern).optional(),
});

const route = z.strictObject({
  match: conditions.optional(),
  to: z.array(z.string()).min(1),
  continue: z.boolean().optional(),
});

const runbook = z.strictObject({
  match: conditions.optional(),
  url: z.url({ protocol: /^https$/, error: 'expected an https: URL' }).max(2_000),
});

/** Two values at once let a secret be rotated without a gap. */
const secrets = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2)]);

/** How a source's bodies are verified, and what of it is wanted. */
const sourceOptions = z.strictObject({
  secret: secrets.optional().describe('Key of the signature, for senders that sign.'),
  token: secrets.optional().describe('Shared token: in the query as "token", or as a bearer token.'),
  basic: z.strictObject({ user: z.string(), password: z.string().min(1) }).optional(),
  entra: z
    .strictObject({
      tenant: z.string().min(1).describe('Tenant id.'),
      audience: oneOrMore(z.string().min(1)).describe('Client id or application id URI of your app registration.'),
      issuer: z.url().optional().describe('Only for other clouds.'),
      keys: z.url().optional().describe('Only for other clouds: the address of the JWKS.'),
    })
    .optional(),
  include: z.array(z.string()).optional().describe('What the source leaves out as noise and is wanted all the same.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Where the sender's pages are, for links."),
});

export type SourceOptions = z.infer<typeof sourceOptions>;

const configFile = z.strictObject({
  receivers: z.record(receiverName, receiver),
  routes: z.array(route).optional(),
  runbooks: z.array(runbook).optional(),
  sources: z.partialRecord(z.enum(sources.map(({ name }) => name)), sourceOptions).optional(),
});

export type ConfigFile = z.infer<typeof configFile>;

/**
 * Reads a configuration file (YAML, and so JSON). `${NAME}` in a value is an environment variable.
 * Throws a ConfigurationError with every problem, each with line, column and path.
 */
export async function parseConfigFile(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ConfigFile> {
  // Most relays have no file: the parser is loaded when there is one.
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const place = (path: readonly PropertyKey[]): string => {
    // The nearest thing that is there: a missing key has no place of its own.
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range =
        node && typeof node === 'object' && 'range' in node ? (node.range as number[] | undefined) : undefined;
      if (range?.[0] !== undefined) return at(range[0]);
    }
    return 'line 1, column 1';
  };
  const problem = (path: readonly PropertyKey[], message: string): Problem => ({
    path: [place(path), path.map(String).join('.')].filter(Boolean).join(', '),
    message,
  });
  const syntax = document.errors.map((error) => ({ path: at(error.pos[0]), message: firstLine(error.message) }));
  if (syntax.length > 0) throw new ConfigurationError(syntax);
  const unset: Problem[] = [];
  const filled = fill(document.toJS(), [], (name, path) => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    unset.push(problem(path, `the environment variable ${name} is not set`));
    return UNSET;
  });
  const result = configFile.safeParse(filled);
  const wrong = [...(result.error?.issues ?? []), ...mismatches(filled, isDevelopment(env))].map(({ path, message }) =>
    problem(path, message),
  );
  if (!result.success || unset.length > 0 || wrong.length > 0) throw new ConfigurationError([...unset, ...wrong]);
  return result.data;
}

type Lookup = (name: string, path: readonly PropertyKey[]) => string;

/** Replaces `${NAME}` in every string of a value. */
function fill(value: unknown, path: readonly PropertyKey[], lookup: Lookup): unknown {
  if (typeof value === 'string') return value.replace(/\$\{(\w+)\}/g, (_, name: string) => lookup(name, path));
  if (Array.isArray(value)) return value.map((each, index) => fill(each, [...path, index], lookup));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, [...path, key], lookup)]));
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
