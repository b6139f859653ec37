const AT_ONCE = 8;

/** Work for each of some names, a few at a time, as storage may be slow. All are done, also where one fails; then its fault is thrown. */
export async function sideBySide(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  const rest = names.values();
  const worker = async () => {
    for (const name of rest) await work(name);
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
