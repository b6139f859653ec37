import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  readonly id?: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action = parse(await readFile(join(ROOT, 'action.yml'), 'utf8')) as Action;

export interface Ran {
  readonly status: number | null;
  /** What a person reads: without the lines that the runner takes as commands to mask, and with the masks. */
  readonly log: string;
  /** Everything as it was printed. */
  readonly printed: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What the expressions of the action stand for; anything else in it is refused. */
function evaluated(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    if (expression === 'github.action_path') return ROOT;
    const [, name = ''] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
    if (!(name in action.inputs)) throw new Error(`no runner is made for ${expression}`);
    return inputs[name] ?? action.inputs[name]?.default ?? '';
  });
}

/** The variables of a run of GitHub Actions. */
export const RUN = {
  GITHUB_REPOSITORY: 'contoso/shop',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '9301',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'deploy',
  GITHUB_WORKFLOW: 'Deploy',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_REF_NAME: 'main',
  GITHUB_SHA: '8f1c2d3e4b5a69788796a5b4c3d2e1f00f1e2d3c',
  GITHUB_ACTOR: 'minji',
  RUNNER_NAME: 'GitHub Actions 2',
};

/** Runs the steps of action.yml as GitHub's runner does: a script in a file, by bash, with the inputs in the environment. */
export async function ran(
  inputs: Readonly<Record<string, string>>,
  more: { readonly env?: Readonly<Record<string, string>>; readonly event?: unknown; readonly path?: string } = {},
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-action-'));
  const outputFile = join(folder, 'output');
  const eventFile = join(folder, 'event.json');
  await Promise.all([writeFile(outputFile, ''), writeFile(eventFile, JSON.stringify(more.event ?? {}))]);
  const path = more.path ?? [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  let printed = '';
  let status: number | null = 0;
  try {
    for (const [at, step] of action.runs.steps.entries()) {
      const script = join(folder, `step-${at}.sh`);
      await writeFile(script, step.run);
      const own = Object.entries(step.env).map(([name, value]) => [name, evaluated(value, inputs)]);
      const env = { PATH: path, ...RUN, GITHUB_OUTPUT: outputFile, GITHUB_EVENT_PATH: eventFile, ...more.env };
      const ended = await bash(script, folder, { ...env, ...Object.fromEntries(own) });
      printed += ended.printed;
      status = ended.status;
      if (status !== 0) break;
    }
    const outputs = (await readFile(outputFile, 'utf8')).split('\n').filter((line) => line !== '');
    return { status, printed, log: masked(printed), outputs: Object.fromEntries(outputs.map(pair)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const pair = (line: string): [string, string] => {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
};

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const child = spawn('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      printed += part;
    });
  }
  return new Promise<{ status: number | null; printed: string }>((done) =>
    child.on('close', (status) => done({ status, printed })),
  );
}

const MASK = '::add-mask::';
const decoded = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

/** What stands in the log: the runner takes each mask from the moment in which it is printed. */
function masked(printed: string): string {
  const masks: string[] = [];
  const shown = printed.split('\n').flatMap((line) => {
    if (line.startsWith(MASK)) {
      masks.push(decoded(line.slice(MASK.length)));
      return [];
    }
    return [masks.reduce((text, mask) => text.replaceAll(mask, '***'), line)];
  });
  return shown.join('\n');
}
