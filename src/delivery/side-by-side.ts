const AT_ONCE = 8;

/** Work for each of some, a few at a time, as storage may be slow. All are done, also where one fails; then its fault is thrown. */
export async function sideBySide<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  const worker = async () => {
    for (const each of rest) await work(each);
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
