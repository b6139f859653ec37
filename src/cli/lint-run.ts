import { compiled } from '../config/compile.ts';
import { readConfig } from '../config/config.ts';
import { parseConfigFile } from '../config/file.ts';
import type { File } from '../config/file-text.ts';
import { misspeltSettings } from '../config/misspelt.ts';
import { deadAddresses } from '../config/settings.ts';
import { type Problem, problemsIn } from '../problems/errors.ts';
import { asStarted, configurationFile, type Good, NO_RECEIVER, withBuiltIn } from './settings.ts';
import type { Work } from './shell.ts';
import { plural, safeLine } from './text.ts';

export interface LintOptions {
  readonly deployed?: true;
  readonly event?: string;
  readonly source?: string;
}

export async function runLint(given: string | undefined, options: LintOptions, work: Work): Promise<void> {
  const { env } = work.shell;
  const file = await configurationFile(env, given);
  const checked = options.deployed ? env : asStarted(env);
  const found = await check(file, checked);
  if ('problems' in found) return report(file?.name, found.problems, work);
  const bodies = file && (await (await import('./mapping-samples.ts')).readSamples(file, found.config.sources));
  if (bodies && bodies.problems.length > 0) return report(file?.name, bodies.problems, work);
  const isAlone = found.config.receivers.length === 0;
  // Without a file, a run of this machine has its own inbox to tell.
  const hasInbox = isAlone && found.file === undefined && !options.deployed;
  if (options.event !== undefined && (!isAlone || hasInbox)) {
    const { eventVerdicts } = await import('./event-verdicts.ts');
    return eventVerdicts(hasInbox ? builtInOnly(found) : found, { file: options.event, source: options.source }, work);
  }
  if (isAlone) return withoutReceivers(found, options, work);
  const { summary } = await import('./config-summary.ts');
  return summary(found, bodies?.read ?? [], work);
}

function builtInOnly(found: Good): Good {
  const config = withBuiltIn(found.config);
  return { ...found, config, written: config.routes.map(({ to = [] }) => ({ to })) };
}

/** A local run has an inbox of its own; nothing else has anybody to tell. */
async function withoutReceivers(
  { file, config, misspelt }: Good,
  { deployed }: LintOptions,
  work: Work,
): Promise<void> {
  const { screen, shell } = work;
  if (file !== undefined || deployed) {
    report(file, [{ path: '', message: [NO_RECEIVER, ...misspelt].join(' ') }], work);
    return;
  }
  const { scheduleRemarks, schedulesOf, scheduleTable } = await import('./schedules.ts');
  const schedules = schedulesOf(config, Date.now());
  const warnings = [NO_RECEIVER, ...misspelt, ...scheduleRemarks(config, shell.env)];
  if (screen.json) {
    return screen.document({ ok: true, file: null, receivers: [], routes: [], samples: [], schedules, warnings });
  }
  screen.print(...warnings.map((each) => screen.paint('yellow', safeLine(each))));
  await scheduleTable(schedules, screen);
}

type Env = Work['shell']['env'];

// Stands for the file while the other settings are read, which what it wants of Azure decides about: the file is read by
// itself, because its routes are shown.
const standIn = (scaling: object = {}): string => JSON.stringify({ receivers: {}, scaling });

/** The settings, and the file, read once: each with its problems, all at once. */
async function check(file: File | undefined, env: Env): Promise<Good | { readonly problems: readonly Problem[] }> {
  const written = await problemsIn(() =>
    file === undefined ? undefined : parseConfigFile(file.text, env, file.name, true),
  );
  const settings = await problemsIn(() => readConfig(env, file && standIn(written.value?.scaling)));
  const dead = file === undefined ? deadAddresses(env) : [];
  const problems = [...settings.problems, ...dead, ...written.problems];
  if (settings.value === undefined || problems.length > 0) return { problems };
  const config = { ...settings.value, ...(written.value && compiled(written.value, settings.value)) };
  // Without routes in the file, and without a file, there is one that leads to everybody.
  const routes = written.value?.routes ?? config.routes.map(({ to = [] }) => ({ to }));
  return {
    ...{ file: file?.name, config, written: routes },
    environments: written.value?.environments ?? [],
    misspelt: misspeltSettings(env, file?.text),
  };
}

/** A problem with its place in numbers, where it has one. */
interface Placed {
  readonly line?: number;
  readonly column?: number;
  readonly path: string;
  readonly message: string;
  readonly more?: number;
}

function placed({ path, ...said }: Problem): Placed {
  const [, line, column, rest = ''] = /^.*?:(\d+):(\d+)(?: {2}(.*))?$/s.exec(path) ?? [];
  return line === undefined ? { path, ...said } : { line: Number(line), column: Number(column), path: rest, ...said };
}

function report(file: string | undefined, problems: readonly Problem[], { screen, wrong }: Work): void {
  wrong();
  const all = problems
    .map(placed)
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (screen.json) screen.document({ ok: false, file: file ?? null, problems: all });
  for (const { line, column, path, message } of all) {
    const where = line === undefined ? 'settings' : `${file ?? 'settings'}:${line}:${column}`;
    screen.print(`${screen.paint('bold', where)}  ${safeLine([path, message].filter(Boolean).join(': '))}`);
  }
  const count = all.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
  screen.print('', screen.paint('red', `${plural(count, 'problem')}.`));
}
