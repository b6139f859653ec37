/**
 * Asks, and once more on a connection of its own: a server may close one that is kept in the moment in which it is used again,
 * which is nobody's fault.
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const isClosed = error instanceof TypeError && error.cause instanceof Error && 'socket' in error.cause;
    if (!isClosed) throw error;
    return fetch(url, init);
  }
}
