import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface Query {
  readonly where: string;
  readonly text: string;
}

/** Every query there is: of the files, of the documents, and of what Bicep makes of them (workbook and alert rules). */
export async function queries(): Promise<readonly Query[]> {
  const found: Query[] = [];
  for (const file of globSync('infra/**/*.kql')) found.push({ where: file, text: await readFile(file, 'utf8') });
  for (const file of globSync(['*.md', 'docs/**/*.md', 'infra/**/*.md'])) {
    const blocks = (await readFile(file, 'utf8')).matchAll(/^ *```(?:kusto|kql)\n([\s\S]*?)^ *```/gm);
    for (const [, text = ''] of blocks) found.push({ where: file, text });
  }
  for (const file of globSync('test/infra/*.snapshot.json')) {
    const texts = queriesIn(JSON.parse(await readFile(file, 'utf8')));
    for (const text of texts) found.push({ where: file, text });
  }
  return found;
}

/** Everything called "query", in JSON within JSON as well. */
function queriesIn(value: unknown): readonly string[] {
  if (typeof value === 'string' && value.startsWith('{')) return queriesIn(JSON.parse(value));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'query' && typeof inner === 'string' ? [inner] : queriesIn(inner),
  );
}
