import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SWEPT } from './support/suites.ts';

const ROOT = new URL('../', import.meta.url);
const WORKFLOWS = new URL('.github/workflows/', ROOT);
const workflows = readdirSync(WORKFLOWS).map((file) => readFileSync(new URL(file, WORKFLOWS), 'utf8'));
const actions = workflows.flatMap((text) => text.match(/\buses:.*/g) ?? []);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>>;
}

it('the workflow checks what .ci/run checks, by running it', () => {
  expect(workflows.filter((text) => /^ +- run: \.ci\/run$/m.test(text))).toHaveLength(1);
});

it('every action is pinned by its commit', () => {
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toStrictEqual([]);
});

it('every workflow uses the same version of an action', () => {
  const names = new Set(actions.map((action) => action.split('@')[0]));

  expect(new Set(actions).size).toBe(names.size);
});

it('no workflow may do more than read unless a job of it says so', () => {
  const allowed = workflows.map((text) => (parse(text) as Workflow).permissions);

  for (const each of allowed) expect([{}, { contents: 'read' }]).toContainEqual(each);
});

describe('the workflow of a release', () => {
  const { on, jobs } = parse(readFileSync(new URL('release.yml', WORKFLOWS), 'utf8')) as Workflow;
  const { build, publish } = jobs;
  const runs = (build?.steps ?? []).flatMap(({ run = [] }) => run);

  it('begins with a tag of a version', () => {
    expect(on).toStrictEqual({ push: { tags: ['v*'] } });
  });

  it('checks, then makes the release of the tag, as .ci/run makes one', () => {
    expect(runs).toStrictEqual(['npm ci', 'npm run check', 'npm run release -- --tag "$GITHUB_REF_NAME"']);
    expect(readFileSync(new URL('.ci/run', ROOT), 'utf8')).toMatch(/^step .* npm run release$/m);
  });

  it('signs and publishes where no code of packages runs', () => {
    expect(build?.permissions).toStrictEqual({ contents: 'read' });
    expect(publish?.permissions).toStrictEqual({ contents: 'write', 'id-token': 'write', attestations: 'write' });
    expect(publish?.steps.flatMap(({ run = [] }) => run).join()).not.toMatch(/\bnp[mx]\b|\bnode\b/);
    expect(publish?.steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))).toStrictEqual([]);
  });

  it('attests where the zip comes from and what is in it, and publishes what was made', () => {
    const attested = publish?.steps.filter(({ uses = '' }) => uses.startsWith('actions/attest@'));

    expect(attested?.map((step) => step.with)).toStrictEqual([
      { 'subject-path': 'relay.zip' },
      { 'subject-path': 'relay.zip', 'sbom-path': 'relay.cdx.json' },
    ]);
    expect(publish?.steps.at(-1)?.run).toMatch(/^gh release create .* relay\.zip relay\.cdx\.json SHA256SUMS$/);
  });
});

it('versions of packages are exact', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as Record<
    string,
    Record<string, string>
  >;

  for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d[\w.-]+$/);
});

it('newer packages and actions are asked for every week, many in one request', () => {
  const { updates } = parse(readFileSync(new URL('.github/dependabot.yml', ROOT), 'utf8')) as {
    updates: readonly { 'package-ecosystem': string; schedule: object; groups: object }[];
  };

  expect(updates.map((each) => each['package-ecosystem'])).toStrictEqual(['npm', 'github-actions']);
  for (const { schedule, groups } of updates) {
    expect(schedule).toStrictEqual({ interval: 'weekly' });
    expect(Object.keys(groups)).not.toStrictEqual([]);
  }
});

it('each project of tests is run by a script that .ci/run calls, and a law that takes a part of its cases is swept whole', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const config = readFileSync(new URL('vitest.config.ts', ROOT), 'utf8');
  const steps = readFileSync(new URL('.ci/run', ROOT), 'utf8');
  const run = Object.entries(scripts).filter(([name]) => new RegExp(`npm (?:run )?${name}\\b`).test(steps));
  const swept = readdirSync(new URL('test/', ROOT), { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.test.ts') &&
      /from '.*support\/sweep\.ts'/.test(readFileSync(new URL(`test/${file}`, ROOT), 'utf8')),
  );

  for (const [, name] of config.matchAll(/\bname: '(\w+)'/g)) {
    expect(
      run.filter(([, command]) => command.includes(`--project ${name}`)),
      name,
    ).not.toStrictEqual([]);
  }
  expect(swept.map((file) => `test/${file}`).sort()).toStrictEqual(SWEPT);
});
