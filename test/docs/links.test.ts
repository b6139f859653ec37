import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../../src/cli/commands.ts';
import { createScreen } from '../../src/cli/shell.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = /(^|\/)(node_modules|dist|\.relay|\.git|test)\//;
const pages = globSync(['*.md', 'docs/**/*.md', 'infra/**/*.md', '.github/**/*.md'], { cwd: ROOT })
  .filter((file) => !NOT_OURS.test(file))
  .sort();

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What is written for people: code is shown, and leads nowhere. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '``');

/** Where the links and pictures of a page lead, as they are written. */
const linksIn = (file: string): readonly string[] => {
  const text = prose(textOf(file));
  const inline = [...text.matchAll(/\]\(<?([^)>\s]+)>?\)/g)];
  const html = [...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)];
  return [...inline, ...html].map(([, target = '']) => target);
};

const isElsewhere = (target: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(target);

/** A link's file, from the root of the repository, and its anchor. */
function leadsTo(file: string, target: string) {
  const [path = '', anchor] = target.split('#');
  return { path: path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path))), anchor };
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(file: string): readonly string[] {
  const seen = new Map<string, number>();
  return [
    ...textOf(file)
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#{1,6} +(.*?) *#*$/gm),
  ].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

const known = new Map(pages.map((page) => [page, anchorsOf(page)]));

/** What is wrong with a link; undefined where nothing is. */
function wrongWith(file: string, target: string): string | undefined {
  const { path, anchor } = leadsTo(file, target);
  if (path.startsWith('..')) return `${target}: outside the repository`;
  if (!existsSync(join(ROOT, path))) return `${target}: there is no ${path}`;
  if (anchor === undefined || anchor === '') return undefined;
  const anchors = known.get(path);
  return anchors?.includes(anchor) === true ? undefined : `${target}: ${path} has no heading #${anchor}`;
}

it('finds the pages and their links at all', () => {
  expect(pages).toContain('README.md');
  expect(pages).toContain('docs/senders/github.md');
  expect(linksIn('README.md').length).toBeGreaterThan(10);
  expect(wrongWith('README.md', 'docs/nowhere.md')).toContain('there is no');
  expect(wrongWith('README.md', 'docs/drift.md#nowhere')).toContain('has no heading');
  expect(unknownIn('replay --yess')).toStrictEqual(['relay replay --yess']);
  expect(unknownIn('silence ad --for 1h')).not.toStrictEqual([]);
});

describe.each(pages)('%s', (page) => {
  it('links to what there is', () => {
    const ours = linksIn(page).filter((target) => !isElsewhere(target));

    expect(ours.flatMap((target) => wrongWith(page, target) ?? [])).toStrictEqual([]);
  });

  it('names npm scripts that there are', () => {
    const named = [...textOf(page).matchAll(/\bnpm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);

    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toStrictEqual([]);
  });

  it('names files to run that there are', () => {
    const named = [...textOf(page).matchAll(/\bnode ((?:src|scripts|test)\/[\w./-]+)/g)].map(([, name = '']) => name);

    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toStrictEqual([]);
  });

  it('names commands and options of the command line that there are', () => {
    const lines = [...textOf(page).matchAll(/(?:npm run (?:--silent )?relay -- |`relay )([a-z][^`\n|#]*)/g)];

    expect(lines.flatMap(([, line = '']) => unknownIn(line))).toStrictEqual([]);
  });
});

/** Every command of the command line by its name, "silence add" among them, with its options. */
const programs = new Map(within('', programOf()));

function programOf(): Command {
  const program = new Command();
  const { stdin, stdout, stderr } = process;
  const shell = { env: {}, stdin, stdout, stderr };
  for (const define of commands) define(program, { shell, screen: createScreen(shell, false), wrong: () => {} });
  return program;
}

function within(prefix: string, program: Command): readonly (readonly [string, readonly string[]])[] {
  return program.commands.flatMap((each) => {
    const name = `${prefix}${each.name()}`;
    const options = [...each.options.map(({ long }) => long ?? ''), '--help', '--json'];
    return [[name, options] as const, ...within(`${name} `, each)];
  });
}

function unknownIn(line: string): readonly string[] {
  const words = line.trim().split(/\s+/);
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((each) => programs.has(each));
  if (name === undefined) return [`relay ${words[0]}`];
  const options = programs.get(name) ?? [];
  const given = words.filter((word) => word.startsWith('--') && word !== '--');
  return given.filter((option) => !options.includes(option)).map((option) => `relay ${name} ${option}`);
}

/** The pages that a reader comes to from the first one, link by link; a link to a folder leads to its README. */
function reachable(): ReadonlySet<string> {
  const found = new Set(['README.md']);
  for (const page of found) {
    if (!page.endsWith('.md') || !existsSync(join(ROOT, page))) continue;
    for (const target of linksIn(page)) {
      if (isElsewhere(target)) continue;
      const { path } = leadsTo(page, target);
      const at = join(ROOT, path);
      const isFolder = existsSync(at) && statSync(at).isDirectory();
      found.add(isFolder ? normalize(join(path, 'README.md')) : path);
    }
  }
  return found;
}

it('leads a reader of the README to every document', () => {
  const documents = globSync(['docs/**/*.{md,json,png}', 'infra/*.md', '*.md'], { cwd: ROOT }).filter(
    (file) => !file.startsWith('docs/gallery/'),
  );
  const found = reachable();

  expect(documents.filter((file) => !found.has(file))).toStrictEqual([]);
});
