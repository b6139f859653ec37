import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from './redact.ts';
import type { Telemetry } from './telemetry.ts';
import { isKept } from './trace.ts';

// The first webhook is answered and its delivery under way before the libraries are loaded.
const LOAD_AFTER_MILLISECONDS = 1_000;
const STOP_MILLISECONDS = 3_000;

// What is over is let go: telemetry must not eat the memory of what it tells of.
const MOST_WAITING = 5_000;

/**
 * Telemetry whose exporters are loaded once there is something to export, in the background. `share` of all traces are
 * kept, 0 to 1.
 */
export function collecting(load: () => Promise<Telemetry>, share: number): Telemetry {
  const waiting: ((exporting: Telemetry) => void)[] = [];
  let exporting: Telemetry | undefined;
  let loading: Promise<void> | undefined;
  let failed = false;

  const loaded = (): Promise<void> =>
    (loading ??= Promise.all([load(), import('./cleaned.ts')]).then(
      ([ready, { cleaned }]) => {
        const to = cleaned(ready);
        exporting = to;
        for (const each of waiting.splice(0)) each(to);
      },
      (error: unknown) => {
        failed = true;
        waiting.splice(0);
        console.error(`telemetry is off: ${redact(String(error))}`);
      },
    ));

  function take(each: (exporting: Telemetry) => void): void {
    if (exporting !== undefined) each(exporting);
    if (exporting !== undefined || failed || waiting.length >= MOST_WAITING) return;
    waiting.push(each);
    if (waiting.length === 1) setTimeout(() => void loaded(), LOAD_AFTER_MILLISECONDS).unref();
  }

  return {
    span: (span) => {
      if (isKept(span.at, share)) take((to) => to.span(span));
    },
    count: (name, by, attributes) => take((to) => to.count(name, by, attributes)),
    measure: (name, seconds, attributes) => take((to) => to.measure(name, seconds, attributes)),
    async stop() {
      if (exporting === undefined && waiting.length === 0) return;
      const stopped = loaded().then(() => exporting?.stop());
      await Promise.race([stopped, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
    },
  };
}
