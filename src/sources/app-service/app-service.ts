import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { date, loginOf, text } from '../fields.ts';
import { SEVERITY, secondsBetween } from '../phase.ts';
import { defineSource, linkTo, wordOf } from '../source.ts';

// https://github.com/projectkudu/kudu/wiki/Web-hooks. Kudu leaves out what is false, 0 or null.
// Keys are compared in lower case without "_": the web hook writes "siteName", the deployment API "site_name", and
// services that pass a hook on write "SiteName".
const folded = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).map(([key, value]) => [key.replaceAll('_', '').toLowerCase(), value]));

// The web hook writes the status as a word, the deployment API as a number.
// https://github.com/projectkudu/kudu/blob/master/Kudu.Contracts/Deployment/DeployStatus.cs
const STATUS: ReadonlyMap<string, 'started' | 'succeeded' | 'failed'> = new Map([
  ['pending', 'started'],
  ['building', 'started'],
  ['deploying', 'started'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['success', 'succeeded'],
  ['0', 'started'],
  ['1', 'started'],
  ['2', 'started'],
  ['3', 'failed'],
  ['4', 'succeeded'],
]);

const actor = text.transform((name) => (name?.toLowerCase() === 'n/a' ? undefined : loginOf(name)));

const payload = z.preprocess(
  (body) => (isObject(body) ? folded(body) : body),
  z
    .object({
      id: text,
      status: text,
      statustext: text,
      author: actor,
      deployer: actor,
      message: text,
      progress: text,
      // Kept as text too: seven digits of a second, of which a date keeps three.
      starttime: text,
      receivedtime: date,
      endtime: date,
      sitename: text,
      // The host of Kudu itself: "<app>(-<slot>).scm.azurewebsites.net".
      hostname: text,
    })
    .refine(({ id, sitename, hostname }) => (sitename ?? hostname ?? id) !== undefined, {
      path: ['siteName'],
      error: 'expected text',
    })
    .refine(
      ({ status, ...given }) =>
        STATUS.has(status?.toLowerCase() ?? 'pending') ||
        [given.receivedtime, given.sitename, given.hostname, given.deployer, given.statustext].filter(Boolean).length >
          1,
      { path: ['status'], error: 'expected success or failed' },
    )
    .refine(({ status, receivedtime, starttime }) => (status ?? receivedtime ?? starttime) !== undefined, {
      path: ['status'],
      error: 'expected success or failed',
    }),
);

const HALLMARKS = ['receivedtime', 'sitename', 'hostname', 'deployer', 'statustext', 'lastsuccessendtime'];

export const appService = defineSource({
  name: 'app-service',
  detects: (body) => {
    const given = folded(body);
    const status = given['status'];
    const isKnown = status === undefined || status === null || STATUS.has(wordOf(status).toLowerCase());
    const marks = HALLMARKS.filter((key) => key in given).length;
    return 'id' in given && marks > (isKnown ? 1 : 2);
  },
  payload,
  keys: ['id', 'status', 'statusText', 'deployer', 'receivedTime', 'startTime', 'endTime', 'siteName', 'hostName'],
  extras: { progress: 'a deployment that has not ended yet' },
  normalize: (given, { receivedAt, includes }) => {
    // Kudu leaves "pending" out, as the first of its statuses.
    const phase = STATUS.get(given.status?.toLowerCase() ?? 'pending') ?? 'unknown';
    if (phase === 'started' && !includes('progress')) return [];
    const { id, sitename, hostname, starttime, endtime, author, deployer } = given;
    const site = sitename ?? hostname?.split('.')[0] ?? id ?? '';
    const isCommit = /^[0-9a-f]{40}$/i.test(id ?? '');
    return [
      {
        kind: 'deployment',
        // A redeployment repeats the id; slots may deploy one commit at once.
        id: identity('app-service', hostname ?? site, id ?? '', starttime ?? endtime ?? '', phase),
        story: `${hostname ?? site}#${id ?? starttime ?? ''}`.toLowerCase(),
        source: 'app-service',
        severity: SEVERITY[phase],
        occurredAt: endtime ?? date.parse(starttime) ?? given.receivedtime ?? receivedAt,
        resource: { name: site, type: 'Microsoft.Web/sites' },
        links: hostname !== undefined && /^[a-z0-9.-]+$/i.test(hostname) ? linkTo('site', `https://${hostname}/`) : [],
        phase,
        word: phase === 'unknown' ? given.status : undefined,
        subject: site,
        version: isCommit ? undefined : id,
        commit: isCommit ? id : undefined,
        change: given.message?.split('\n')[0],
        actor: author ?? deployer,
        // Absent where it has not ended, and where the clock of a redeployment went backwards.
        duration: secondsBetween(date.parse(starttime), endtime),
        output: phase === 'failed' || phase === 'unknown' ? (given.statustext ?? given.progress) : undefined,
      },
    ];
  },
});
