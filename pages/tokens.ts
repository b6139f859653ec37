import type { ComponentChildren } from 'preact';

/** A text in pieces: what a pattern finds as it is drawn, and between that the words as they are read. */
export function tokensIn(
  text: string,
  pattern: RegExp,
  draw: (match: RegExpExecArray) => ComponentChildren,
  words: (between: string) => string = (between) => between,
): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(words(text.slice(end, match.index)), draw(match));
    end = match.index + match[0].length;
  }
  return [...pieces, words(text.slice(end))];
}
