import { budgeted, shared, WEBHOOK_MILLISECONDS } from '../problems/budget.ts';
import { RelayError } from '../problems/errors.ts';
import { healthWithout } from '../relay/health.ts';
import { type HttpRequest, problem } from '../relay/http.ts';
import { type Receipt, receiptOf } from '../relay/receipt.ts';
import type { Relay } from '../relay/relay.ts';
import type { Observed } from '../telemetry/observed.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Given } from './compose.ts';

// What the functions are registered with is all that a start waits for; what a relay is made of is loaded for the first call.
const composition = () => import('./compose.ts');

/**
 * When the drift report runs, as NCRONTAB in UTC, off the full hour. The setting is named where it is set, so that the
 * platform follows its changes; a name without a value would be an error of the whole function:
 * https://github.com/Azure/azure-functions-host/issues/10346
 */
export const driftSchedule = (): string =>
  process.env['DRIFT_SCHEDULE']?.trim() ? '%DRIFT_SCHEDULE%' : '0 7,37 * * * *';

/** A schedule as the host reads it: `%NAME%` stands for the value of a setting. */
export const resolvedSchedule = (text: string): string =>
  text.replace(/^%(\w+)%$/, (_, name: string) => process.env[name]?.trim() ?? '');

/** The settings of this process, with some more. Throws a ConfigurationError, or a StorageError where they are there. */
export const settings = async (more: Readonly<Record<string, string>> = {}): Promise<Given> =>
  (await composition()).settings({ ...process.env, ...more });

/** Takes a webhook within its time, the wait for the configuration included. `host`: the trace of the host. */
export const accept = (request: HttpRequest, host?: string): Promise<Receipt> =>
  receiptOf(() => budgeted(WEBHOOK_MILLISECONDS, async () => (await relay()).accept(request, host)));

/** Whether a message of the queue wants what the timer of the drift report does, now. */
export const asksForDrift = async (message: unknown): Promise<boolean> =>
  (await import('../delivery/rules/delivery.ts')).isDriftRun(message);

let newest: Promise<() => Promise<Observed>> | undefined;

/** The relay of this process as it is configured now. One that cannot be made yet answers 503, so that senders try again. */
export async function relay(): Promise<Observed> {
  try {
    newest ??= composition().then(({ opened }) => opened(process.env));
    const current = await newest;
    return await shared(current);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return unavailable(error);
  }
}

/** Puts a relay in place before the first call: the local run brings storage and receivers of its own. */
export function use(relay: Relay): void {
  newest = Promise.resolve(async () => relay);
}

/** The telemetry of this process; undefined where no setting says where to send it. */
export const telemetry = async (): Promise<Telemetry | undefined> =>
  (await import('./telemetry.ts')).telemetryOf(process.env);

/** Before the process ends: sends what telemetry has not sent yet, for three seconds at most. Never rejects. */
export const stopTelemetry = async (): Promise<void> => (await import('./telemetry.ts')).stopTelemetry();

function unavailable(error: RelayError): Relay {
  const answer = async () => problem(error);
  const impossible = () => Promise.reject(error);
  return {
    accept: async () => ({ outcome: 'refused', error }),
    ...{ preview: answer, health: healthWithout(error) },
    ...{
      deliveries: answer,
      figures: answer,
      now: answer,
      changes: answer,
      page: answer,
      review: answer,
      show: answer,
      deadLetters: answer,
      replay: answer,
      silences: answer,
    },
    ...{ fleet: answer, senders: answer, queueDrift: answer, act: answer, slack: answer, teams: answer },
    ...{
      deliver: impossible,
      sweep: impossible,
      watch: impossible,
      clean: impossible,
      count: impossible,
      checkSenders: impossible,
      checkDrift: impossible,
    },
  };
}
