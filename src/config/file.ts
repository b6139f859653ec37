import { isDevelopment } from '../destinations/receiver-url.ts';
import { asList, asObject } from '../event/json.ts';
import type { Complaint } from '../problems/complaint.ts';
import { ConfigurationError } from '../problems/errors.ts';
import { complaintsOf, worded } from '../problems/issues.ts';
import { readDocument } from './document.ts';
import { mismatches } from './mismatch.ts';
import { type ConfigFile, configFile } from './schema.ts';
import { type Env, filled } from './variables.ts';

/**
 * Reads a configuration file (YAML, and so JSON). `${NAME}` in a value is an environment variable.
 * `isLint`: addresses that cannot work are problems too. Throws a ConfigurationError with every problem, each at `name:line:column  path`.
 */
export async function parseConfigFile(
  text: string,
  env: Env,
  name = 'relay.yaml',
  isLint = false,
): Promise<ConfigFile> {
  const document = await readDocument(text, name);
  if (document.problems.length > 0) throw new ConfigurationError(document.problems);
  const { value: read } = document;
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new ConfigurationError([
      { path: `${name}:1:1`, message: read === null ? `the file is empty; ${START}` : START },
    ]);
  }
  const { value, unset, unfilled } = filled(read, env);
  const { data, error } = configFile.safeParse(value, { error: worded });
  // A variable that is not set is told by itself; what it would have been cannot be wrong.
  const told = new Set(unset.map(({ path }) => path.join('.')));
  const wrong = [
    ...(error?.issues ?? []).flatMap((issue) => complaintsOf(issue)),
    ...(await mismatches(value, { development: isDevelopment(env), isLint })),
  ].filter(({ path }) => !told.has(path.join('.')));
  const problems = document.located([...unset, ...toldOnce(wrong, value).map(unfilled)]);
  if (data === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return data;
}

const START = 'begin it with `receivers:`, as relay.sample.yaml does';

/** What is missing because its key is misspelt is told once: at the key that is there. */
function toldOnce(complaints: readonly Complaint[], file: unknown): readonly Complaint[] {
  const meant = new Set(
    complaints.flatMap(({ path, meant }) => (meant === undefined ? [] : [[...path.slice(0, -1), meant].join('.')])),
  );
  const inside = (part: unknown, key: PropertyKey) => asList(part)[Number(key)] ?? asObject(part)[String(key)];
  const isThere = (path: Complaint['path']) => path.reduce(inside, file) !== undefined;
  return complaints.filter(({ path }) => !meant.has(path.join('.')) || isThere(path));
}
