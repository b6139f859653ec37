/** One value inside a JSON document, linked to the values around it. */
export type Path = { value: unknown; key: string; depth: number; parent: Path | undefined };

const childrenOf = (parent: Path): Path[] =>
  typeof parent.value === 'object' && parent.value !== null
    ? Object.entries(parent.value).map(([key, value]) => ({ value, key, depth: parent.depth + 1, parent }))
    : [];

/** Every value of a document in reading order. It does not recurse, so a hostile depth cannot exhaust the stack. */
export function* walk(document: unknown): Generator<Path> {
  const waiting: Path[] = [{ value: document, key: '', depth: 0, parent: undefined }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    yield place;
    for (const child of childrenOf(place).reverse()) waiting.push(child);
  }
}

export function pointer(place: Path): string {
  const keys: string[] = [];
  for (let at: Path | undefined = place; at !== undefined; at = at.parent) keys.unshift(at.key);
  return keys.join('/');
}
