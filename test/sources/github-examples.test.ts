import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { read } from '../support/normalize.ts';

// GitHub's own examples, as its community keeps them: https://github.com/octokit/webhooks
const EXAMPLES = '@octokit/webhooks-examples';

interface Definition {
  readonly name: string;
  readonly examples: readonly unknown[];
}

function installed(): boolean {
  try {
    createRequire(import.meta.url).resolve(EXAMPLES);
    return true;
  } catch {
    return false;
  }
}

const definitions: readonly Definition[] = installed()
  ? (await import(EXAMPLES, { with: { type: 'json' } })).default
  : [];

const TOLD = [
  'deployment',
  'deployment_status',
  'deployment_review',
  'workflow_run',
  'workflow_job',
  'release',
  'registry_package',
  'package',
  'ping',
];
const everything = ['queued', 'started', 'jobs', 'protection-rules'];

describe.runIf(installed())("GitHub's examples", () => {
  const cases = definitions.flatMap(({ name, examples }) =>
    examples.map((payload, index) => [name, index, payload] as const),
  );

  it('are there for the events that are told', () => {
    const names = new Set(definitions.map(({ name }) => name));

    // The newest version of the package lacks this one; its folder has it.
    expect(TOLD.filter((name) => !names.has(name))).toStrictEqual(['registry_package']);
    expect(cases.length).toBeGreaterThan(300);
  });

  it.each(cases)('include %s %i, which is read', (name, _index, payload) => {
    const headers = new Headers({ 'x-github-event': name });
    const result = read({ payload, headers, include: everything });
    const events = 'reply' in result ? [] : result;

    expect('reply' in result).toBe(name === 'ping');
    if (!TOLD.includes(name)) expect(events).toStrictEqual([]);
    expect(events.map((event) => eventSchema.parse(event))).toStrictEqual(events);
    expect(events.map(({ occurredAt }) => Date.parse(occurredAt) < Date.parse('2026-01-01'))).not.toContain(false);
  });
});
