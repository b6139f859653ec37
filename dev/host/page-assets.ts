import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PageFile } from '../../src/relay/ui/files.ts';

export interface PageAsset {
  readonly type: string;
  /** Where it is stricter than that of the other pages. */
  readonly policy?: string;
  readonly body: string | Uint8Array;
}

const SCRIPT = 'text/javascript; charset=utf-8';

const here = (name: string): string => fileURLToPath(new URL(`../../pages/${name}`, import.meta.url));

/** What differs from page to page, each in its place in the page that all of them share. */
export interface PageParts {
  readonly title: string;
  readonly policy: string;
  readonly style: string;
  readonly script: string;
  readonly data?: string;
}

export async function pageHtml({ data = '', ...parts }: PageParts): Promise<string> {
  const html = await readFile(here('page.html'), 'utf8');
  return Object.entries({ ...parts, data }).reduce(
    (page, [name, text]) => page.replace(`<!-- ${name} -->`, () => text),
    html,
  );
}

interface Bundled {
  readonly script: string;
  readonly style: string;
  /** The files that both are made of, from the folder in which this runs. */
  readonly inputs: readonly string[];
}

/** The script of a page, from the file of its name, and its style: that of the inbox, unless another is named. */
export async function bundled(name: string, styles = 'inbox.css', minify = false): Promise<Bundled> {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [here(`${name}.tsx`), here(styles)],
    outdir: '/page',
    bundle: true,
    minify,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css'), inputs: Object.keys(metafile.inputs) };
}

/** The ready-made script of the package that draws cards: its main entry does not load by itself. */
export const cardLibrary = (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

// A mail has its looks in its elements, and the frame that it is in has the page's policy.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A page whose style and script have its name; its script finds those of others there when the page is read. */
const served = (title: string, name: string, others = ''): Promise<string> =>
  pageHtml({
    title,
    policy: POLICY,
    style: `<link rel="stylesheet" href="/page/${name}.css" />`,
    script: `<script src="/page/${name}.js"></script>${others}`,
  });

/** Everything a browser asks for to show the inbox and the fleet, by path. Nothing of it is written to disk. */
export async function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  const [html, library, inbox, fleetHtml, fleet] = await Promise.all([
    served('Inbox', 'inbox', '<script src="/page/adaptivecards.js" defer></script>'),
    cardLibrary(),
    bundled('inbox'),
    served('Fleet', 'fleet'),
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
    ...(await pageFileAssets()),
  ]);
}

const fileOf = (type: string, text: string): PageFile => ({
  type: `${type}; charset=utf-8`,
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
  text,
});

// As the headers of src/relay/ui/doors.ts have it, but for what only a header can say.
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** The files of the page for the team, by their path below /api/ui. */
export async function pageFiles(): Promise<Readonly<Record<string, PageFile>>> {
  const { script, style } = await bundled('ui', 'ui.css', true);
  const html = await pageHtml({
    title: 'Relay',
    policy: STRICT,
    style: '<link rel="stylesheet" href="/api/ui/ui.css" />',
    script: '<script src="/api/ui/ui.js" defer></script>',
  });
  return {
    '': fileOf('text/html', html),
    'ui.js': fileOf('text/javascript', script),
    'ui.css': fileOf('text/css', style),
  };
}

/** The same for the web server of the local run, by whole paths. */
async function pageFileAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  const files = Object.entries(await pageFiles());
  return new Map(
    files.map(([path, { type, text }]) => [
      path === '' ? '/api/ui' : `/api/ui/${path}`,
      { type, body: text, policy: `${STRICT}; frame-ancestors 'none'` },
    ]),
  );
}
