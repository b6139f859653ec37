import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { figure, median } from './median.ts';

const PROCESSES = 15;

/** Milliseconds to load a file, each time in a fresh process. */
function loadTimes(file: string): number {
  const script = `const began = performance.now(); require(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - began))`;
  const once = () => Number(execFileSync(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] }));
  once();
  return median(Array.from({ length: PROCESSES }, once));
}

const empty = 'module.exports = 0';

/** Size of the main bundle and the time to load it, against one that only imports @azure/functions. */
export async function loadFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bench-'));
  try {
    execFileSync(process.execPath, ['scripts/build.ts', join(folder, 'relay')]);
    const common = { bundle: true, minify: true, platform: 'node', format: 'cjs' } as const;
    const write = (name: string, contents: string) =>
      build({
        ...common,
        stdin: { contents, resolveDir: process.cwd() },
        outfile: join(folder, name),
        external: ['@azure/functions-core'],
      });
    await write('bare.cjs', "require('@azure/functions').app.http");
    await write('empty.cjs', empty);
    const files = { nothing: 'empty.cjs', '@azure/functions only': 'bare.cjs', relay: 'relay/index.cjs' };
    const rows = await Promise.all(
      Object.entries(files).map(async ([name, file]) => {
        const path = join(folder, file);
        return { name, kilobytes: (await stat(path)).size / 1024, milliseconds: 0, path };
      }),
    );
    const timed = rows.map((row) => ({ ...row, milliseconds: loadTimes(row.path) }));
    const [, base, relay] = timed.map(({ milliseconds }) => milliseconds);
    return [
      `load of the main bundle in a fresh process (median of ${PROCESSES})`,
      ...timed.map(
        ({ name, kilobytes, milliseconds }) =>
          `  ${name.padEnd(22)} ${figure(kilobytes, 'KB').padEnd(9)} ${figure(milliseconds, 'ms')}`,
      ),
      `  relay = ${((relay ?? 0) / (base ?? 1)).toFixed(2)} × a bundle that only imports @azure/functions`,
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
