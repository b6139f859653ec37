import { spawnSync } from 'node:child_process';

// Known holes in what is deployed, as the registry tells them. What cannot be audited fails; `--may-be-missing` lets a registry
// pass that offers no audit, as mirrors often do.

interface Report {
  /** By package; absent where there is no report. */
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  /** Of the registry's answer, where there is no report. */
  readonly statusCode?: number;
  readonly message?: string;
}

const mayBeMissing = process.argv.includes('--may-be-missing');
const ELSEWHERE = 'ask another one (npm_config_registry), or let it pass with `npm run audit -- --may-be-missing`';

const FAIL = ['high', 'critical'];

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
if (error) throw error;
const { vulnerabilities, statusCode = 0, message = 'npm said nothing' } = JSON.parse(stdout) as Report;
if (vulnerabilities !== undefined) {
  const found = Object.entries(vulnerabilities);
  const bad = found.filter(([, { severity }]) => FAIL.includes(severity));
  for (const [name, { severity, range }] of found) console.log(`${severity.padEnd(8)} ${name} ${range}`);
  console.log(`${bad.length} of ${FAIL.join(' or ')} severity, ${found.length - bad.length} of less`);
  if (bad.length > 0) process.exitCode = 1;
} else if (statusCode >= 400 && statusCode < 500) {
  console.log(`not audited: the registry does not offer it (${statusCode})${mayBeMissing ? '' : `; ${ELSEWHERE}`}`);
  if (!mayBeMissing) process.exitCode = 1;
} else {
  console.error(`not audited: ${message}`);
  process.exitCode = 1;
}
