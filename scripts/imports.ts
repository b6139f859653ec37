import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Paths of the code in a folder, from the root. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`);

export const textOf = (file: string): string => readFileSync(ROOT + file, 'utf8');

/** Everything that the product is made of, and what is beside it for those who work on it and try it. */
export const codeFiles = (): readonly string[] => ['src', 'functions', 'dev', 'pages'].flatMap(filesIn);

export interface Import {
  readonly file: string;
  /** As it is written: a relative path, or a package. */
  readonly what: string;
  readonly typeOnly: boolean;
}

const STATIC = /^[ \t]*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g;

export function importsOf(file: string): readonly Import[] {
  const text = textOf(file);
  return [
    ...[...text.matchAll(STATIC)].map(([, type, what = '']) => ({ file, what, typeOnly: type !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map(([, what = '']) => ({ file, what, typeOnly: false })),
  ];
}

export const isRelative = ({ what }: Import): boolean => what.startsWith('.');

/** The path that a relative import leads to, from the root. */
export const targetOf = ({ file, what }: Import): string => relative(ROOT, resolve(ROOT, dirname(file), what));

/** Who imports whom, values and types alike, under the names that files go by. */
export function arrowsOf(
  nameOf: (file: string) => string,
  imports: readonly Import[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const one of imports) {
    const [from, to] = [nameOf(one.file), nameOf(targetOf(one))];
    if (from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
  }
  return arrows;
}

/** Names that lead to each other: what is reached from a name, and reaches it. */
export function circlesIn(
  names: readonly string[],
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly string[])[] {
  const reached = new Map(names.map((name) => [name, reachedFrom(name, arrows)]));
  const circles = names.map((name) =>
    names.filter((other) => reached.get(name)?.has(other) && reached.get(other)?.has(name)),
  );
  return circles.filter((circle, index) => circle.length > 1 && circle[0] === names[index]);
}

function reachedFrom(name: string, arrows: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [name];
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    for (const to of arrows.get(each) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  }
  return reached;
}
