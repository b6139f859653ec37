import type { Define, Shell } from './shell.ts';

/** Runs the command line that this process was started with. `env` is the process's; `more` as for `run`. */
export async function begin(env: Shell['env'], more: readonly Define[] = []): Promise<void> {
  // Whoever closes the pipe (`| head -1`) has read enough.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  await import('../outbound/http/no-proxy.ts');
  const { run } = await import('./run.ts');
  const { stdin, stdout, stderr } = process;
  process.exitCode = await run(process.argv.slice(2), { env, stdin, stdout, stderr }, more);
}
