import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cli } from '../cli/support/cli.ts';

const ENTRY = fileURLToPath(new URL('../../src/cli/relay.ts', import.meta.url));

interface Place {
  readonly cwd: string;
  readonly url: string;
  readonly env?: Record<string, string>;
}

interface Said {
  readonly status: number | null;
  readonly output: string;
}

/** Runs lines of a document as a shell does in a folder, with "npm run relay --" standing for the command line. */
export const inShell = (lines: string, place: Place): Promise<Said> =>
  /^ *npm run relay -- [^\n|;&$`]*$/.test(lines) ? oneCommand(lines, place) : inProcesses(lines, place);

/** One command alone: the shell reads its words and its input, and it runs in this process, which is far quicker. */
async function oneCommand(line: string, { cwd, url, env = {} }: Place): Promise<Said> {
  const script = `npm() { shift 3; printf '%s\\0' "$#" "$@"; cat; }\n${line}`;
  const bash = promisify(execFile)('bash', ['-c', script], { cwd });
  bash.child.stdin?.end();
  const [count, ...parts] = (await bash).stdout.split('\0');
  const words = parts.slice(0, Number(count));
  const stdin = parts.slice(words.length).join('\0');
  const ended = await cli(words, { cwd, env: { RELAY_URL: url, RELAY_KEY: 'none', ...env }, stdin });
  return { status: ended.status, output: ended.stdout + ended.stderr };
}

function inProcesses(lines: string, { cwd, url, env = {} }: Place): Promise<Said> {
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
