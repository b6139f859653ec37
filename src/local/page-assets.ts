import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export interface PageAsset {
  readonly type: string;
  readonly body: string | Uint8Array;
}

const SCRIPT = 'text/javascript; charset=utf-8';

const here = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));

async function bundled(): Promise<readonly [string, PageAsset][]> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [here('inbox.ts'), here('inbox.css')],
    outdir: '/page',
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  return outputFiles.map(({ path, contents }) =>
    path.endsWith('.css')
      ? ['/page/inbox.css', { type: 'text/css; charset=utf-8', body: contents }]
      : ['/page/inbox.js', { type: SCRIPT, body: contents }],
  );
}

/** Everything a browser asks for to show the inbox, by path. Nothing of it is written to disk. */
export async function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  // The ready-made script of the package: its main entry does not load by itself.
  const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const [html, cards, assets] = await Promise.all([readFile(here('index.html'), 'utf8'), readFile(library), bundled()]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/page/adaptivecards.js', { type: SCRIPT, body: cards }],
    ...assets,
  ]);
}
