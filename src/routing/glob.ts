/**
 * Whether a whole text fits a pattern: `*` stands for any characters, `?` for one, all else for itself, in either case.
 * The time is linear in the text: each piece between two `*` is looked for once, from the left, and never again.
 */
export function glob(pattern: string): (text: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!/[*?]/.test(wanted)) return exactly(wanted);
  const [first = '', ...rest] = wanted.split(/\*+/);
  const last = rest.pop();
  if (last === undefined) return (text) => text.length === first.length && isAt(lower(text), first, 0);
  const isOther = beginning(first);
  return (given) => {
    if (isOther(given)) return false;
    const text = lower(given);
    const end = text.length - last.length;
    if (first.length > end || !isAt(text, first, 0) || !isAt(text, last, end)) return false;
    let from = first.length;
    for (const piece of rest) {
      const found = find(text, piece, from, end);
      if (found === -1) return false;
      from = found + piece.length;
    }
    return true;
  };
}

// Nothing in ASCII is written with another number of letters in the other case, so that most texts are told apart by length.
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the range of ASCII.
const ASCII = /^[\x00-\x7f]*$/;

const exactly = (wanted: string): ((text: string) => boolean) =>
  ASCII.test(wanted)
    ? (text) => text.length === wanted.length && (text === wanted || text.toLowerCase() === wanted)
    : (text) => text.toLowerCase() === wanted;

/** Whether a text begins with another letter than a piece does: most texts are told apart by that. */
function beginning(piece: string): (text: string) => boolean {
  const wanted = piece.charCodeAt(0);
  // What is not ASCII may become it in the other case (the sign for kelvin is a K).
  if (piece === '' || piece.startsWith('?') || wanted > 127) return () => false;
  return (text) => {
    const first = text.charCodeAt(0);
    return first <= 127 && (first >= 65 && first <= 90 ? first + 32 : first) !== wanted;
  };
}

// The routes ask about the same ARM id, one after the other.
let asked = '';
let answer = '';

function lower(text: string): string {
  if (text !== asked) {
    asked = text;
    answer = text.toLowerCase();
  }
  return answer;
}

function isAt(text: string, piece: string, at: number): boolean {
  if (!piece.includes('?')) return text.startsWith(piece, at);
  for (let index = 0; index < piece.length; index += 1) {
    if (piece[index] !== '?' && piece[index] !== text[at + index]) return false;
  }
  return true;
}

/** Where a piece first is between `from` and `end`; -1 where it is not. */
function find(text: string, piece: string, from: number, end: number): number {
  if (!piece.includes('?')) {
    const found = text.indexOf(piece, from);
    return found + piece.length > end ? -1 : found;
  }
  for (let at = from; at + piece.length <= end; at += 1) if (isAt(text, piece, at)) return at;
  return -1;
}
