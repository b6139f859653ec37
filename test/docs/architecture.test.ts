import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (page: string): string => readFileSync(ROOT + page, 'utf8');

const rooms = globSync(['src/*/', 'functions/', 'dev/', 'pages/'], { cwd: ROOT, withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ parentPath, name }) => `${parentPath}/${name}/`.slice(ROOT.length));

const files = globSync(['{src,functions,dev,pages,scripts,test,infra}/**/*.*'], { cwd: ROOT });

/** What a page names in the tree: paths from the root, or as much of their end as tells which is meant. */
const named = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !path.startsWith('application/'));

const made = textOf('.gitignore');

const isThere = (path: string): boolean =>
  existsSync(ROOT + path) ||
  made.includes(path) ||
  existsSync(`${ROOT}src/${path}`) ||
  files.some((file) => file.endsWith(`/${path}`) || file.includes(`/${path}`));

describe('the page of how the code is laid out', () => {
  const table = [...textOf('docs/architecture.md').matchAll(/^\| `([\w/]+\/)` \|/gm)].map(([, room]) => room);

  it('names every room, and each once', () => {
    expect(rooms.length).toBeGreaterThan(10);
    expect(table.toSorted()).toStrictEqual(rooms.toSorted());
  });

  it.each(['docs/architecture.md', 'docs/adding.md', 'CONTRIBUTING.md'])(
    'names nothing that is not there: %s',
    (page) => {
      expect(named(page).length).toBeGreaterThan(5);
      expect(named(page).filter((path) => !isThere(path))).toStrictEqual([]);
    },
  );
});
