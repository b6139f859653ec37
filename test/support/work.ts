import { Session } from 'node:inspector/promises';

/**
 * How often anything was called while work was done, in all scripts: what a machine is busy with beside changes nothing of
 * it. Loops that call nothing and regular expressions are not counted. One at a time in a process.
 */
export async function callsIn(work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const counts = result.flatMap(({ functions }) =>
      functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    session.disconnect();
  }
}
