import type { Config } from '../config/config.ts';
import { isShort, MAKE_ONE } from '../event/webhook-secret.ts';

/** Keys that are shorter than Standard Webhooks asks for. */
export function shortSecrets({ receivers, sources }: Config): readonly string[] {
  const signing = receivers.filter(({ secrets = [] }) => secrets.some(isShort)).map(({ name }) => name);
  const own = Object.entries(sources).flatMap(([name, { map, secret = [] }]) =>
    (name === 'custom' || map !== undefined) && [secret].flat().some(isShort) ? [`sources.${name}`] : [],
  );
  return [...signing, ...own].map(
    (name) => `The secret of ${name} has fewer than 24 bytes, which Standard Webhooks asks for: ${MAKE_ONE}.`,
  );
}
