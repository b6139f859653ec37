import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export interface PageAsset {
  readonly type: string;
  readonly body: string | Uint8Array;
}

const SCRIPT = 'text/javascript; charset=utf-8';

const here = (name: string): string => fileURLToPath(new URL(`../../pages/${name}`, import.meta.url));

/** A page of the folder `pages` with the parts that it shares with others in their places. */
export async function pageHtml(name: string): Promise<string> {
  const html = await readFile(here(name), 'utf8');
  const parts = await Promise.all(
    [...html.matchAll(/<!-- part: ([\w.]+) -->/g)].map(
      async ([mark, part = '']) => [mark, await readFile(here(part), 'utf8')] as const,
    ),
  );
  return parts.reduce((whole, [mark, part]) => whole.replace(mark, () => part), html);
}

/** The script of a page, from the file of its name, and its style: that of the inbox, unless another is named. */
export async function bundled(
  name: string,
  styles = 'inbox.css',
): Promise<{ readonly script: string; readonly style: string }> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [here(`${name}.ts`), here(styles)],
    outdir: '/page',
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}

/** The ready-made script of the package that draws cards: its main entry does not load by itself. */
export const cardLibrary = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Everything a browser asks for to show the inbox and the fleet, by path. Nothing of it is written to disk. */
export async function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  const [html, library, inbox, fleetHtml, fleet] = await Promise.all([
    pageHtml('index.html'),
    cardLibrary(),
    bundled('inbox'),
    pageHtml('fleet.html'),
    bundled('fleet', 'fleet.css'),
  ]);
  return new Map([
    ['/', { type: HTML, body: html }],
    ['/page/adaptivecards.js', { type: SCRIPT, body: library }],
    ['/page/inbox.js', { type: SCRIPT, body: inbox.script }],
    ['/page/inbox.css', { type: CSS, body: inbox.style }],
    ['/fleet', { type: HTML, body: fleetHtml }],
    ['/page/fleet.js', { type: SCRIPT, body: fleet.script }],
    ['/page/fleet.css', { type: CSS, body: fleet.style }],
  ]);
}
