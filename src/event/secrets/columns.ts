import { CELL } from './named.ts';
import { namesSecret } from './names.ts';

// The line between the heading and the rows of a table of Markdown.
const RULE = /^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$/;

/** A text whose tables of Markdown have nothing in columns that are named as secrets are. */
export function withoutColumns(text: string): string {
  if (!text.includes('|') || (!text.includes('-|') && !text.includes('- |'))) return text;
  const lines = text.split('\n');
  let secret: readonly boolean[] = [];
  const rows = lines.map((line, at) => {
    if (RULE.test(line))
      secret = (lines[at - 1] ?? '').split('|').map((name) => namesSecret(name.replace(/[*_`]/g, '')));
    if (!line.includes('|')) secret = [];
    if (!secret.includes(true)) return line;
    return line
      .split('|')
      .map((cell, column) => (secret[column] && CELL.test(cell.replace(/[*_`\s]/g, '')) ? ' *** ' : cell))
      .join('|');
  });
  return rows.join('\n');
}
