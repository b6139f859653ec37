import type { Env } from '../config/variables.ts';
import { armSettings } from '../drift/rules/settings.ts';
import { MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { type SenderReader, senderReader } from '../outbound/arm/senders.ts';
import { azureOf } from './azure.ts';

/** Whoever waits at a terminal has gone by then. */
const LONGEST_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** A reader of who posts where, by whoever is signed in on this machine. Throws a ConfigurationError. */
export function senders(env: Env): { readonly reader: SenderReader; readonly endpoint: string } {
  const arm = armSettings(env);
  const run = { deadline: Date.now() + LONGEST_MILLISECONDS, signal: new AbortController().signal, holds: [] };
  const settings = azureOf(arm, { development: true, azureClientId: undefined });
  return { reader: senderReader(settings, run), endpoint: arm.armEndpoint };
}
