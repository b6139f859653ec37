/** Sends a signal to a process of this user; false where there is none. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export const isAlive = (pid: number): boolean => signal(pid, 0);

// Nobody there is known at once; whoever is there may be busy, as on a machine with much to do.
const ANSWER_MILLISECONDS = 15_000;

/** Whether anybody answers there, whatever the answer. */
export const answers = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) }).then(
    () => true,
    () => false,
  );
