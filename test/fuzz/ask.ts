/**
 * Asks, and once more on a connection of its own: a server may close one that is kept in the moment in which it is used again,
 * which is nobody's fault.
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    // Whoever waited too long gets another error.
    if (!(error instanceof TypeError)) throw error;
    return fetch(url, init);
  }
}
