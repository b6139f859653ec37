import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../src/cli/relay.ts', import.meta.url));

/** Runs lines of a document as a shell does in a folder, with "npm run relay --" standing for the command line. */
export function inShell(
  lines: string,
  { cwd, url, env = {} }: { readonly cwd: string; readonly url: string; readonly env?: Record<string, string> },
): Promise<{ readonly status: number | null; readonly output: string }> {
  const script = `npm() { shift 3; "${process.execPath}" "${ENTRY}" "$@"; }\n${lines}`;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('bash', ['-c', script], { cwd, env: { PATH, HOME, RELAY_URL: url, RELAY_KEY: 'none', ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  return new Promise((done) => child.on('close', (status) => done({ status, output })));
}
