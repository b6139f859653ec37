import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { defineSource } from '../source.ts';
import { notification, readNotification } from './notification.ts';
import { outbound, readOutbound } from './outbound.ts';

const OUTBOUND = ['start', 'success', 'failure', 'unstable', 'pipeline'];

/** Held to the one schema that a body is meant for, so that a broken one is told what is wrong with it. */
const payload = z.unknown().transform((body, context) => {
  const result =
    isObject(body) && body['build'] === undefined && ('event' in body || 'buildName' in body)
      ? outbound.safeParse(body)
      : notification.safeParse(body);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

/** Two plugins: Notification (`build.phase`) and Outbound WebHook (`event`, `buildName`). */
export const jenkins = defineSource({
  name: 'jenkins',
  detects: ({ build, name, event, buildName, buildUrl, projectName }) =>
    (isObject(build) && ('phase' in build || ('full_url' in build && typeof name === 'string'))) ||
    (buildName !== undefined && projectName !== undefined) ||
    (typeof event === 'string' &&
      OUTBOUND.includes(event.toLowerCase()) &&
      (buildName !== undefined || buildUrl !== undefined || projectName !== undefined)),
  payload,
  keys: ['name', 'display_name', 'url', 'build', 'event', 'buildName', 'buildUrl', 'projectName', 'buildVars'],
  normalize: (body, context) => ('build' in body ? readNotification(body, context) : readOutbound(body, context)),
  extras: { started: 'builds that start' },
});
