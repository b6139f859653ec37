import type { Env } from '../config/variables.ts';
import { collecting } from '../telemetry/collect.ts';
import { telemetrySettings } from '../telemetry/settings.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

let telling: Telemetry | undefined;

/** The telemetry of this process; undefined where no setting says where to send it. */
export function telemetryOf(env: Env): Telemetry | undefined {
  const settings = telemetrySettings(env);
  if (settings === undefined) return undefined;
  const load = async () => (await import('../outbound/telemetry/sdk.ts')).exporting(settings);
  telling ??= collecting(load, settings.share);
  return telling;
}

/** Sends what has not been sent yet, for three seconds at most. Never rejects. */
export const stopTelemetry = async (): Promise<void> => telling?.stop();
