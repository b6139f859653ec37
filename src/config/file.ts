import { ConfigurationError } from '../errors.ts';
import { isDevelopment } from '../receiver-url.ts';
import { readDocument } from './document.ts';
import { complaintsOf, worded } from './issues.ts';
import { mismatches } from './mismatch.ts';
import { type ConfigFile, configFile } from './schema.ts';
import { type Env, filled } from './variables.ts';

/**
 * Reads a configuration file (YAML, and so JSON). `${NAME}` in a value is an environment variable.
 * Throws a ConfigurationError with every problem, each with line, column and path.
 */
export async function parseConfigFile(text: string, env: Env): Promise<ConfigFile> {
  const document = await readDocument(text);
  if (document.problems.length > 0) throw new ConfigurationError(document.problems);
  const { value, unset } = filled(document.value, env);
  const { data, error } = configFile.safeParse(value, { error: worded });
  // A variable that is not set is told by itself; what it would have been cannot be wrong.
  const told = new Set(unset.map(({ path }) => path.join('.')));
  const wrong = [
    ...(error?.issues ?? []).flatMap((issue) => complaintsOf(issue)),
    ...(await mismatches(value, isDevelopment(env))),
  ].filter(({ path }) => !told.has(path.join('.')));
  const problems = document.located([...unset, ...wrong]);
  if (data === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return data;
}
