import type { HttpAnswer } from '../../src/relay/http.ts';
import { wrongMethod } from './wrong-method.ts';

interface TimerDefinition {
  readonly handler: (timer: unknown, context: { log(message: string, ...details: unknown[]): void }) => Promise<void>;
}

/**
 * Timers can be fired by hand as well, as the Functions host lets one do: POST /admin/functions/{name}, answered 202.
 * https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
 */
export function timerTrigger(timers: Readonly<Record<string, TimerDefinition>>, log: (line: string) => void) {
  return (method: string | undefined, pathname: string): HttpAnswer | undefined => {
    const name = /^\/admin\/functions\/([\w-]+)\/?$/i.exec(pathname)?.[1];
    const timer = Object.entries(timers).find(([known]) => known === name)?.[1];
    if (timer === undefined) return undefined;
    if (method !== 'POST') return wrongMethod(method ?? 'GET', pathname, ['POST']);
    const context = { log: (message: string, ...details: unknown[]) => log(`${message}  ${details.join(' ')}`) };
    timer.handler({ isPastDue: false }, context).catch((error: unknown) => {
      log(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    });
    return { status: 202, jsonBody: {} };
  };
}
