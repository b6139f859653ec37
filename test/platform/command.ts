import { spawn } from 'node:child_process';
import { Missing } from './part.ts';

export interface Ended {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly text: string;
}

const MINUTE = 60_000;

/** Runs a program to its end. Rejects with `Missing` where there is no such program, or where it is not done in time. */
export function run(
  file: string,
  args: readonly string[],
  {
    cwd,
    env,
    minutes = 3,
  }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly minutes?: number } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const keep = (chunk: Buffer) => {
      text += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Missing(`${file} ${args[0] ?? ''} was not done after ${minutes} minutes`));
    }, minutes * MINUTE);
    child.on('error', () => {
      clearTimeout(timer);
      reject(new Missing(`there is no ${file}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, text });
    });
  });
}
