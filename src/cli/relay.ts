import { enableCompileCache } from 'node:module';

// Before anything else is imported: stripping and compiling is most of what a command costs.
enableCompileCache();

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
// biome-ignore lint/style/noProcessEnv: this is where the process begins; every command gets it passed in.
process.exitCode = await run(process.argv.slice(2), { env: process.env, stdin, stdout, stderr });
