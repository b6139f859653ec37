import type { Config } from '../config/config.ts';
import { URL_SETTINGS } from '../config/settings.ts';
import { toAll } from '../routing/routes.ts';

/** Settings without receivers, with those of a plain local run. */
export function withBuiltIn(config: Config): Config {
  const { locale, timeZone } = config;
  const receivers = URL_SETTINGS.map(([, type]) => ({
    ...{ name: `inbox-${type}`, type, url: '', locale, timeZone },
  }));
  return { ...config, receivers, routes: toAll(receivers.map(({ name }) => name)) };
}
