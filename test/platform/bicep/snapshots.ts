import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Bicep } from './compiler.ts';

const OURS = ['--subscription-id', '11111111-1111-1111-1111-111111111111'];
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  subscription: [...OURS, '--location', 'koreacentral'],
  resourceGroup: [...OURS, '--resource-group', 'rg-relay'],
  managementGroup: ['--management-group-id', 'platform', '--location', 'koreacentral'],
};
const ALWAYS = ['--tenant-id', '99999999-9999-9999-9999-999999999999', '--deployment-name', 'relay'];

/** The files of parameters; each has its snapshot beside it, which is committed. */
export const cases = (): readonly string[] => globSync('test/infra/*.bicepparam').sort();

/**
 * Compares what each template would make with what is committed; with `mode` as `overwrite`, writes that anew. The one check that
 * sees a wrong value where the compiler lets any text pass, such as a tier or an operator.
 */
export async function snapshotProblems(bicep: Bicep, mode: 'validate' | 'overwrite'): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const file of cases()) {
    const scope = SCOPES[await scopeOf(file)];
    if (scope === undefined) throw new Error(`${file}: no scope`);
    const { code, text } = await bicep(['snapshot', file, '--mode', mode, ...scope, ...ALWAYS]);
    if (code !== 0) problems.push(`${file} makes something else than its snapshot says:\n${readable(text)}`);
    else if (text.includes('Warning')) problems.push(`${file}: ${readable(text)}`);
  }
  return problems;
}

async function scopeOf(file: string): Promise<string> {
  const [, template = ''] = /^using '\.\.\/\.\.\/([^']+)'/m.exec(await readFile(file, 'utf8')) ?? [];
  const [, scope = 'resourceGroup'] = /^targetScope = '(\w+)'/m.exec(await readFile(template, 'utf8')) ?? [];
  return scope;
}

const MOST_LINES = 40;
const MOST_SIGNS = 200;

/** Without colours, and no more of it than somebody reads. */
function readable(text: string): string {
  const lines = stripVTControlCharacters(text)
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const shown = lines.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_SIGNS));
  return lines.length > MOST_LINES
    ? [...shown, `… and ${lines.length - MOST_LINES} more lines`].join('\n')
    : shown.join('\n');
}
