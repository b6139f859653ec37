import { isObject } from '../source.ts';

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const MOST = 400;

/** Where the fields of an event may be, by the names that senders give them; `or` is what they are without one. */
const LIKELY: readonly { readonly field: string; readonly names: RegExp; readonly or?: string }[] = [
  { field: 'title', names: /^(\w*_)?(title|summary|subject|message|name|text|description)$/i, or: '"\'…\'"' },
  { field: 'severity', names: /^(\w*_)?(severity|priority|urgency|level)$/i },
  { field: 'resource', names: /^(\w*_)?(resource|service|host|hostname|component|application|app)$/i },
  { field: 'id', names: /^(\w*_)?(id|uuid|guid)$/i },
  { field: 'occurredAt', names: /^(\w*_)?(timestamp|time|date|occurred_?at|created_?at)$/i },
];

/** A mapping to begin with for a body that nothing reads, of its own keys and of none of its values; undefined where it has no plain one. */
export function beginning(payload: unknown): string | undefined {
  const body: unknown = Array.isArray(payload) ? payload[0] : payload;
  const keys = pathsOf(body);
  if (keys.length === 0) return undefined;
  const map = LIKELY.flatMap(({ field, names, or }) => {
    const found = keys.find((key) => names.test(key.split('.').at(-1) ?? '')) ?? or;
    return found === undefined ? [] : [`${field}: ${found}`];
  });
  const like = keys.slice(0, 2).map((key) => `"${key}": "*"`);
  return `or read it by a mapping (docs/senders/mapping.md), to begin with: sources: { my-sender: { like: { ${like.join(', ')} }, map: { ${map.join(', ')} } } }`;
}

/** The paths to plain values under plain keys, two levels down, the upper ones first. */
function pathsOf(body: unknown): readonly string[] {
  if (!isObject(body)) return [];
  const entries = Object.entries(body)
    .slice(0, MOST)
    .filter(([key]) => PLAIN.test(key));
  const inner = entries.flatMap(([key, value]) =>
    isObject(value)
      ? Object.entries(value)
          .slice(0, 20)
          .flatMap(([each, leaf]) => (PLAIN.test(each) && typeof leaf !== 'object' ? [`${key}.${each}`] : []))
      : [],
  );
  return [...entries.flatMap(([key, value]) => (typeof value === 'object' ? [] : [key])), ...inner];
}
