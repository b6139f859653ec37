/** JSON text with holes. Most of an answer is the same for all instances of a model, so it is written once. */
export type JsonTemplate = readonly string[];

/** A hole inside of a string; what fills it must need no escape in JSON. */
export const text = (name: string): string => `«${name}»`;

/** A hole that takes a whole JSON value. */
export const value = (name: string): string => `««${name}»»`;

/** As a key with the value 0, and not as the last one: a hole for whole members, each with a comma at its end. */
export const members = (name: string): string => `«««${name}»»»`;

// Latin-1 letters, so that the text around the holes is kept with one byte for a letter.
const HOLE = /"«««(\w+)»»»":0,|"««(\w+)»»"|«(\w+)»/g;

/** Text and names of holes in turn. */
function compile(json: unknown): JsonTemplate {
  const source = JSON.stringify(json);
  const parts: string[] = [];
  let end = 0;
  for (const hole of source.matchAll(HOLE)) {
    parts.push(source.slice(end, hole.index), hole[1] ?? hole[2] ?? hole[3] ?? '');
    end = hole.index + hole[0].length;
  }
  return [...parts, source.slice(end)];
}

export type Values = Readonly<Record<string, string>>;

export function fill(template: JsonTemplate, values: Values): string {
  let filled = template[0] ?? '';
  for (let at = 1; at < template.length; at += 2) {
    const name = template[at] ?? '';
    const found = values[name];
    if (found === undefined) throw new Error(`nothing fills ${name}`);
    filled += found + template[at + 1];
  }
  return filled;
}

/** The same template with some of its holes filled, for lists whose items have much in common. */
export function partlyFilled(template: JsonTemplate, values: Values): JsonTemplate {
  const parts: string[] = [];
  let text = template[0] ?? '';
  for (let at = 1; at < template.length; at += 2) {
    const name = template[at] ?? '';
    const found = values[name];
    if (found === undefined) {
      parts.push(text, name);
      text = template[at + 1] ?? '';
    } else text += found + template[at + 1];
  }
  return [...parts, text];
}

/** One template per model, made when it is first asked for. */
export function templates<Key extends object>(make: (key: Key) => JsonTemplate): (key: Key) => JsonTemplate {
  const made = new WeakMap<Key, JsonTemplate>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

export const compiled = <Key extends object>(jsonOf: (key: Key) => unknown): ((key: Key) => JsonTemplate) =>
  templates((key: Key) => compile(jsonOf(key)));
