import { driftSettingNames } from '../drift/rules/settings.ts';
import { nearest } from '../problems/spelling.ts';
import { settings } from './settings.ts';
import type { Env } from './variables.ts';

const KNOWN = [...Object.keys(settings.shape), ...driftSettingNames, 'RELAY_URL', 'RELAY_KEY', 'RELAY_CODE'];

// Others begin with what people name theirs by as well, so that only what is near a setting counts.
const PREFIXES = ['SLACK_', 'TEAMS_', 'RELAY_', 'DRIFT_', 'AzureWebJobsStorage__'];

/**
 * What is said of environment variables that are no settings and probably meant to be: by name, never by value. One that
 * the configuration file `text` uses is meant as it is written, and so is one beside the setting that it is near.
 */
export function misspeltSettings(env: Env, text = ''): readonly string[] {
  return Object.keys(env).flatMap((name) => {
    const isUsed = KNOWN.includes(name) || !env[name]?.trim() || text.includes(`\${${name}}`);
    const meant = isUsed ? undefined : settingNear(name);
    return meant === undefined || env[meant]?.trim()
      ? []
      : [`The environment variable ${name} is not a setting; did you mean ${meant}?`];
  });
}

/** The setting that a name is near: what both begin with makes no two names near. */
function settingNear(name: string): string | undefined {
  const prefix = PREFIXES.find((each) => name.toUpperCase().startsWith(each.toUpperCase()));
  if (prefix === undefined || !/^\w{1,80}$/.test(name)) return undefined;
  const rests = KNOWN.flatMap((known) => (known.startsWith(prefix) ? [known.slice(prefix.length)] : []));
  const rest = nearest(name.slice(prefix.length), rests);
  return rest === undefined ? undefined : prefix + rest;
}
