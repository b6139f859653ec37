import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

/** What makes the body of a run one of a proposed change: by sender, a body and the words of its documentation. */
const PROPOSED = {
  github: {
    body: 'workflow-run-failure',
    triggers: ['pull_request', 'pull_request_target', 'pull_request_review', 'merge_group'],
    others: ['push', 'schedule', 'workflow_dispatch', 'release'],
    set: (body: Body, word: string) => ({ ...body, workflow_run: { ...body['workflow_run'], event: word } }),
  },
  gitlab: {
    body: 'pipeline-of-fork',
    triggers: ['merge_request_event', 'external_pull_request_event'],
    others: ['push', 'schedule', 'web', 'trigger'],
    set: (body: Body, word: string) => ({ ...body, object_attributes: { ...body['object_attributes'], source: word } }),
  },
  'azure-devops': {
    body: 'build-failed-2.0',
    triggers: ['refs/pull/412/merge'],
    others: ['refs/heads/main', 'refs/tags/v2', 'refs/heads/pull/1'],
    set: (body: Body, word: string) => ({ ...body, resource: { ...body['resource'], sourceBranch: word } }),
  },
} as const;

type Body = Readonly<Record<string, object>>;

const cases = (which: 'triggers' | 'others') =>
  Object.entries(PROPOSED).flatMap(([source, each]) => each[which].map((word) => [source, word, each] as const));

function read(source: string, { body, set }: (typeof PROPOSED)[keyof typeof PROPOSED], word: string): RelayEvent {
  const fixture = fixturesOf(source).find(({ name }) => name === body);
  const events = normalize(receive(set(fixture?.body as Body, word), undefined, fixture?.headers), source);
  expect(events).toHaveLength(1);
  return events[0] as RelayEvent;
}

describe('a run for a change that is proposed', () => {
  it.each(cases('triggers'))('is a check, and wakes nobody (%s, %s)', (source, word, each) => {
    expect(read(source, each, word)).toMatchObject({ kind: 'deployment', check: true, severity: 'warning' });
  });

  it.each(cases('others'))('is told apart from others (%s, %s)', (source, word, each) => {
    expect(read(source, each, word)).not.toHaveProperty('check');
  });

  it.each(Object.entries(locales))('is not called a deployment (%s)', (_, { state }) => {
    const said = Object.entries(state.deployment).flatMap(([key, words]) => (key.startsWith('check') ? words : []));

    expect(said).not.toHaveLength(0);
    for (const words of said) expect(words).not.toMatch(/deploy|배포|nasazen|triển khai/i);
  });
});
