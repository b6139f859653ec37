// What the texts of a card may hold: https://developers.google.com/workspace/chat/format-messages#card-formatting
const TAG = /<(?<end>\/)?(?<name>[a-z]+)(?<attributes>(?: [a-z]+="[^"<>]*")*) ?\/?>/y;
const ENTITY = /&(?:amp|lt|gt|quot|nbsp|#39);/y;
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  a: /^ href="https:\/\/[^"\s]+"$/,
  font: /^ color="#[0-9a-fA-F]{6}"$/,
  b: /^$/,
  i: /^$/,
  u: /^$/,
  s: /^$/,
  br: /^$/,
};

const matchAt = (form: RegExp, text: string, at: number): RegExpExecArray | null => {
  form.lastIndex = at;
  return form.exec(text);
};

/**
 * What is wrong with a text that a card shows as HTML; undefined where it is well-formed and of the tags that are documented. The real
 * one shows what it does not know as text, or leaves it out.
 */
export function htmlProblem(text: string): string | undefined {
  const open: string[] = [];
  for (let at = text.search(/[<&]/); at >= 0; ) {
    const { end, name = '', attributes = '' } = matchAt(TAG, text, at)?.groups ?? {};
    const entity = matchAt(ENTITY, text, at);
    const part = text.slice(at, at + 20);
    if (entity === null && ATTRIBUTES[name] === undefined)
      return `"${part}" is neither a tag nor an entity that it knows`;
    if (entity === null && end === undefined && !ATTRIBUTES[name]?.test(attributes))
      return `"${part}" has other attributes`;
    if (end !== undefined && open.pop() !== name) return `"${part}" ends what was not begun`;
    if (name !== '' && name !== 'br' && end === undefined) open.push(name);
    const next = text.slice(at + 1).search(/[<&]/);
    at = next < 0 ? -1 : at + 1 + next;
  }
  return open.length === 0 ? undefined : `<${open.at(-1)}> has no end`;
}
