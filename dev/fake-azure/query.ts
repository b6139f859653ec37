/** The query of a request. Names are read without case, as Azure reads them. */
export interface Query {
  get(name: string): string | undefined;
  /** As it stands in the address, undecoded. */
  raw(name: string): string | undefined;
}

export function readQuery(target: string): { readonly path: string; readonly query: Query } {
  const [path = '', search = ''] = target.split('?', 2);
  const pairs = new Map<string, string>();
  for (const pair of search.split('&').filter((each) => each !== '')) {
    const [name = '', ...value] = pair.split('=');
    pairs.set((decoded(name) ?? name).toLowerCase(), value.join('='));
  }
  const raw = (name: string) => pairs.get(name.toLowerCase());
  return {
    path,
    query: {
      raw,
      get(name) {
        const found = raw(name);
        return found === undefined ? undefined : decoded(found.replaceAll('+', ' '));
      },
    },
  };
}

/** Undefined for percent signs that stand for nothing. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
