const camel = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

// .NET writes seven digits of a second, or none.
const plain = (value: unknown): string =>
  String(value)
    .toLowerCase()
    .replace(/(:\d\d\.\d*?)0+$/, '$1');

/** What of a host.json the extension has not bound as it is written, or not at all: names that it does not know it passes over. */
export function unbound(
  written: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, string>>,
): readonly string[] {
  const bound = new Map(Object.entries(options).map(([name, value]) => [camel(name), value]));
  return Object.entries(written).flatMap(([name, value]) => {
    const is = bound.get(name);
    if (is === undefined) return [`${name} is no setting of the extension`];
    return plain(value) === plain(is) ? [] : [`${name} is ${is} for the extension, and ${value} in host.json`];
  });
}
