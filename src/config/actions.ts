import { acting } from './buttons.ts';
import type { ConfigFile } from './schema.ts';
import type { Env } from './variables.ts';

/** What the configuration says of buttons. Without an address of its own, the app is where Azure says, or the local run. */
export function actionsIn(given: NonNullable<ConfigFile['actions']>, env: Env, port: number) {
  const { key, url, morning = '07:00', links = true, may = {} } = given;
  const host = env['WEBSITE_HOSTNAME']?.trim();
  const home = host ? `https://${host}` : `http://localhost:${port}`;
  return acting({
    keys: [key].flat(),
    url: (url ?? home).replace(/\/+$/, ''),
    ...{ morning, links },
    may: Object.fromEntries(Object.entries(may).flatMap(([name, ids]) => (Array.isArray(ids) ? [[name, ids]] : []))),
  });
}
