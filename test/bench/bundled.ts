import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A script of this folder, over the sources of one checkout. */
interface Built {
  readonly name: 'here' | 'beside';
  readonly file: string;
}

/**
 * A script that measures, bundled over our sources and over those of another checkout: the same measuring over either. In one
 * file, as it is deployed, which takes less memory than the sources with their types.
 */
export async function bundled(script: URL, folder: string, beside?: string): Promise<readonly Built[]> {
  const contents = await readFile(script, 'utf8');
  const checkouts = [ROOT, ...(beside === undefined ? [] : [beside])];
  return Promise.all(
    checkouts.map(async (checkout, index) => {
      const file = join(folder, `run-${index}.mjs`);
      await build({
        stdin: { contents, resolveDir: resolve(checkout, 'test/bench'), loader: 'ts' },
        bundle: true,
        platform: 'node',
        format: 'esm',
        banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
        outfile: file,
        logLevel: 'error',
      });
      return { name: index === 0 ? 'here' : 'beside', file };
    }),
  );
}
