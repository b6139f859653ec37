import { readFileSync } from 'node:fs';

// Linux counts in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
const TICK_MILLISECONDS = 10;

/** Milliseconds of processor time that a process has used; not a number where the system does not tell. */
export function processorTime(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name comes second, in brackets, and may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS;
  } catch {
    return Number.NaN;
  }
}
