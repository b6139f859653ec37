import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// What the inputs of the action and the run that it is in say, as an event of one's own: docs/senders/custom.md of the relay.
// The variables of a run: https://docs.github.com/actions/reference/workflows-and-actions/variables.

/** An input that says nothing usable: the message is for whoever wrote the workflow. */
export class InputError extends Error {}

const KINDS = ['deployment', 'custom'];

// Words of job.status and of people for what has gone wrong.
const FAILED = /^(?:fail(?:ed|ure|ing)?|error(?:ed)?|timed?[_ -]?out|broken)$/i;

/**
 * The event as it is posted; fields that nothing is known of are left out. Throws an InputError.
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function eventOf(env) {
  const input = (/** @type {string} */ name) => env[`RELAY_${name}`]?.trim() || undefined;
  const kind = input('KIND') ?? 'deployment';
  if (!KINDS.includes(kind)) throw new InputError(`kind is none of ${KINDS.join(', ')}`);
  const known = {
    kind,
    ...(kind === 'deployment' ? deploymentOf(env, input) : customOf(env, input)),
    environment: input('ENVIRONMENT'),
    resource: resourceOf(input('RESOURCE'), input('GROUP')),
    links: linksOf(env, input('LINK')),
    properties: propertiesOf(input('PROPERTIES')),
    ...fieldsOf(input('FIELDS')),
  };
  const event = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { id: input('ID') ?? idOf(env, event), ...event };
}

/** @typedef {(name: string) => string | undefined} Input */
/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/** @param {Env} env @param {Input} input */
function deploymentOf(env, input) {
  const subject = input('TITLE') ?? env['GITHUB_REPOSITORY'] ?? 'deployment';
  const isTag = env['GITHUB_REF_TYPE'] === 'tag';
  const run = [env['GITHUB_REPOSITORY'], env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT']];
  return {
    subject,
    status: input('STATUS'),
    // The start and the end of one deployment belong together; another attempt is another one.
    story: ['github-actions', ...run, input('ENVIRONMENT'), subject].filter(Boolean).join('/').slice(0, 200),
    project: env['GITHUB_REPOSITORY'],
    version: input('VERSION') ?? (isTag ? env['GITHUB_REF_NAME'] : undefined),
    commit: env['GITHUB_SHA'],
    branch: isTag ? undefined : env['GITHUB_HEAD_REF'] || env['GITHUB_REF_NAME'],
    change: changeOf(env['GITHUB_EVENT_PATH']),
    actor: env['GITHUB_TRIGGERING_ACTOR'] || env['GITHUB_ACTOR'],
    output: input('TEXT'),
    severity: input('SEVERITY'),
  };
}

/** @param {Env} env @param {Input} input */
function customOf(env, input) {
  const status = input('STATUS');
  const title = input('TITLE') ?? env['GITHUB_WORKFLOW'] ?? 'GitHub Actions';
  return {
    title: status === undefined ? title : `${title}: ${status}`,
    text: input('TEXT'),
    severity: input('SEVERITY') ?? (FAILED.test(status ?? '') ? 'error' : undefined),
  };
}

/** @param {string | undefined} name @param {string | undefined} group */
function resourceOf(name, group) {
  if (name === undefined && group !== undefined) throw new InputError('group is of a resource: give resource as well');
  return name === undefined ? undefined : { name, ...(group !== undefined && { group }) };
}

/** @param {Env} env @param {string | undefined} link */
function linksOf(env, link) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  if (link !== undefined && !link.startsWith('https://')) throw new InputError('link is no https address');
  const url = link ?? (server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined);
  return url?.startsWith('https://') ? [{ rel: link === undefined ? 'run' : 'site', url }] : undefined;
}

/** @param {string | undefined} text */
function propertiesOf(text) {
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const pairs = lines.filter((line) => line !== '').map((line) => /^([^=]+)=(.*)$/.exec(line));
  if (pairs.includes(null)) throw new InputError('properties is not one name=value in each line');
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim(), pair?.[2]?.trim()]));
}

/** @param {string | undefined} text */
function fieldsOf(text) {
  if (text === undefined) return {};
  const given = jsonIn(text);
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new InputError('fields is no JSON object');
}

/** @param {string} text @returns {unknown} */
function jsonIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What is deployed in a line: the title of the pull request, or the first line of the commit.
 * @param {string | undefined} path
 */
function changeOf(path) {
  if (!path) return undefined;
  try {
    const { pull_request: request, head_commit: commit } = JSON.parse(readFileSync(path, 'utf8'));
    const said = request?.title ?? commit?.message;
    return typeof said === 'string' ? said.split('\n')[0] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same for every try of one step, another one for another attempt of the run, another job or runner (those of a matrix
 * have one each) or other words.
 * @param {Env} env @param {object} event
 */
function idOf(env, event) {
  const run = ['GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT', 'GITHUB_JOB'].map((name) => env[name] ?? '');
  const told = createHash('sha256')
    .update(JSON.stringify([env['RUNNER_NAME'], event]))
    .digest('hex');
  return `${['github-actions', ...run].join('/').slice(0, 180)}/${told.slice(0, 12)}`;
}
